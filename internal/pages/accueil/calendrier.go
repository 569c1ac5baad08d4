package accueil

import (
	"slices"
	"time"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/web/ui"
)

// periode is a part of the school year and what is done in it: domain.md §5.17, less what no screen does.
type periode struct {
	libelle string
	mois    []time.Month // none for what comes back each month
	liens   []lien
}

type lien struct{ Libelle, Href string }

// calendriers are the yearly calendars, in the order of the school year.
var calendriers = map[habilitation.Role][]periode{
	habilitation.Mairie: {
		{"Août et septembre", []time.Month{time.August, time.September}, []lien{
			{"Élèves de la commune", "/eleves"}, {"Effectifs des écoles", "/effectifs"},
		}},
		{"Novembre et décembre", []time.Month{time.November, time.December}, []lien{
			{"Préparer les inscriptions en petite section", "/inscriptions"},
		}},
		{"Janvier et février", []time.Month{time.January, time.February}, []lien{
			{"Inscrire un enfant", "/inscriptions/nouvelle"}, {"Suivre les inscriptions", "/inscriptions"},
		}},
		{"Mars et avril", []time.Month{time.March, time.April}, []lien{
			{"Décider des demandes en attente", "/inscriptions?etat=en_attente"},
		}},
		{"Le 1er de chaque mois", nil, []lien{{"Mettre à jour la liste des enfants de la commune", "/eleves"}}},
	},
	habilitation.Directeur: {
		{"Août et septembre", []time.Month{time.August, time.September}, []lien{
			{"Admettre les élèves présents", "/admissions"}, {"Répartir les arrivants", "/repartition"},
			{"Vérifier les effectifs", "/effectifs"},
		}},
		{"Janvier et février", []time.Month{time.January, time.February}, []lien{
			{"Vérifier les adresses des élèves", "/eleves"},
		}},
		{"Mars", []time.Month{time.March}, []lien{{"Proposer les passages et prévenir les familles", "/passages"}}},
		{"Avril et mai", []time.Month{time.April, time.May}, []lien{
			{"Décider des passages", "/passages?etat=a_decider"}, {"Répondre aux inscriptions", "/admissions"},
		}},
		{"Juin", []time.Month{time.June}, []lien{
			{"Proposer à leur école ceux qui partent", "/transferts"}, {"Préparer l’année prochaine", "/rentree"},
			{"Préparer les classes", "/classes"}, {"Répartir les élèves", "/repartition"}, {"Imprimer les certificats", "/eleves"},
		}},
		{"À la fin de chaque mois", nil, []lien{{"Relire les départs du mois", "/radiations"}}},
	},
	habilitation.IEN: calendrierInspection,
	habilitation.IA:  calendrierInspection,
}

var calendrierInspection = []periode{
	{"Août et septembre", []time.Month{time.August, time.September}, []lien{
		{"Suivre la rentrée, école par école", "/ecoles"}, {"Lire les effectifs par niveau", "/effectifs"},
	}},
	{"De novembre à février", []time.Month{time.November, time.December, time.January, time.February}, []lien{
		{"Lire les effectifs pour la carte scolaire", "/effectifs"},
	}},
	{"De mars à juin", []time.Month{time.March, time.April, time.May, time.June}, []lien{
		{"Suivre les maintiens, les passages anticipés et les recours", "/passages"},
	}},
	{"Juin", []time.Month{time.June}, []lien{{"Relire les effectifs de fin d’année", "/effectifs"}}},
}

// calendrier is the agent's year, its periods as lines.
func calendrier(agent habilitation.Agent) []ui.SummaryRow {
	var rows []ui.SummaryRow
	for _, p := range calendriers[agent.Role] {
		rows = append(rows, ui.SummaryRow{Label: p.libelle, Content: liens(p, p.contient(agent.Maintenant.Month()))})
	}
	return rows
}

// contient tells whether a month belongs to the period.
func (p periode) contient(m time.Month) bool { return slices.Contains(p.mois, m) }
