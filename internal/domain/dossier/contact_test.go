package dossier_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/refusal"
)

// refused checks that err refuses these fields, in their order, and none else.
func refused(t *testing.T, err error, fields string) {
	t.Helper()
	var got []string
	for _, r := range refusal.All(err) {
		got = append(got, r.Field)
	}
	if err != nil && got == nil {
		t.Fatal(err)
	}
	if strings.Join(got, " ") != fields {
		t.Errorf("refused %q (%v), want %q", got, err, fields)
	}
}

func TestContact(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(c *dossier.Contact)
		fields string
	}{
		{"à prévenir, avec un téléphone", func(*dossier.Contact) {}, ""},
		{"n’importe lequel des trois téléphones", func(c *dossier.Contact) { c.TelPortable, c.TelTravail = "", "05 62 00 00 01" }, ""},
		{"à prévenir sans téléphone", func(c *dossier.Contact) { c.TelPortable = "" }, "tel_portable"},
		{"venir chercher n’en demande pas", func(c *dossier.Contact) { c.TelPortable, c.Urgence, c.Autorisee = "", false, true }, ""},
		{"ni l’un ni l’autre", func(c *dossier.Contact) { c.Urgence = false }, "urgence"},
		{"un téléphone illisible", func(c *dossier.Contact) { c.TelDomicile = "demain" }, "tel_domicile"},
		{"sans nom", func(c *dossier.Contact) { c.NomFamille = "" }, "nom_famille"},
		{"le prénom et le lien sont facultatifs", func(c *dossier.Contact) { c.Prenom, c.Lien = "", "" }, ""},
		{"un lien inventé", func(c *dossier.Contact) { c.Lien = "marraine" }, "lien"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := dossier.Contact{NomFamille: "Daveu", Prenom: "Jeanne", Lien: "ascendant", TelPortable: "06 00 00 00 09", Urgence: true}
			tt.change(&c)
			refused(t, c.Valider(), tt.fields)
		})
	}
}

func TestAvancer(t *testing.T) {
	a, b, c := uuid.New(), uuid.New(), uuid.New()
	for _, tt := range []struct {
		name string
		id   uuid.UUID
		want []uuid.UUID
	}{
		{"le premier reste", a, []uuid.UUID{a, b, c}},
		{"le deuxième passe devant", b, []uuid.UUID{b, a, c}},
		{"le dernier avance d’un rang", c, []uuid.UUID{a, c, b}},
		{"un inconnu ne change rien", uuid.New(), []uuid.UUID{a, b, c}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := []uuid.UUID{a, b, c}
			if got := dossier.Avancer(before, tt.id); !slices.Equal(got, tt.want) {
				t.Errorf("got %v", got)
			}
			if !slices.Equal(before, []uuid.UUID{a, b, c}) {
				t.Error("the list given has changed")
			}
		})
	}
}

func TestAutorisation(t *testing.T) {
	for _, tt := range []struct {
		name   string
		a      dossier.Autorisation
		niveau ecole.Niveau
		fields string
	}{
		{"rien n’est obligatoire", dossier.Autorisation{}, ecole.CP, ""},
		{"un contrat sans compagnie", dossier.Autorisation{NumContrat: "12"}, ecole.CP, "assureur"},
		{"une attestation qui ne couvre rien", dossier.Autorisation{AttestationFournie: true}, ecole.CP, "attestation_fournie"},
		{"une attestation de responsabilité civile", dossier.Autorisation{AttestationFournie: true, ResponsabiliteCivile: true}, ecole.CP, ""},
		{"un enfant de GS ne rentre pas seul", dossier.Autorisation{RentreSeul: true}, ecole.GS, "rentre_seul"},
		{"un enfant de CP, si", dossier.Autorisation{RentreSeul: true}, ecole.CP, ""},
		{"sans niveau connu on ne dit rien", dossier.Autorisation{RentreSeul: true}, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) { refused(t, tt.a.Valider(tt.niveau), tt.fields) })
	}
}

func TestServices(t *testing.T) {
	all := dossier.Periscolaire{GarderieMatin: true, GarderieSoir: true, Etude: true, Restaurant: true, Transport: true}
	want := "transport, garderie du matin, restaurant, étude, garderie du soir"
	if got := strings.Join(all.Services(), ", "); got != want {
		t.Errorf("got %q, want the order of the day, %q", got, want)
	}
	if got := (dossier.Periscolaire{}).Services(); got != nil {
		t.Errorf("no service gives %v", got)
	}
}
