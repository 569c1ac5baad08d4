package inscriptions

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/sceau"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf"
	"base-eleves/internal/pdf/pdftest"
)

// The papers of the mairie keep their words and their looks, for an ordinary name and for the worst: six responsables.
func TestGolden(t *testing.T) {
	jour := date.Du(2026, time.November, 20)
	a := acte{
		Annee: 2026, CommuneInsee: "65440", CommuneNom: "Tarbes", EcoleUAI: "0659001F", EcoleNom: "Jean-Jaurès", EcoleCommune: "Tarbes", Niveau: "CE1",
		DateDemande: jour, DateInscription: &jour, NomFamille: "ABADIE", Prenom: "Lina", Sexe: "F", DateNaissance: date.Du(2019, time.April, 12),
	}
	simple := certificat{mairie: "Mairie de Tarbes", numero: document.Numero{Emetteur: "65440", Annee: 2026, Rang: 1, EditeLe: jour}}
	simple.detail = detail{acte: a, enfant: &enfant{Voie: "5 rue des Pyrénées", CodePostal: "65000", Commune: "Tarbes", Pays: "France"}}
	pire := simple
	a.NomFamille, a.NomUsage, a.Prenom, a.Derogation = pdftest.NomAilleurs, pdftest.UsageLong, pdftest.PrenomAilleurs, "sante"
	a.EcoleNom, a.EcoleCommune = pdftest.EtablissementNom, pdftest.CommuneLongue
	pire.detail = detail{acte: a, enfant: &enfant{
		Prenom2: pdftest.PrenomLong, Prenom3: "Bénédicte", Complement: pdftest.ComplementLong, Voie: pdftest.VoieLongue, CodePostal: "51290", Commune: pdftest.CommuneLongue, Pays: "France",
	}}
	for range 5 {
		pire.detail.responsables = append(pire.detail.responsables, responsable{
			Nature: "personne", Civilite: "Mme", NomFamille: pdftest.NomLong, NomUsage: pdftest.UsageLong, Prenom: pdftest.PrenomLong, Lien: "mere", AutoriteParentale: true,
		})
	}
	pire.detail.responsables = append(pire.detail.responsables, responsable{Nature: "organisme", Organisme: pdftest.OrganismeLong, Lien: "tuteur"})
	code := func(sceau.Papier) (pdf.Code, error) {
		return pdf.Code{Content: "HTTPS://ECOLES.EXEMPLE.FR/V/ABCDEFGHIJKLMNOPQRSTUVWXYZ", Caption: []pdf.Span{pdf.T("Pour vérifier ce document, photographiez ce code.")}}, nil
	}
	for name, c := range map[string]certificat{"simple": simple, "pire": pire} {
		p, err := c.papier(code)
		if err != nil {
			t.Fatal(err)
		}
		for what, p := range map[string]papier.Papier{"certificat": p, "recepisse": c.deposer()} {
			file, err := p.PDF()
			if err != nil {
				t.Fatal(err)
			}
			pdftest.Golden(t, what+"-"+name, file)
		}
	}
}
