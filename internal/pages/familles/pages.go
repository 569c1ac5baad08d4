// Package familles is where what several files share is looked after: the directeur protects the addresses of a family
// that hides from somebody, and makes one of two records of the same responsable.
package familles

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves the pages of families.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/eleves/{id}/responsables/{responsable}/reunir", habilitation.Fusionner, p.chooseReunion)
	rt.Get("/eleves/{id}/responsables/{responsable}/reunir/{autre}", habilitation.Fusionner, p.compareReunion)
	rt.Post("/eleves/{id}/responsables/{responsable}/reunir/{autre}", habilitation.Fusionner, p.submitReunion)
	rt.Get("/eleves/{id}/protection", habilitation.ProtegerAdresse, p.askProtection)
	rt.Post("/eleves/{id}/protection", habilitation.ProtegerAdresse, p.submitProtection)
}
