// Package inscriptions is where the mairie inscribes a child in one of its schools, or puts him on its waiting list
// (art. L131-5 of the code de l'éducation), follows what becomes of each inscription, and prints its certificate.
package inscriptions

import (
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
)

// Pages serves /inscriptions.
type Pages struct{ *httpx.Site }

// Addresses of the way to a new inscription. None of them bears a name or a date of birth: what was typed travels in
// the body of the forms (security.md, SES-9).
const (
	pathListe     = "/inscriptions"
	pathNouvelle  = "/inscriptions/nouvelle"
	pathRecherche = "/inscriptions/recherche"
	pathFiche     = "/inscriptions/nouvel-enfant"
	pathConnu     = "/inscriptions/enfant-connu"
)

// Register lists the routes, in the order in which the agent meets them.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(pathListe, habilitation.ConsulterInscriptions, p.list)
	for _, format := range tableau.Formats {
		rt.Get(pathListe+"."+format, habilitation.ConsulterInscriptions, p.export)
	}
	rt.Get(pathNouvelle, habilitation.Inscrire, p.ask)
	rt.Post(pathRecherche, habilitation.Inscrire, p.search)
	rt.Post(pathFiche, habilitation.Inscrire, p.openFiche)
	rt.Post(pathConnu, habilitation.Inscrire, p.openConnu)
	rt.Post(pathNouvelle, habilitation.Inscrire, p.inscrire)

	rt.Get("/inscriptions/{id}", habilitation.ConsulterInscriptions, p.show)
	rt.Get("/inscriptions/{id}/certificat", habilitation.EditerInscription, p.relire)
	rt.Get("/inscriptions/{id}/recepisse", habilitation.EditerInscription, p.voirRecepisse)
	rt.Get("/inscriptions/{id}/recepisse.pdf", habilitation.EditerInscription, p.imprimerRecepisse)
	rt.Get("/inscriptions/{id}/modifier", habilitation.Inscrire, p.edit)
	rt.Post("/inscriptions/{id}/modifier", habilitation.Inscrire, p.modifier)
	rt.Get("/inscriptions/{id}/annuler", habilitation.Inscrire, p.askAnnuler)
	rt.Post("/inscriptions/{id}/annuler", habilitation.Inscrire, p.annuler)

	rt.Get("/eleves/{id}/certificat-inscription.pdf", habilitation.EditerInscription, p.certificat)
}
