// Package colleges is where the IA and the service informatique look after the collèges that receive the pupils of 6e:
// what each has fetched and acknowledged, and the tokens by which its program fetches.
package colleges

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /colleges.
type Pages struct{ *httpx.Site }

// path is the address of the list; that of a collège is below it, by its UAI.
const path = "/colleges"

// Register lists the routes. The {id} is that of a token.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.GererJetons, p.list)
	rt.Get(path+"/{college}", habilitation.GererJetons, p.show)
	rt.Post(path+"/{college}", habilitation.GererJetons, p.create)
	rt.Post(path+"/{college}/jetons/{id}/revoquer", habilitation.GererJetons, p.revoke)
	rt.Post(path+"/{college}/rouvrir", habilitation.AffecterSixieme, p.reopen)
}
