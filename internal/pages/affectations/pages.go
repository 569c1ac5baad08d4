// Package affectations is where the IA says to which collège each pupil of CM2 goes: some pupils, a whole school, or a
// file, and takes it back. It sets here the dates of the season in which collèges fetch them.
package affectations

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /affectations.
type Pages struct{ *httpx.Site }

const (
	path       = "/affectations"
	pathSaison = path + "/saison"
	pathImport = path + "/import"
)

// Register lists the routes. The {lot} is an act on many pupils, the {depot} a file sent.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.AffecterSixieme, p.list)
	rt.Get(path+".csv", habilitation.AffecterSixieme, p.export)
	rt.Get(path+".xlsx", habilitation.AffecterSixieme, p.export)
	rt.Get(path+".pdf", habilitation.AffecterSixieme, p.export)
	rt.Post(path, habilitation.AffecterSixieme, p.submit)
	rt.Post(path+"/lots/{lot}/annuler", habilitation.AffecterSixieme, p.undo)
	rt.Get(pathSaison, habilitation.AffecterSixieme, p.askSaison)
	rt.Post(pathSaison, habilitation.AffecterSixieme, p.setSaison)
	rt.Get(pathImport, habilitation.AffecterSixieme, p.askFile)
	rt.Post(pathImport, habilitation.AffecterSixieme, p.deposit)
	rt.Get(pathImport+"/{depot}", habilitation.AffecterSixieme, p.preview)
	rt.Post(pathImport+"/{depot}", habilitation.AffecterSixieme, p.apply)
}
