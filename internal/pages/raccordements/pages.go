// Package raccordements is where the service informatique follows each commune from its mayor's letter to its first log-in,
// and where the IA accepts it: what is done, on what day, and what is left to do.
package raccordements

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /raccordements.
type Pages struct{ *httpx.Site }

const path = "/raccordements"

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.ConsulterComptes, p.list)
	rt.Get(path+".csv", habilitation.ConsulterComptes, p.export)
	rt.Get(path+".xlsx", habilitation.ConsulterComptes, p.export)
	rt.Get(path+".pdf", habilitation.ConsulterComptes, p.export)
	rt.Get(path+"/{insee}", habilitation.ConsulterComptes, p.show)
	rt.Post(path+"/{insee}", habilitation.GererComptes, p.request)
	rt.Post(path+"/{insee}/retirer", habilitation.GererComptes, p.withdraw)
	rt.Post(path+"/{insee}/decision", habilitation.AccorderHabilitations, p.decide)
}
