package registre

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/papier"
	"base-eleves/internal/pdf/pdftest"
)

// The papers of the register keep their words and their looks, for an ordinary name, the longest ones, and letters of elsewhere.
func TestGolden(t *testing.T) {
	jour := date.Du(2026, time.November, 20)
	school := ecole.EnTete{UAI: "0659001F", Nom: pdftest.EtablissementNom, Commune: pdftest.CommuneLongue, Adresse: pdftest.VoieLongue, CodePostal: "51290"}
	agent := habilitation.Agent{Role: habilitation.Directeur, Nom: "Claire " + pdftest.UsageLong, Maintenant: jour}
	simple := ligne{
		Numero: 1, NomFamille: "ABADIE", Prenom: "Lina", Sexe: "F", DateNaissance: date.Du(2019, time.April, 12), Entree: date.Du(2026, time.September, 1),
		NiveauEntree: "CE1", NiveauSortie: "CE1", Provenance: "École Arago, Tarbes",
	}
	long, ailleurs := simple, simple
	long.Numero, long.NomFamille, long.NomUsage, long.Prenom = 12345, pdftest.NomLong, pdftest.UsageLong, pdftest.PrenomLong
	long.Sortie, long.MotifSortie, long.Destination = &jour, "demenagement", pdftest.EtablissementNom+", "+pdftest.CommuneLongue
	long.Provenance = long.Destination
	ailleurs.Numero, ailleurs.NomFamille, ailleurs.Prenom = 12346, pdftest.NomAilleurs, pdftest.PrenomAilleurs
	b := livre{ecole: school, annee: 2026, agent: agent, lignes: []ligne{simple, long, ailleurs}}
	f := fiche{ligne: long, EnTete: school}
	for name, p := range map[string]papier.Papier{"annee": b.papier(), "certificat-radiation": f.certifier(deRadiation.titre, agent)} {
		file, err := p.PDF()
		if err != nil {
			t.Fatal(err)
		}
		pdftest.Golden(t, name, file)
	}
}
