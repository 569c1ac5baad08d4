// Package listes is where one makes a list that nobody had thought of, or takes one of those that are ready: columns,
// filters, groups, sheet. The page shows the very lines that the paper and the spreadsheet will have. Lists that one
// means to use again are kept under a name, and shared with those who act for the same school.
package listes

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /listes.
type Pages struct{ *httpx.Site }

const (
	chemin   = "/listes"
	composer = chemin + "/composer"
)

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(chemin, habilitation.FaireListes, p.list)
	rt.Post(chemin, habilitation.FaireListes, p.keep)
	rt.Get(composer, habilitation.FaireListes, p.compose)
	rt.Get(composer+".csv", habilitation.FaireListes, p.export)
	rt.Get(composer+".xlsx", habilitation.FaireListes, p.export)
	rt.Get(composer+".pdf", habilitation.FaireListes, p.export)
	rt.Get(chemin+"/{id}", habilitation.FaireListes, p.show)
	rt.Post(chemin+"/{id}", habilitation.FaireListes, p.rename)
	rt.Post(chemin+"/{id}/remplacer", habilitation.FaireListes, p.replace)
	rt.Post(chemin+"/{id}/supprimer", habilitation.FaireListes, p.remove)
	rt.Post(chemin+"/{id}/retablir", habilitation.FaireListes, p.restore)
}

func path(id uuid.UUID) string { return chemin + "/" + id.String() }

// ouvrir is the address that shows a list that was kept.
func ouvrir(id uuid.UUID) string { return composer + "?liste=" + id.String() }
