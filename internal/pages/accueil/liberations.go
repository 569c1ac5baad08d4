package accueil

import (
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/liberation"
	"base-eleves/web/ui"
)

// liberations are the requests to answer, with the delay, and the answers to what was asked.
func (r registre) liberations(today time.Time) []ui.Task {
	due := ""
	if r.Echeance != nil {
		due = "délai passé le " + date.Court(*r.Echeance)
		if n := liberation.JoursRestants(*r.Echeance, today); n > 0 {
			due = "réponse avant le " + date.Court(*r.Echeance) + " au soir, " + ui.Plural(n, "jour ouvré", "jours ouvrés")
		}
	}
	return []ui.Task{
		{
			Title: plural(r.Liberations, "demande de libération", "demandes de libération") + " à traiter", Count: r.Liberations,
			Why: "Un de vos élèves est arrivé dans une autre école\u00a0: radiez-le, ou dites pourquoi il reste.",
			Due: due, Href: "/liberations", Action: "Répondre",
		},
		{
			Title: plural(r.Reponses, "réponse", "réponses") + " à vos demandes de libération", Count: r.Reponses,
			Why:  "L’enfant n’est pas encore admis chez vous.",
			Href: "/liberations", Action: "Voir",
		},
	}
}
