// Package admissions is where the directeur receives the children who arrive: those whom the mairie has inscrits, those
// whose admission he has accepted, those who are there. He answers one by one or for a whole rentrée at once, and
// admits by himself where the commune lets the school type first.
package admissions

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /admissions. The {id} of its addresses is that of an inscription.
type Pages struct{ *httpx.Site }

// Register lists the routes, in the order in which the directeur meets them.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/admissions", habilitation.ConsulterArrivees, p.list)
	rt.Post("/admissions", habilitation.Admettre, p.submitAll)
	rt.Get(pathNouvelle, habilitation.Admettre, p.ask)
	rt.Post(pathNouvelle, habilitation.Admettre, p.submitNouvelle)
	rt.Get("/admissions/{id}", habilitation.ConsulterArrivees, p.show)
	rt.Post("/admissions/{id}", habilitation.Admettre, p.submit(""))
	for _, a := range actes {
		rt.Post("/admissions/{id}/"+string(a), habilitation.Admettre, p.submit(a))
	}
}
