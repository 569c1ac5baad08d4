// Package immatriculations is where the pupils without INE are followed. A directeur comes here to say whether a pupil
// is the same child as one who looks alike, or to learn what keeps the number waiting; the IA to settle what a directeur
// could not. Nobody sees a number here, and of the other file only what tells two children apart.
package immatriculations

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /ine. The {id} of its addresses is that of a pupil: a number is in no address.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/ine", habilitation.SuivreINE, p.list)
	rt.Get("/ine.csv", habilitation.SuivreINE, p.export)
	rt.Get("/ine.xlsx", habilitation.SuivreINE, p.export)
	rt.Get("/ine.pdf", habilitation.SuivreINE, p.export)
	rt.Get("/ine/{id}", habilitation.SuivreINE, p.show)
	rt.Post("/ine/{id}", habilitation.SuivreINE, p.decide)
	rt.Post("/ine/{id}/revenir", habilitation.SuivreINE, p.undo)
	secret := rt.Recente(httpx.DelaiSecret)
	secret.Get("/ine/{id}/numero", habilitation.CorrigerINE, p.askNumero)
	secret.Post("/ine/{id}/numero", habilitation.CorrigerINE, p.submitNumero)
}
