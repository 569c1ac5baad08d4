// Package cles is where the service informatique looks after the secure keys of its département: the stock and the
// vendor's files that fill it, who holds which key, the receipt to be signed, what is lost, suspended, given back, and
// the key that is set again at the desk because its clock has drifted. It never shows a secret.
package cles

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /cles.
type Pages struct{ *httpx.Site }

const (
	path       = "/cles"
	pathImport = path + "/import"
)

// Register lists the routes. A key that is to open something asks who gives it to prove himself again; one that is to
// open nothing more asks nothing, since every second counts.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.GererCles, p.list)
	rt.Get(path+".csv", habilitation.GererCles, p.export)
	rt.Get(path+".xlsx", habilitation.GererCles, p.export)
	rt.Get(path+".pdf", habilitation.GererCles, p.export)
	rt.Get(pathImport, habilitation.GererCles, p.askFile)
	rt.Post(pathImport, habilitation.GererCles, p.deposit)
	rt.Get(pathImport+"/{depot}", habilitation.GererCles, p.preview)
	rt.Post(pathImport+"/{depot}", habilitation.GererCles, p.apply)
	rt.Get(path+"/{id}", habilitation.GererCles, p.show)
	rt.Get(path+"/{id}/recu", habilitation.GererCles, p.receipt)
	rt.Get(path+"/{id}/recu.pdf", habilitation.GererCles, p.receiptPDF)
	rt.Post(path+"/{id}/reprendre", habilitation.GererCles, p.reprendre)
	rt.Post(path+"/{id}/suspendre", habilitation.GererCles, p.suspendre)
	rt.Post(path+"/{id}/perdue", habilitation.GererCles, p.perdre)
	rt.Post(path+"/{id}/restituer", habilitation.GererCles, p.restituer)
	rt.Post(path+"/{id}/ranger", habilitation.GererCles, p.ranger)
	grave := rt.Recente(httpx.DelaiSecret)
	grave.Post(path+"/{id}/attribuer", habilitation.GererCles, p.attribuer)
	grave.Post(path+"/{id}/remettre", habilitation.GererCles, p.remettre)
	grave.Post(path+"/{id}/retablir", habilitation.GererCles, p.retablir)
	grave.Post(path+"/{id}/recaler", habilitation.GererCles, p.recaler)
}
