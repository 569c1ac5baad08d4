// Package formations is where the service informatique plans trainings, calls to them the mairies that join and the directors
// who begin, prints the sheet that they sign, and says who came.
package formations

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /formations.
type Pages struct{ *httpx.Site }

const (
	path         = "/formations"
	pathNouvelle = path + "/nouvelle"
)

// Register lists the routes. The {id} is that of a session.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.ConsulterComptes, p.list)
	rt.Get(pathNouvelle, habilitation.GererComptes, p.ask)
	rt.Post(pathNouvelle, habilitation.GererComptes, p.create)
	rt.Get(path+"/{id}", habilitation.ConsulterComptes, p.show)
	rt.Get(path+"/{id}/emargement", habilitation.ConsulterComptes, p.sheet)
	rt.Get(path+"/{id}/emargement.pdf", habilitation.ConsulterComptes, p.sheetPDF)
	rt.Get(path+"/{id}/convocations", habilitation.GererComptes, p.letters)
	rt.Get(path+"/{id}/convocations.pdf", habilitation.GererComptes, p.lettersPDF)
	rt.Get(path+"/{id}/modifier", habilitation.GererComptes, p.askChange)
	rt.Post(path+"/{id}/modifier", habilitation.GererComptes, p.change)
	rt.Post(path+"/{id}/annuler", habilitation.GererComptes, p.cancel)
	rt.Post(path+"/{id}/convoquer", habilitation.GererComptes, p.call)
	rt.Post(path+"/{id}/decommander", habilitation.GererComptes, p.uncall)
	rt.Post(path+"/{id}/presents", habilitation.GererComptes, p.present)
	rt.Post(path+"/{id}/absents", habilitation.GererComptes, p.absent)
}
