// Package courriers is where a school writes to its families: the directeur keeps the texts that come back each year, says
// to whom one goes, reads who receives it and who does not, leafs through the letters, and prints them. The page shows the
// very words of the paper.
package courriers

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /courriers.
type Pages struct{ *httpx.Site }

const chemin = "/courriers"

// Register lists the routes, in the order in which a letter is written, addressed and sent.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(chemin, habilitation.EditerPapiers, p.list)
	rt.Post(chemin+"/pour", habilitation.EditerPapiers, p.pour)
	rt.Get(chemin+"/nouveau", habilitation.EditerPapiers, p.start)
	rt.Post(chemin+"/nouveau", habilitation.EditerPapiers, p.keep)
	rt.Get(chemin+"/{id}", habilitation.EditerPapiers, p.show)
	rt.Post(chemin+"/{id}", habilitation.EditerPapiers, p.save)
	rt.Post(chemin+"/{id}/supprimer", habilitation.EditerPapiers, p.remove)
	rt.Post(chemin+"/{id}/retablir", habilitation.EditerPapiers, p.restore)
	rt.Get(chemin+"/{id}/envoyer", habilitation.EditerPapiers, p.address)
	rt.Get(chemin+"/{id}/lettres", habilitation.EditerPapiers, p.leaf)
	rt.Get(chemin+"/{id}/lettres.pdf", habilitation.EditerPapiers, p.print)
}

func path(id uuid.UUID) string { return chemin + "/" + id.String() }
