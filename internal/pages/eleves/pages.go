// Package eleves is where pupils are found, where a pupil's file is read, corrected and printed from. The mairie, the
// directeur, the IEN and the IA come here; each sees the blocks of data that security.md §5 grants his role.
package eleves

import (
	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /eleves.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/eleves", habilitation.ConsulterEleves, p.list)
	rt.Get("/eleves.csv", habilitation.ConsulterEleves, p.export)
	rt.Get("/eleves.xlsx", habilitation.ConsulterEleves, p.export)
	rt.Get("/eleves.pdf", habilitation.ConsulterEleves, p.export)
	rt.Get("/eleves/{id}", habilitation.OuvrirDossier, p.show)
	secret := rt.Recente(httpx.DelaiSecret)
	secret.Get("/eleves/{id}/ine", habilitation.RevelerINE, p.askINE)
	secret.Post("/eleves/{id}/ine", habilitation.RevelerINE, p.revealINE)
	rt.Get("/eleves/{id}/coordonnees", habilitation.RevelerCoordonnees, p.askCoordonnees)
	rt.Post("/eleves/{id}/coordonnees", habilitation.RevelerCoordonnees, p.revealCoordonnees)
	rt.Get("/eleves/{id}/adresse-protegee", habilitation.RevelerAdresse, p.askAdresse)
	rt.Post("/eleves/{id}/adresse-protegee", habilitation.RevelerAdresse, p.revealAdresse)
	rt.Get("/eleves/{id}/certificat-scolarite", habilitation.EditerCertificats, p.voir(modeleScolarite))
	rt.Get("/eleves/{id}/certificat-radiation", habilitation.EditerCertificats, p.voir(modeleRadiation))
	rt.Get("/eleves/{id}/certificat-scolarite.pdf", habilitation.EditerCertificats, p.certificatScolarite)
	rt.Get("/eleves/{id}/certificat-radiation.pdf", habilitation.EditerCertificats, p.certificatRadiation)
	rt.Get("/eleves/{id}/attestation-frequentation", habilitation.EditerCertificats, p.attestationFrequentation)
	rt.Get("/eleves/{id}/attestation-frequentation.pdf", habilitation.EditerCertificats, p.attestationPDF)
	rt.Get("/eleves/{id}/identite", habilitation.ModifierDossier, p.editIdentite)
	rt.Post("/eleves/{id}/identite", habilitation.ModifierDossier, p.submitIdentite)
	rt.Get("/eleves/{id}/adresse", habilitation.ModifierDossier, p.editAdresse)
	rt.Post("/eleves/{id}/adresse", habilitation.ModifierDossier, p.submitAdresse)
	rt.Get("/eleves/{id}/responsables/nouveau", habilitation.ModifierDossier, p.newResponsable)
	rt.Post("/eleves/{id}/responsables/nouveau", habilitation.ModifierDossier, p.addResponsable)
	rt.Get("/eleves/{id}/responsables/{responsable}", habilitation.ModifierDossier, p.editResponsable)
	rt.Post("/eleves/{id}/responsables/{responsable}", habilitation.ModifierDossier, p.submitResponsable)
	rt.Post("/eleves/{id}/responsables/{responsable}/retirer", habilitation.ModifierDossier, p.actOnResponsable(eleve.RetirerResponsable))
	rt.Post("/eleves/{id}/responsables/{responsable}/avancer", habilitation.ModifierDossier, p.actOnResponsable(eleve.AvancerResponsable))
	p.registerCertificats(rt)
	p.registerComplements(rt)
}

// registerComplements lists the routes of what hangs from a pupil.
func (p Pages) registerComplements(rt httpx.Router) {
	rt.Get("/eleves/{id}/adresse2", habilitation.ModifierDossier, p.editDomicile2)
	rt.Post("/eleves/{id}/adresse2", habilitation.ModifierDossier, p.submitDomicile2)
	rt.Post("/eleves/{id}/adresse2/retirer", habilitation.ModifierDossier, p.removeDomicile2)
	rt.Get("/eleves/{id}/contacts/nouveau", habilitation.ModifierContacts, p.newContact)
	rt.Post("/eleves/{id}/contacts/nouveau", habilitation.ModifierContacts, p.addContact)
	rt.Get("/eleves/{id}/contacts/recopier", habilitation.ModifierContacts, p.askRecopier)
	rt.Post("/eleves/{id}/contacts/recopier", habilitation.ModifierContacts, p.recopier)
	rt.Get("/eleves/{id}/contacts/{contact}", habilitation.ModifierContacts, p.editContact)
	rt.Post("/eleves/{id}/contacts/{contact}", habilitation.ModifierContacts, p.submitContact)
	rt.Post("/eleves/{id}/contacts/{contact}/retirer", habilitation.ModifierContacts, p.actOnContact(dossier.RetirerContact))
	rt.Post("/eleves/{id}/contacts/{contact}/avancer", habilitation.ModifierContacts, p.actOnContact(dossier.AvancerContact))
	rt.Get("/eleves/{id}/periscolaire", habilitation.ModifierPeriscolaire, p.editPeriscolaire)
	rt.Post("/eleves/{id}/periscolaire", habilitation.ModifierPeriscolaire, p.submitPeriscolaire)
	rt.Get("/eleves/{id}/assurance", habilitation.ModifierAutorisations, p.editAutorisation)
	rt.Post("/eleves/{id}/assurance", habilitation.ModifierAutorisations, p.submitAutorisation)
}
