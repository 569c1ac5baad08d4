// Package passages is where the directeur says what becomes of each pupil at the end of the year: the passage for
// nearly all at once, the exceptions one by one, the answers of the families, the decisions and the appeals.
package passages

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /passages. The {id} of its addresses is that of a scolarité.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/passages", habilitation.DeciderPassages, p.list)
	rt.Get("/passages.csv", habilitation.DeciderPassages, p.export)
	rt.Get("/passages.xlsx", habilitation.DeciderPassages, p.export)
	rt.Get("/passages.pdf", habilitation.DeciderPassages, p.export)
	rt.Post("/passages", habilitation.DeciderPassages, p.submitAll)
	rt.Get("/passages/{id}", habilitation.DeciderPassages, p.show)
	rt.Post("/passages/{id}", habilitation.DeciderPassages, p.submit)
}

func path(id uuid.UUID) string { return "/passages/" + id.String() }
