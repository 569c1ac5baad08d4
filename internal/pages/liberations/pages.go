// Package liberations is where a directeur asks another school to let go a pupil who has arrived in his, answers those who
// ask him, and where the IEN or the IA decides when a school has not answered in time or has refused.
package liberations

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /liberations.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/liberations", habilitation.ConsulterLiberations, p.list)
	rt.Get("/liberations/nouvelle", habilitation.Admettre, p.ask)
	rt.Post("/liberations", habilitation.Admettre, p.submit)
	rt.Get("/liberations/{id}", habilitation.ConsulterLiberations, p.show)
	rt.Post("/liberations/{id}/accorder", habilitation.Radier, p.accorder)
	rt.Post("/liberations/{id}/refuser", habilitation.Radier, p.refuser)
	rt.Post("/liberations/{id}/retirer", habilitation.Admettre, p.retirer)
	rt.Post("/liberations/{id}/decider", habilitation.DeciderLiberation, p.decider)
}

func path(id uuid.UUID) string { return "/liberations/" + id.String() }
