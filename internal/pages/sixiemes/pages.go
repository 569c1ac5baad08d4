// Package sixiemes is where one checks the files of the pupils who leave for the collège: a directeur reads what each
// lacks and mends it, follows where each goes, and strikes off those whom their collège has received. An inspection reads
// the figures of its schools.
//
// The wishes of the family (volet 2 of AFFELNET) and the address at the next rentrée (volet 1) are not kept: the closed
// list of data knows one address of residence, the present one, and no foreign language (arrêté of 20 October 2008, art. 3).
package sixiemes

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /sixieme.
type Pages struct{ *httpx.Site }

// path is the address of the page.
const path = "/sixieme"

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.ConsulterSixieme, p.show)
	rt.Get(path+".csv", habilitation.ConsulterSixieme, p.export)
	rt.Get(path+".xlsx", habilitation.ConsulterSixieme, p.export)
	rt.Get(path+".pdf", habilitation.ConsulterSixieme, p.export)
	rt.Post(path+"/radier", habilitation.Radier, p.radier)
}
