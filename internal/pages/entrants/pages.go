// Package entrants is where a collège finds the pupils whom the IA assigns to it in 6e: it reads their list, takes the
// files that its programs import, and acknowledges them. It sees them in the season only, and no more once acknowledged.
package entrants

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /entrants.
type Pages struct{ *httpx.Site }

// path is the address of the list; the files are below it.
const path = "/entrants"

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.RecevoirEntrants, p.list)
	rt.Get(path+".csv", habilitation.RecevoirEntrants, p.export)
	rt.Get(path+".xlsx", habilitation.RecevoirEntrants, p.export)
	rt.Get(path+".pdf", habilitation.RecevoirEntrants, p.export)
	rt.Get(path+"/import-eleves.zip", habilitation.RecevoirEntrants, p.importEleves)
	rt.Get(path+"/ElevesSansAdresses.xml", habilitation.RecevoirEntrants, p.eleves)
	rt.Get(path+"/ResponsablesAvecAdresses.xml", habilitation.RecevoirEntrants, p.responsables)
	rt.Get(path+"/accuse", habilitation.RecevoirEntrants, p.askAccuse)
	rt.Post(path+"/accuse", habilitation.RecevoirEntrants, p.accuse)
}
