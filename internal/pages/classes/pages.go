// Package classes is where the directeur makes the classes of a year and reads the list of each one; the inspection
// reads them. In September the list of a class is the page that everybody opens: it is read in two statements, one
// round trip, and weighs little.
package classes

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
)

// Pages serves /classes.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/classes", habilitation.ConsulterClasses, p.list)
	rt.Get("/classes/nouvelle", habilitation.GererClasses, p.showNew)
	rt.Post("/classes/nouvelle", habilitation.GererClasses, p.submitNew)
	rt.Post("/classes/reprendre", habilitation.GererClasses, p.reprendre)
	rt.Post("/classes/reprendre/annuler", habilitation.GererClasses, p.annulerReprise)
	rt.Get("/classes/{id}", habilitation.ConsulterClasses, p.show)
	rt.Get("/classes/{id}/modifier", habilitation.GererClasses, p.showEdit)
	rt.Post("/classes/{id}/modifier", habilitation.GererClasses, p.submitEdit)
	rt.Post("/classes/{id}/supprimer", habilitation.GererClasses, p.submitDelete)
	for _, format := range tableau.Formats {
		rt.Get("/classes."+format, habilitation.ConsulterClasses, p.exportList)
		rt.Get("/classes/{id}."+format, habilitation.ConsulterClasses, p.exportShow)
	}
}
