// Package transferts is where a cohort goes from one school to its next: the directeur of the school it leaves offers it,
// the mairie inscribes, the directeur who receives accepts every name in one form. Each of them reads where it stands.
package transferts

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /transferts.
type Pages struct{ *httpx.Site }

const pathNouveau = "/transferts/nouveau"

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/transferts", habilitation.ConsulterTransferts, p.list)
	rt.Get(pathNouveau, habilitation.Transferer, p.ask)
	rt.Post(pathNouveau, habilitation.Transferer, p.proposer)
	rt.Get("/transferts/{id}", habilitation.ConsulterTransferts, p.show)
	for _, a := range []acte{accepter, decliner, retirer} {
		rt.Post("/transferts/{id}/"+string(a), habilitation.Transferer, p.submit(a))
	}
	rt.Post("/transferts/{id}/"+string(inscrire), habilitation.Inscrire, p.submit(inscrire))
	rt.Post("/transferts/{id}/annuler", habilitation.Transferer, p.annuler)
}
