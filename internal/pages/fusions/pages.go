// Package fusions is where the directeur makes one file of two that were opened for the same child: he looks for the
// other file, compares the two columns, chooses field by field, and separates them again if it was a mistake.
package fusions

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /fusions and /eleves/{id}/fusion. {id} is the file that is kept, {autre} the one that goes into it.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/fusions", habilitation.Fusionner, p.list)
	rt.Post("/fusions/{id}/defaire", habilitation.Fusionner, p.undo)
	rt.Get("/eleves/{id}/fusion", habilitation.Fusionner, p.choose)
	rt.Get("/eleves/{id}/fusion/{autre}", habilitation.Fusionner, p.compare)
	rt.Post("/eleves/{id}/fusion/{autre}", habilitation.Fusionner, p.submit)
}
