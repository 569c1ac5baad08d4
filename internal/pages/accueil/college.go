package accueil

import (
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// college is the home page of a collège: its pupils of 6e, in the season in which it fetches them.
type college struct {
	saison sixieme.Saison
	etat   etatCollege
}

type etatCollege struct {
	ARecevoir int
	Recus     int
	RecuLe    *time.Time
}

// etatCollegeSQL counts the lines that row security shows: the collège's own, of the seasons that are open.
const etatCollegeSQL = `select count(*) filter (where etat = 'affecte') as a_recevoir, count(*) filter (where etat = 'recu') as recus,
	max(recu_le) filter (where etat = 'recu') as recu_le from affectation_6e`

func (c *college) read(l *territoire.Lecture, agent habilitation.Agent) {
	sixieme.QueueSaison(l, sixieme.Campagne(agent.Aujourdhui()), &c.saison)
	territoire.Une(l, &c.etat, etatCollegeSQL)
}

func (c *college) contenu(agent habilitation.Agent) contenu {
	dates := "du " + date.Long(c.saison.Debut) + " au " + date.Long(c.saison.Fin)
	if !c.saison.Ouverte(agent.Aujourdhui()) && c.etat.ARecevoir+c.etat.Recus == 0 {
		return contenu{Phrases: []string{
			"Vous recevez vos élèves de 6e " + dates + ".", "En dehors de ces dates, votre rôle ne donne accès à aucun dossier d’élève.",
			"Pour une question sur un élève de CM2, adressez-vous à la direction de son école.",
		}}
	}
	return contenu{
		Taches: []ui.Task{{
			Title: plural(c.etat.ARecevoir, "élève de 6e à recevoir", "élèves de 6e à recevoir"), Count: c.etat.ARecevoir,
			Why: "L’inspection académique vous les affecte\u00a0: récupérez les fichiers, puis accusez réception.",
			Due: "jusqu’au " + date.Long(c.saison.Fin), Href: "/entrants", Action: "Recevoir",
		}},
		Chiffres: []ui.Stat{
			{Label: "Élèves à recevoir", Value: ui.Count(c.etat.ARecevoir), Href: "/entrants"},
			{Label: "Élèves reçus", Value: ui.Count(c.etat.Recus)},
		},
	}
}
