// Package pointages is the check-in of the rentrée: the directeur, at the gate with his telephone, says of each pupil who
// was expected that he is there, that he has not come today, or that he will not come. One touch for each.
package pointages

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /pointage. The {id} of its addresses is that of a scolarité.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/pointage", habilitation.Admettre, p.list)
	rt.Post("/pointage", habilitation.Admettre, p.submitAll)
	rt.Get("/pointage/{id}", habilitation.Admettre, p.show)
	rt.Post("/pointage/{id}", habilitation.Admettre, p.submit)
}

func path(id uuid.UUID) string { return "/pointage/" + id.String() }
