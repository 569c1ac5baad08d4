package eleves

import (
	"cmp"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// column is one column of the list: its heading, its text.
type column struct {
	head ui.Column
	text func(l ligne, names map[string]string) string
}

// columnsFor are the columns that the role may read: a mairie reads school and niveau, not the class (security.md §5, G8).
func columnsFor(agent habilitation.Agent) []column {
	cols := []column{
		{ui.Column{Key: "nom", Label: "Nom et prénom", Sortable: true}, func(l ligne, _ map[string]string) string { return l.nom() }},
		{ui.Column{Key: "naissance", Label: "Né(e) le", Sortable: true}, func(l ligne, _ map[string]string) string { return date.Court(l.DateNaissance) }},
		{ui.Column{Key: "niveau", Label: "Niveau", Sortable: true}, func(l ligne, _ map[string]string) string { return l.Niveau }},
	}
	if agent.Can(habilitation.ConsulterClasses) {
		cols = append(cols, column{ui.Column{Label: "Classe"}, func(l ligne, names map[string]string) string {
			if l.ClasseID == nil {
				return ""
			}
			return cmp.Or(l.Classe, names[l.ClasseID.String()])
		}})
	}
	if agent.Role != habilitation.Directeur {
		cols = append(cols, column{ui.Column{Label: "École"}, func(l ligne, _ map[string]string) string {
			if l.Ecole == "" {
				return "École d’une autre commune"
			}
			return ecole.NomComplet(l.Ecole, l.Commune)
		}})
	}
	return append(cols, column{ui.Column{Label: "État"}, func(l ligne, _ map[string]string) string { return l.Etat.Situation(l.DateRadiation) }})
}

func filters(agent habilitation.Agent, c critere, all lecture) []ui.Filter {
	var niveaux, etats, classes []ui.Option
	for _, n := range ecole.Niveaux() {
		niveaux = append(niveaux, ui.Option{Value: string(n), Label: string(n)})
	}
	for _, e := range scolarite.Etats {
		etats = append(etats, ui.Option{Value: string(e), Label: e.Label()})
	}
	etats = append(etats, ui.Option{Value: "tous", Label: "Tous les états"})
	for _, k := range all.classes {
		classes = append(classes, ui.Option{Value: k.Cle, Label: k.Libelle})
	}
	list := []ui.Filter{httpx.AnneeFilter(agent)}
	if ecoles := ecolesOptions(c, all); len(ecoles) > 0 {
		list = append(list, ui.Filter{Name: "ecole", Label: "École", All: "Toutes", Options: ecoles})
	}
	if len(classes) > 0 {
		list = append(list, ui.Filter{Name: "classe", Label: "Classe", All: "Toutes", Options: classes})
	}
	list = append(list,
		ui.Filter{Name: "niveau", Label: "Niveau", Options: niveaux},
		ui.Filter{Name: "etat", Label: "État", All: "Présents et attendus", Options: etats})
	return append(list, dispositifFilter(agent)...)
}

// ecolesOptions are the schools to choose from. In a vast territory there is only the one chosen: by its full name, or
// by its code when it is not found there, so that it can still be taken off.
func ecolesOptions(c critere, all lecture) (options []ui.Option) {
	for _, e := range all.ecoles {
		if all.vaste {
			return []ui.Option{{Value: e.Cle, Label: ecole.NomComplet(e.Libelle, e.Groupe)}}
		}
		options = append(options, ui.Option{Value: e.Cle, Label: e.Libelle, Group: e.Groupe})
	}
	if all.vaste && c.Ecole != "" {
		return []ui.Option{{Value: c.Ecole, Label: c.Ecole}}
	}
	return options
}
