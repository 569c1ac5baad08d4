package eleves

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/document"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/sceau"
	"base-eleves/internal/pdf"
	"base-eleves/internal/pdf/pdftest"
)

// Each certificate keeps its words and its looks, for an ordinary name, the longest ones, and letters of elsewhere.
func TestGolden(t *testing.T) {
	jour, fin := date.Du(2026, time.November, 20), date.Du(2026, time.November, 19)
	school := ecole.EnTete{
		UAI: "0659001F", Nom: pdftest.EtablissementNom, Commune: pdftest.CommuneLongue, Adresse: pdftest.VoieLongue, CodePostal: "51290", Telephone: "05 62 00 00 01",
	}
	simple := attestation{
		EleveID: uuid.New(), NomFamille: "ABADIE", Prenom: "Lina", Sexe: "F", DateNaissance: date.Du(2019, time.April, 12), Annee: 2026, Niveau: "CE1", Classe: "CE1 A",
		DateAdmission: date.Du(2026, time.September, 1), DateRadiation: &fin, MotifRadiation: "demenagement", Destination: "École Arago, Tarbes",
	}
	long, ailleurs := simple, simple
	long.NomFamille, long.NomUsage, long.Prenom = pdftest.NomLong, pdftest.UsageLong, pdftest.PrenomLong
	long.Classe, long.Destination = "PS-MS-GS Les Grands Ours de la cour du fond", pdftest.EtablissementNom+", "+pdftest.CommuneLongue
	ailleurs.NomFamille, ailleurs.Prenom, ailleurs.Sexe = pdftest.NomAilleurs, pdftest.PrenomAilleurs, "M"
	numeros := make([]document.Numero, 3)
	for i := range numeros {
		numeros[i] = document.Numero{Emetteur: "0659001F", Annee: 2026, Rang: i + 1, EditeLe: jour}
	}
	agent := habilitation.Agent{Civilite: "Mme", Nom: "Claire " + pdftest.UsageLong, Maintenant: jour}
	code := func(sceau.Papier) (pdf.Code, error) {
		return pdf.Code{Content: "HTTPS://ECOLES.EXEMPLE.FR/V/ABCDEFGHIJKLMNOPQRSTUVWXYZ", Caption: []pdf.Span{pdf.T("Pour vérifier ce document, photographiez ce code.")}}, nil
	}
	for name, m := range map[string]modele{
		"certificat-scolarite": modeleScolarite, "certificat-radiation": modeleRadiation,
		"attestation-frequentation": modeleFrequentation(date.Du(2026, time.October, 1), date.Du(2026, time.October, 31)),
	} {
		p, err := m.print([]attestation{simple, long, ailleurs}, numeros, school, agent, code)
		if err != nil {
			t.Fatal(err)
		}
		file, err := p.PDF()
		if err != nil {
			t.Fatal(err)
		}
		pdftest.Golden(t, name, file)
	}
}
