// Package rattachements is where the directeur of a reference school and the IA record the children taught elsewhere than
// in a class, end and correct what was recorded; the mairie of residence reads it for the list of the obligation of
// instruction. These children are counted here, and in no effectif of a school.
package rattachements

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
)

// Pages serves /rattachements. The {id} of its addresses is that of a period.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/rattachements", habilitation.ConsulterRattachements, p.list)
	for _, format := range tableau.Formats {
		rt.Get("/rattachements."+format, habilitation.ConsulterRattachements, p.export)
	}
	rt.Get("/rattachements/nouveau", habilitation.GererRattachements, p.showNew)
	rt.Post("/rattachements/nouveau", habilitation.GererRattachements, p.submitNew)
	rt.Get("/rattachements/enfant", habilitation.GererRattachements, p.showEnfant)
	rt.Post("/rattachements/enfant", habilitation.GererRattachements, p.submitEnfant)
	rt.Get("/rattachements/{id}", habilitation.ConsulterRattachements, p.show)
	rt.Post("/rattachements/{id}", habilitation.GererRattachements, p.submit)
	rt.Post("/rattachements/{id}/finir", habilitation.GererRattachements, p.finish)
	rt.Post("/rattachements/{id}/supprimer", habilitation.GererRattachements, p.remove)
}

func path(id uuid.UUID) string { return "/rattachements/" + id.String() }
