// Package elections is where the directeur conducts the election of the parents' representatives, step by step under its
// calendar: the dates, the list of voters and the requests
// about it, the candidates, what is sent to the voters, the results and their report. The IEN and the IA read the dates and
// the figures of their schools.
package elections

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
)

// Pages serves /elections.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/elections", habilitation.ConsulterElections, p.list)
	rt.Get("/elections/nouvelle", habilitation.GererElections, p.showNew)
	rt.Post("/elections/nouvelle", habilitation.GererElections, p.submitNew)
	rt.Get("/elections/{id}", habilitation.ConsulterElections, p.show)
	rt.Get("/elections/{id}/dates", habilitation.GererElections, p.showEdit)
	rt.Post("/elections/{id}/dates", habilitation.GererElections, p.submitEdit)
	rt.Get("/elections/{id}/liste", habilitation.GererElections, p.showListe)
	rt.Post("/elections/{id}/arreter", habilitation.GererElections, p.arreter)
	rt.Post("/elections/{id}/rouvrir", habilitation.GererElections, p.rouvrir)
	rt.Post("/elections/{id}/personnel", habilitation.GererElections, p.personnel)
	rt.Post("/elections/{id}/parents", habilitation.GererElections, p.parents)
	rt.Get("/elections/{id}/emargement", habilitation.GererElections, p.showEmargement)
	rt.Get("/elections/{id}/emargement.pdf", habilitation.GererElections, p.printEmargement)
	p.registerSuites(rt)
	for _, format := range tableau.Formats {
		rt.Get("/elections."+format, habilitation.ConsulterElections, p.export)
		rt.Get("/elections/{id}/liste."+format, habilitation.GererElections, p.exportListe)
		rt.Get("/elections/{id}/resultats."+format, habilitation.ConsulterElections, p.exportResultats)
	}
}

// registerSuites lists the routes of what follows the list of voters.
func (p Pages) registerSuites(rt httpx.Router) {
	rt.Get("/elections/{id}/demandes", habilitation.GererElections, p.showDemandes)
	rt.Post("/elections/{id}/demandes", habilitation.GererElections, p.reclamer)
	rt.Get("/elections/{id}/demandes/{demande}", habilitation.GererElections, p.showDemande)
	rt.Post("/elections/{id}/demandes/{demande}", habilitation.GererElections, p.statuer)
	rt.Get("/elections/{id}/candidats", habilitation.GererElections, p.showCandidats)
	rt.Get("/elections/{id}/candidats/nouvelle", habilitation.GererElections, p.showDepot)
	rt.Post("/elections/{id}/candidats/nouvelle", habilitation.GererElections, p.deposer)
	rt.Get("/elections/{id}/candidats/{candidature}", habilitation.GererElections, p.showCandidature)
	rt.Post("/elections/{id}/candidats/{candidature}", habilitation.GererElections, p.modifierCandidature)
	rt.Post("/elections/{id}/candidats/{candidature}/retirer", habilitation.GererElections, p.retirerCandidature)
	rt.Get("/elections/{id}/courriers", habilitation.GererElections, p.showCourriers)
	rt.Get("/elections/{id}/enveloppes.pdf", habilitation.GererElections, p.enveloppes)
	rt.Get("/elections/{id}/etiquettes.pdf", habilitation.GererElections, p.etiquettes)
	rt.Get("/elections/{id}/resultats", habilitation.ConsulterElections, p.showResultats)
	rt.Post("/elections/{id}/resultats", habilitation.GererElections, p.proclamer)
	rt.Post("/elections/{id}/reprendre", habilitation.GererElections, p.reprendre)
	rt.Get("/elections/{id}/annuler", habilitation.GererElections, p.showAnnuler)
	rt.Post("/elections/{id}/annuler", habilitation.GererElections, p.annuler)
	rt.Post("/elections/{id}/retablir", habilitation.GererElections, p.retablir)
	rt.Get("/elections/{id}/proces-verbal", habilitation.GererElections, p.showPV)
	rt.Get("/elections/{id}/proces-verbal.pdf", habilitation.GererElections, p.printPV)
}

func path(id uuid.UUID) string { return "/elections/" + id.String() }
