// Package radiations is where the directeur strikes off the pupils who leave, or announces that they will, one by one or
// several at once, finds those who have left in the year, gives their families the certificate, and goes back on what was
// done by mistake.
package radiations

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /radiations. The {id} of its addresses is that of a scolarité.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/radiations", habilitation.Radier, p.list)
	rt.Get("/radiations.csv", habilitation.Radier, p.export)
	rt.Get("/radiations.xlsx", habilitation.Radier, p.export)
	rt.Get("/radiations.pdf", habilitation.Radier, p.export)
	rt.Get("/radiations/nouvelle", habilitation.Radier, p.choose)
	rt.Post("/radiations", habilitation.Radier, p.submitAll)
	rt.Get("/radiations/departs/{id}", habilitation.Radier, p.showDepart)
	rt.Post("/radiations/departs/{id}/annuler", habilitation.Radier, p.undoDepart)
	rt.Get("/radiations/{id}", habilitation.Radier, p.show)
	rt.Post("/radiations/{id}", habilitation.Radier, p.submit)
	rt.Post("/radiations/{id}/annuler", habilitation.Radier, p.undo)
}
