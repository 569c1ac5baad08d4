package listes

import (
	"slices"
	"strconv"
	"strings"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/formulaire"
	"base-eleves/web/ui"
)

func (d *demande) annee() ecole.Annee { return d.def.AnneeLe(d.agent.Aujourdhui()) }

// criteres say on paper what the list holds: the year or the day, then each filter.
func (d *demande) criteres() []string {
	when := "Année scolaire " + d.annee().Libelle()
	if day := formulaire.JourCourt(d.def.Au); day != "" {
		when = "Au " + day
	} else if d.annee() == ecole.AnneeDe(d.agent.Aujourdhui()) {
		when += ", au " + date.Court(d.agent.Aujourdhui())
	}
	lines := []string{when}
	if kept := d.filtres().Dits(); len(kept) > 0 {
		lines = append(lines, strings.Join(kept, " · "))
	}
	return lines
}

// compte counts the lines by what they are.
func (d *demande) compte(n int) string {
	switch d.def.Grain {
	case liste.Responsables:
		return ui.Plural(n, "responsable", "responsables")
	case liste.Familles:
		return ui.Plural(n, "famille", "familles")
	}
	return ui.Plural(n, "élève", "élèves")
}

// vide says why there is nobody.
func (d *demande) vide() string {
	if !d.def.Borne(d.agent.Role) {
		return "Choisissez une école ou une circonscription, dans les filtres."
	}
	said := "Personne ne répond à ces critères."
	if a := d.def.AnneeLe(d.agent.Aujourdhui()); a > ecole.AnneeDe(d.agent.Aujourdhui()) {
		said += " Un élève entre dans l’année " + a.Libelle() + " quand il y est inscrit, ou quand l’école prépare la rentrée."
	}
	return said
}

// annees are the years that one may ask for: relative ones first, which a list that is kept follows from year to year.
func (d *demande) annees() []ui.Option {
	now := ecole.AnneeDe(d.agent.Aujourdhui())
	options := []ui.Option{
		{Value: "", Label: "En cours (" + now.Libelle() + ")"},
		{Value: liste.Suivante, Label: "Suivante (" + (now + 1).Libelle() + ")"},
		{Value: liste.Precedente, Label: "Précédente (" + (now - 1).Libelle() + ")"},
	}
	for a := now + 1; a > now-6; a-- {
		options = append(options, ui.Option{Value: strconv.Itoa(int(a)), Label: a.Libelle(), Group: "Toujours la même"})
	}
	return options
}

func (d *demande) groupements() []ui.Option {
	options := []ui.Option{{Label: "Sans groupes"}}
	for _, o := range liste.Groupements(d.def.Grain, d.agent.Role) {
		options = append(options, ui.Option{Value: o.Code, Label: o.Titre})
	}
	return options
}

func (d *demande) tris() []ui.Option {
	var options []ui.Option
	for _, o := range liste.Tris(d.def.Grain, d.agent.Role) {
		value := o.Code
		if value == "nom" { // as every list is sorted
			value = ""
		}
		options = append(options, ui.Option{Value: value, Label: o.Titre})
	}
	return options
}

func grains() (options []ui.Option) {
	for _, g := range liste.Grains {
		value := string(g)
		if g == liste.Eleves {
			value = ""
		}
		options = append(options, ui.Option{Value: value, Label: g.Label()})
	}
	return options
}

var (
	feuilles = []ui.Option{{Label: "Selon les colonnes"}, {Value: string(liste.Portrait), Label: "En hauteur"}, {Value: string(liste.Paysage), Label: "En largeur"}}
	sens     = []ui.Option{{Label: "Croissant"}, {Value: "desc", Label: "Décroissant"}}
)

// theme is the columns of a theme that are not in the list yet.
type theme struct {
	titre   string
	options []ui.Option
}

// ajoutables are the columns that one may add.
func (d *demande) ajoutables() (themes []theme) {
	for _, t := range liste.Themes {
		kept := theme{titre: t}
		for _, c := range liste.Colonnes(d.def.Grain, d.agent.Role) {
			if c.Theme == t && !slices.ContainsFunc(d.def.Colonnes, func(x liste.Choix) bool { return x.Code == c.Code }) {
				kept.options = append(kept.options, ui.Option{Value: c.Code, Label: c.Titre})
			}
		}
		if len(kept.options) > 0 {
			themes = append(themes, kept)
		}
	}
	return themes
}
