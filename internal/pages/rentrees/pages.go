// Package rentrees is where the directeur prepares the year that comes: he sees what it will be for each pupil and why,
// opens it for those who stay in one act, and takes that act back as one.
package rentrees

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /rentree. The {id} of its addresses is that of a preparation.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/rentree", habilitation.DeciderPassages, p.show)
	rt.Get("/rentree.csv", habilitation.DeciderPassages, p.export)
	rt.Get("/rentree.xlsx", habilitation.DeciderPassages, p.export)
	rt.Get("/rentree.pdf", habilitation.DeciderPassages, p.export)
	rt.Post("/rentree", habilitation.DeciderPassages, p.preparer)
	rt.Post("/rentree/{id}/annuler", habilitation.DeciderPassages, p.annuler)
}
