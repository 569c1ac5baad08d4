// Package sansecole is where the mairie of residence, the IEN and the IA read which children under the obligation of
// instruction have left a school without coming to another, and where the mairie and the IA note what they have found.
package sansecole

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /sans-ecole. The {id} of a child's address is that of the scolarité that ended.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/sans-ecole", habilitation.ConsulterSansEcole, p.list)
	rt.Get("/sans-ecole.csv", habilitation.ConsulterSansEcole, p.export)
	rt.Get("/sans-ecole.xlsx", habilitation.ConsulterSansEcole, p.export)
	rt.Get("/sans-ecole.pdf", habilitation.ConsulterSansEcole, p.export)
	rt.Get("/sans-ecole/{id}", habilitation.ConsulterSansEcole, p.show)
	rt.Post("/sans-ecole/{id}", habilitation.NoterSansEcole, p.submit)
	rt.Post("/sans-ecole/constats/{id}/retirer", habilitation.NoterSansEcole, p.retirer)
}

func path(id uuid.UUID) string { return "/sans-ecole/" + id.String() }
