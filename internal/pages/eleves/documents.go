package eleves

import (
	"slices"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/web/ui"
)

var documentsColumns = []ui.Column{{Label: "Document"}, {Label: "Numéro"}, {Label: "Édité le"}, {Label: "Lien"}}

func (v vue) documentsRows() []ui.ListRow {
	var rows []ui.ListRow
	for _, d := range v.fiche.Complements.Documents {
		cells := append(ui.Cells(d.Type.Label(), d.numero(), date.Court(d.EditeLe)), reedition(v.reedition(d)))
		rows = append(rows, ui.ListRow{ID: d.numero(), Label: d.Type.Label(), Cells: cells})
	}
	return rows
}

// reedition is the address that issues the paper again; "" where this agent does not, or where the register no longer
// says what the paper did.
func (v vue) reedition(d piece) string {
	switch {
	case d.Type == document.CertificatInscription && v.agent.Role == habilitation.Mairie && d.Emetteur == v.agent.Commune:
		return v.path + "/certificat-inscription.pdf"
	case v.agent.Role != habilitation.Directeur || d.Emetteur != v.agent.Ecole:
		return ""
	case d.Type == document.CertificatScolarite && v.a(scolarite.AdmisDefinitif):
		return v.path + "/certificat-scolarite.pdf"
	case d.Type == document.CertificatRadiation && v.radie():
		return v.path + "/certificat-radiation.pdf"
	}
	return ""
}

// papiers are what the directeur prints about a pupil who is there, or who has left, besides his certificates.
func (v vue) papiers() []ui.Crumb {
	if !v.agent.Can(habilitation.EditerPapiers) {
		return nil
	}
	about := "?eleve=" + v.fiche.ID.String()
	recus := []ui.Crumb{
		{Label: "Récépissé de remise", Href: "/editions/recepisses" + about},
		{Label: "Récépissé de demande d’accès", Href: "/editions/recepisses-droits" + about},
	}
	switch {
	case v.a(scolarite.AdmisDefinitif):
		return append([]ui.Crumb{
			{Label: "Certificat de scolarité, à l’écran", Href: v.path + "/certificat-scolarite"},
			{Label: "Certificats de scolarité de la fratrie", Href: v.path + "/certificats-fratrie"},
			{Label: "Attestation de fréquentation", Href: v.path + "/attestation-frequentation"},
			{Label: "Fiche de renseignements", Href: "/editions/fiches-renseignements" + about},
			{Label: "Fiche d’urgence", Href: "/editions/fiches-urgence" + about},
			{Label: "Enveloppes", Href: "/editions/enveloppes" + about},
			{Label: "Écrire à la famille", Href: "/courriers?seul=" + v.fiche.ID.String()},
		}, recus...)
	case v.radie():
		return recus
	}
	return nil
}

// radie tells whether the pupil has left the agent's school, or is about to.
func (v vue) radie() bool {
	return slices.ContainsFunc(v.cursus, func(e etape) bool {
		return !e.Reuni && e.DateRadiation != nil && e.EcoleUAI == v.agent.Ecole
	})
}

// a tells whether the pupil has, in the agent's school, a scolarité in that state.
func (v vue) a(etat scolarite.Etat) bool {
	for _, e := range v.cursus {
		if !e.Reuni && e.Etat == etat && e.EcoleUAI == v.agent.Ecole {
			return true
		}
	}
	return false
}
