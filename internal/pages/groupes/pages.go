// Package groupes is where the directeur makes groups of pupils drawn from several classes, fills them by whole classes
// or pupil by pupil, and takes their lists away. It works for next year as for this one.
package groupes

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
)

// Pages serves /groupes.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/groupes", habilitation.GererClasses, p.list)
	rt.Get("/groupes/nouveau", habilitation.GererClasses, p.showNew)
	rt.Post("/groupes/nouveau", habilitation.GererClasses, p.submitNew)
	rt.Get("/groupes/{id}", habilitation.GererClasses, p.show)
	rt.Get("/groupes/{id}/modifier", habilitation.GererClasses, p.showEdit)
	rt.Post("/groupes/{id}/modifier", habilitation.GererClasses, p.submitEdit)
	rt.Post("/groupes/{id}/supprimer", habilitation.GererClasses, p.submitDelete)
	rt.Get("/groupes/{id}/eleves", habilitation.GererClasses, p.choose)
	rt.Post("/groupes/{id}/eleves", habilitation.GererClasses, p.add)
	rt.Post("/groupes/{id}/retirer", habilitation.GererClasses, p.takeOut)
	for _, format := range tableau.Formats {
		rt.Get("/groupes."+format, habilitation.GererClasses, p.exportList)
		rt.Get("/groupes/{id}."+format, habilitation.GererClasses, p.exportShow)
	}
}

func path(id uuid.UUID) string { return "/groupes/" + id.String() }
