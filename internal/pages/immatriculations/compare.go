package immatriculations

import (
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/web/ui"
)

// comparaison lays a pupil beside one who looks alike, and says in words what differs.
func (v vue) comparaison(r ressemblant) ui.TableProps {
	t := ui.TableProps{
		Caption: "Les deux élèves côte à côte",
		Columns: []ui.Column{{Label: "Rubrique"}, {Label: "Votre élève"}, {Label: "Élève ressemblant"}, {Label: "Différence"}},
	}
	if v.agent.Role == habilitation.IA {
		t.Columns[1].Label = "Élève sans numéro"
	}
	a, b := v.fiche.etatCivil, r.etatCivil
	for _, l := range []struct{ label, a, b string }{
		{"Nom de famille", a.NomFamille, b.NomFamille},
		{"Nom d’usage", a.NomUsage, b.NomUsage},
		{"Prénom", a.Prenom, b.Prenom},
		{"Autres prénoms", strings.TrimSpace(a.Prenom2 + " " + a.Prenom3), strings.TrimSpace(b.Prenom2 + " " + b.Prenom3)},
		{"Sexe", motsSexe[a.Sexe], motsSexe[b.Sexe]},
		{"Date de naissance", date.Long(a.DateNaissance), date.Long(b.DateNaissance)},
		{"Lieu de naissance", a.lieu(), b.lieu()},
	} {
		t.Rows = append(t.Rows, ui.ListRow{Cells: append(ui.Cells(l.label, tiret(l.a), tiret(l.b)), difference(l.a, l.b))})
	}
	t.Rows = append(t.Rows, ui.ListRow{Cells: []templ.Component{
		ui.Cell("Écoles"), parcoursCell(v.etapes(v.fiche.ID)), parcoursCell(v.etapes(r.CandidatID)), ui.Cell(""),
	}})
	return t
}

var motsSexe = map[string]string{"F": "Fille", "M": "Garçon"}

func tiret(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func difference(a, b string) templ.Component {
	if a == b {
		return ui.Cell("")
	}
	return ui.Tag("Différent", ui.Warning)
}

// etapes are the years of one child, the last first.
func (v vue) etapes(id uuid.UUID) []string {
	var list []string
	for _, e := range v.parcours {
		if e.EleveID == id && !slices.Contains(list, e.texte()) {
			list = append(list, e.texte())
		}
	}
	return list
}

// pourquoi says what the register saw in them.
func (r ressemblant) pourquoi() string {
	if len(r.Raisons) == 0 {
		return "Identité proche."
	}
	s := strings.Join(r.Raisons, ", ")
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// alerte says that the other pupil is in a school, which changes what may be answered; "" when he is in none.
func (v vue) alerte(r ressemblant) string {
	switch {
	case !r.Present:
		return ""
	case r.Ici && v.agent.Role == habilitation.Directeur:
		return "Les deux dossiers sont dans votre école. S’il s’agit du même enfant, fusionnez-les ensuite."
	case v.agent.Role == habilitation.Directeur:
		return "Une autre école a encore cet élève. S’il s’agit du même enfant, l’inspection académique doit décider."
	}
	return "Une école a encore l’autre élève. S’il s’agit du même enfant, prévenez-la\u00a0: son dossier n’aura plus de numéro."
}

// reponses are the answers that the agent may give.
func (v vue) reponses(r ressemblant) []ui.Option {
	ia := v.agent.Role == habilitation.IA
	options := []ui.Option{
		{
			Value: string(immatriculation.MemeEnfant), Label: "C’est le même enfant",
			Hint: "Il garde un seul numéro, celui que le registre connaît.", Disabled: r.Present && !r.Ici && !ia,
		},
		{
			Value: string(immatriculation.AutreEnfant), Label: "C’est un autre enfant",
			Hint: "Le registre lui donne son propre numéro, et ne repose plus la question pour ces deux élèves.",
		},
	}
	if !ia {
		options = append(options, ui.Option{
			Value: string(immatriculation.DemanderIA), Label: "Je ne sais pas\u00a0: demander à l’inspection académique",
			Hint: "Elle compare les deux dossiers et décide.",
		})
	}
	return options
}

func motifs() []ui.Option {
	options := []ui.Option{{Label: "Choisir"}}
	for _, m := range immatriculation.MotifsDecision {
		options = append(options, ui.Option{Value: m.Code, Label: m.Label})
	}
	return options
}

// phrase tells an answer given.
func (r ressemblant) phrase() string {
	s := r.nom() + "\u00a0: " + map[immatriculation.Decision]string{
		immatriculation.MemeEnfant: "le même enfant", immatriculation.AutreEnfant: "un autre enfant",
	}[r.Decision]
	qui := map[string]string{"directeur": "l’école", "ia": "l’inspection académique", "registre": "le registre, de lui-même"}
	return s + ", selon " + qui[r.DecidePar] + ", le " + date.CourtOuRien(r.DecideLe) + "."
}
