// Package comptes is where the service informatique opens accounts, sends the letters that activate them, closes them, and
// asks for habilitations; and where the IA grants these. No secret is shown twice: a letter lost is a letter made anew.
package comptes

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /comptes.
type Pages struct{ *httpx.Site }

const (
	path         = "/comptes"
	pathNouveau  = path + "/nouveau"
	pathImport   = path + "/import"
	pathLettres  = path + "/lettres"
	pathAccorder = path + "/habilitations"
)

// Register lists the routes. The {id} is that of an account.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.ConsulterComptes, p.list)
	for _, format := range []string{".csv", ".xlsx", ".pdf"} {
		rt.Recente(httpx.DelaiExport).Get(path+format, habilitation.ConsulterComptes, p.export)
	}
	secret := rt.Recente(httpx.DelaiSecret)
	rt.Get(pathNouveau, habilitation.GererComptes, p.ask)
	secret.Post(pathNouveau, habilitation.GererComptes, p.create)
	rt.Get(pathImport, habilitation.GererComptes, p.askFile)
	rt.Get(pathImport+"/modele.csv", habilitation.GererComptes, p.model)
	rt.Post(pathImport, habilitation.GererComptes, p.deposit)
	rt.Get(pathImport+"/{depot}", habilitation.GererComptes, p.preview)
	secret.Post(pathImport+"/{depot}", habilitation.GererComptes, p.apply)
	secret.Post(pathLettres, habilitation.GererComptes, p.renewMany)
	rt.Get(pathLettres, habilitation.GererComptes, p.letters)
	rt.Get(pathLettres+".pdf", habilitation.GererComptes, p.lettersPDF)
	rt.Get(pathAccorder, habilitation.AccorderHabilitations, p.pending)
	secret.Post(pathAccorder, habilitation.AccorderHabilitations, p.grant)
	rt.Post(pathAccorder+"/refuser", habilitation.AccorderHabilitations, p.refuse)
	rt.Get(path+"/{id}", habilitation.ConsulterComptes, p.show)
	secret.Post(path+"/{id}/lettre", habilitation.GererComptes, p.renew)
	rt.Post(path+"/{id}/suspendre", habilitation.ConsulterComptes, p.suspend)
	rt.Post(path+"/{id}/reactiver", habilitation.GererComptes, p.reopen)
	rt.Get(path+"/{id}/habilitation", habilitation.ConsulterComptes, p.askHabilitation)
	rt.Post(path+"/{id}/habilitation", habilitation.ConsulterComptes, p.request)
	rt.Post(path+"/{id}/habilitations/{habilitation}/retirer", habilitation.ConsulterComptes, p.withdraw)
}
