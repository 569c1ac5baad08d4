package courriers

import (
	"slices"
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/foyer"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lettre"
	"base-eleves/internal/httpx"
	"base-eleves/internal/pdf/pdftest"
)

// A letter keeps its words and its looks: to an ordinary family, and to one whose names, address and class are the longest.
func TestGolden(t *testing.T) {
	file, err := publipostage().papier().PDF()
	if err != nil {
		t.Fatal(err)
	}
	pdftest.Golden(t, "lettre", file)
}

// publipostage is a letter addressed to both.
func publipostage() *envoi {
	jour := date.Du(2026, time.November, 20)
	e := &envoi{agent: habilitation.Agent{Nom: "Claire " + pdftest.UsageLong, Maintenant: jour}, f: httpx.AskedForm(nil, jour)}
	e.lettre.EnTete = ecole.EnTete{UAI: "0659001F", Nom: pdftest.EtablissementNom, Commune: pdftest.CommuneLongue, Adresse: pdftest.VoieLongue, CodePostal: "51290"}
	e.lettre.Modele = lettre.Modele{
		Titre: "Réunion de classe", Objet: "Réunion de la classe de {prenom}",
		Corps: "{madame_monsieur},\n\nVotre {fils_ou_fille} {prenom} {nom}, {classe}, ira à la réunion avec {enseignant} : elle commence à [heure].\n---\nÀ rendre\n{nom} {prenom}, {classe}\n\nSignature",
	}
	simple := lettre.Destine{Enfant: foyer.Enfant{NomFamille: "Abadie", Prenom: "Lina", Classe: "CE1 A"}, Sexe: "F", DateNaissance: jour, Niveau: "CE1", Enseignant: "Mme Lac"}
	pire := simple
	pire.Enfant = foyer.Enfant{NomFamille: pdftest.NomAilleurs, NomUsage: pdftest.UsageLong, Prenom: pdftest.PrenomAilleurs, Classe: "PS-MS-GS Les Grands Ours de la cour"}
	pire.Enseignant = pdftest.EnseignantLong
	mere := foyer.Personne{Nature: "personne", Civilite: "Mme", NomFamille: "Abadie", Prenom: "Anne", Lien: "mere", AutoriteParentale: true}
	longue := mere
	longue.NomFamille, longue.NomUsage, longue.Prenom = pdftest.NomLong, pdftest.UsageLong, pdftest.PrenomLong
	e.plis = []lettre.Pli{
		{Eleve: simple, Maison: foyer.Maison{Enfants: []foyer.Enfant{simple.Enfant}, Gens: []foyer.Personne{mere}, Adresse: []string{"5 rue des Pyrénées", "65000 Tarbes"}}},
		{Eleve: pire, Maison: foyer.Maison{Enfants: []foyer.Enfant{pire.Enfant}, Gens: []foyer.Personne{longue, longue},
			Adresse: []string{pdftest.ComplementLong, pdftest.VoieLongue, "51290 " + pdftest.CommuneLongue}}},
	}
	return e
}

// BenchmarkLettres prints a letter to 400 families in one file.
func BenchmarkLettres(b *testing.B) {
	e := publipostage()
	e.plis = slices.Repeat(e.plis[:1], 400)
	for b.Loop() {
		if _, err := e.papier().PDF(); err != nil {
			b.Fatal(err)
		}
	}
}
