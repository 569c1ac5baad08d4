// Package propositions is where a mairie proposes to correct a file that a school holds, and where the directeur accepts
// or refuses, field by field, with what is recorded beside what is proposed. The mairie comes back to see what became of
// its proposals.
package propositions

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /propositions, and the forms of the mairie below each pupil.
type Pages struct{ *httpx.Site }

// pathListe is the address of the list; that of a lot is below it.
const pathListe = "/propositions"

func pathLot(lot uuid.UUID) string { return pathListe + "/" + lot.String() }

func pathProposer(eleve uuid.UUID) string { return "/eleves/" + eleve.String() + "/proposer" }

// Register lists the routes, in the order of the story.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/eleves/{id}/proposer", habilitation.Proposer, p.choose)
	rt.Get("/eleves/{id}/proposer/identite", habilitation.Proposer, p.ask(identite))
	rt.Post("/eleves/{id}/proposer/identite", habilitation.Proposer, p.submit(identite))
	rt.Get("/eleves/{id}/proposer/adresse", habilitation.Proposer, p.ask(adresse))
	rt.Post("/eleves/{id}/proposer/adresse", habilitation.Proposer, p.submit(adresse))
	rt.Get("/eleves/{id}/proposer/responsables/{responsable}", habilitation.Proposer, p.ask(responsable))
	rt.Post("/eleves/{id}/proposer/responsables/{responsable}", habilitation.Proposer, p.submit(responsable))
	rt.Get(pathListe, habilitation.ConsulterPropositions, p.list)
	rt.Get(pathListe+"/{id}", habilitation.ConsulterPropositions, p.show)
	rt.Post(pathListe+"/{id}", habilitation.DeciderProposition, p.decide)
}
