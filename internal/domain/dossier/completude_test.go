package dossier_test

import (
	"strings"
	"testing"

	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/ecole"
)

func TestManques(t *testing.T) {
	for _, tt := range []struct {
		name   string
		jusqua dossier.Etape
		change func(e *dossier.Etat)
		want   string
	}{
		{"rien ne manque", dossier.PourRentree, func(*dossier.Etat) {}, ""},
		{"l’adresse", dossier.PourInscription, func(e *dossier.Etat) { e.Adresse = false }, "adresse"},
		{"aucun responsable", dossier.PourInscription, func(e *dossier.Etat) { e.Responsables = nil }, "responsables"},
		{"aucun responsable ne compte qu’une fois", dossier.PourAdmission, func(e *dossier.Etat) { e.Responsables = nil }, "responsables"},
		{"personne n’a l’autorité parentale", dossier.PourInscription,
			func(e *dossier.Etat) { e.Responsables[0].Autorite, e.Responsables[1].Autorite = false, false }, "responsables"},
		{"un seul qui l’ait suffit", dossier.PourInscription, func(e *dossier.Etat) { e.Responsables[1].Autorite = false }, ""},
		{"chaque responsable a son adresse", dossier.PourInscription, func(e *dossier.Etat) { e.Responsables[1].Adresse = false }, "responsable"},
		{"le niveau, pour l’admission", dossier.PourAdmission, func(e *dossier.Etat) { e.Niveau = "" }, "scolarite"},
		{"l’inscription n’en demande pas", dossier.PourInscription, func(e *dossier.Etat) { e.Niveau = "" }, ""},
		{"un téléphone, pour l’admission", dossier.PourAdmission, func(e *dossier.Etat) { e.Responsables[0].Telephone = false }, "responsable"},
		{"l’inscription n’en demande pas non plus", dossier.PourInscription, func(e *dossier.Etat) { e.Responsables[0].Telephone = false }, ""},
		{"une classe, à la rentrée", dossier.PourRentree, func(e *dossier.Etat) { e.Classe = false }, "classe"},
		{"qui prévenir", dossier.PourRentree, func(e *dossier.Etat) { e.Urgence = false }, "contacts"},
		{"l’attestation d’assurance", dossier.PourRentree, func(e *dossier.Etat) { e.Attestation = false }, "assurance"},
		{"l’admission n’attend pas la rentrée", dossier.PourAdmission, func(e *dossier.Etat) { e.Classe, e.Urgence, e.Attestation = false, false, false }, ""},
		{"tout à la fois, dans l’ordre des étapes", dossier.PourRentree, func(e *dossier.Etat) { *e = dossier.Etat{} },
			"adresse responsables scolarite classe contacts assurance"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := dossier.Etat{
				Adresse: true, Niveau: ecole.CP, Classe: true, Urgence: true, Attestation: true,
				Responsables: []dossier.ResponsableConnu{
					{Nom: "Mme Abadie Anne", Autorite: true, Adresse: true, Telephone: true}, {Nom: "M. Abadie Luc", Autorite: true, Adresse: true},
				},
			}
			tt.change(&e)
			var got []string
			for _, m := range e.Manques(tt.jusqua) {
				got = append(got, string(m.Rubrique))
				if m.Quoi == "" || !strings.HasSuffix(m.Pourquoi, ".") {
					t.Errorf("%+v is not explained", m)
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
}

// The one whose address is missing is named and can be found.
func TestManqueNommeLeResponsable(t *testing.T) {
	e := dossier.Etat{Adresse: true, Responsables: []dossier.ResponsableConnu{
		{Nom: "Mme Abadie Anne", Autorite: true, Adresse: true}, {Nom: "M. Abadie Luc", Autorite: true},
	}}
	got := e.Manques(dossier.PourInscription)
	if len(got) != 1 || got[0].Rang != 1 || got[0].Quoi != "L’adresse de M. Abadie Luc" {
		t.Errorf("got %+v", got)
	}
}
