package fusions_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// What was issued about a child under his other file, and the year that could not join his own, are read in the one that
// stays; the other is read too, and nobody writes in it.
func TestTheOtherFileStaysVisible(t *testing.T) {
	m := fixture.New(t)
	garde, autre := m.Present("Lina"), m.Present("Lyna")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, autre.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement"})
	})
	if got := m.Get("directeur", file(autre)+"/certificat-radiation.pdf"); got.Code != 200 {
		t.Fatalf("no certificate: %d", got.Code)
	}
	const paper, year = "Certificat de radiation", "radiation le 20/11/2026"
	if body := m.Get("directeur", file(garde)).Body; strings.Contains(body, paper) || strings.Contains(body, year) {
		t.Fatal("they are there before the merge: this test proves nothing") // control
	}
	m.Post("directeur", page(garde, autre), chose(m, garde, autre))

	for _, agent := range []string{"directeur", "ia"} {
		body := m.Get(agent, file(garde)).Body
		for _, want := range []string{paper, year, "Un autre dossier de cet enfant a été réuni à celui-ci le 20/11/2026", file(autre)} {
			if !strings.Contains(body, want) {
				t.Errorf("%s does not read %q in the file that stays", agent, want)
			}
		}
	}
	closed := m.Get("directeur", file(autre)).Body
	if !strings.Contains(closed, "on n’y écrit plus") || !strings.Contains(closed, file(garde)) || strings.Contains(closed, ">Modifier<") {
		t.Error("the other file does not say that it is closed, or can be written in")
	}
}

// Nobody writes in a file that went into another, nor in what hangs from it, whatever the form; in the one that stays,
// everybody who may.
func TestNobodyWritesInTheOtherFile(t *testing.T) {
	m := fixture.New(t)
	garde, autre := m.Present("Lina"), m.Present("Lyna")
	m.Post("directeur", file(autre)+"/contacts/nouveau", url.Values{"nom_famille": {"Lassus"}, "autorisee": {"true"}})
	contact := "/contacts/" + fixture.Valeur[string](m, `select id::text from personne_autorisee`)
	parent := fixture.Valeur[string](m, `select responsable_id::text from lien_responsable where eleve_id = $1`, garde.ID)
	m.Post("directeur", page(garde, autre), chose(m, garde, autre))
	for _, tt := range []struct {
		agent, path string
		form        url.Values
	}{
		{"directeur", "/identite", url.Values{"nom_famille": {"Abadie"}, "prenom": {"Lyra"}, "sexe": {"F"}, "date_naissance": {"12/04/2019"}, "commune_naissance": {"Tarbes"}}},
		{"directeur", "/contacts/nouveau", url.Values{"nom_famille": {"Daveu"}, "autorisee": {"true"}}},
		{"directeur", contact, url.Values{"nom_famille": {"Lasserre"}, "autorisee": {"true"}}},
		{"directeur", contact + "/avancer", nil},
		{"directeur", contact + "/retirer", nil},
		{"mairie", "/periscolaire", url.Values{"restaurant": {"true"}}},
		{"directeur", "/assurance", url.Values{"assureur": {"MAE"}, "num_contrat": {"12"}}},
		{"directeur", "/protection", nil},
		{"directeur", "/opposition", url.Values{"responsable_id": {parent}, "recue_le": {"19/11/2026"}}},
		{"directeur", "/opposition/lever", url.Values{"levee_le": {"20/11/2026"}, "motif_levee": {"accord_des_parents"}, "reference": {"12/2026"}}},
	} {
		if got := m.Post(tt.agent, file(autre)+tt.path, tt.form); got.Code != 422 || !strings.Contains(got.Body, "Ce dossier a été réuni à un autre") {
			t.Errorf("%s of the other file: %d", tt.path, got.Code)
		}
		if got := m.Post(tt.agent, file(garde)+tt.path, tt.form); got.Code != 303 { // control
			t.Errorf("%s of the file that stays: %d", tt.path, got.Code)
		}
	}
}

// A file merged into another that is merged into a third is still read there; and its school changes with it.
func TestFilesOfFiles(t *testing.T) {
	m := fixture.New(t)
	first, second, third := m.Present("Lina"), m.Present("Lyna"), m.Present("Lena")
	m.Post("directeur", page(second, first), chose(m, second, first))
	m.Post("directeur", page(third, second), chose(m, third, second))
	const reunis = `select cardinality(dossiers_reunis($1))`
	if n := fixture.Valeur[int](m, reunis, third.ID); n != 3 {
		t.Errorf("the last file is made of %d", n)
	}
	if n := fixture.Valeur[int](m, reunis, first.ID); n != 1 { // control
		t.Errorf("the first one is made of %d", n)
	}
	if _, err := m.Tx.Exec(t.Context(), `update eleve set ecole_uai = $2 where id = $1`, third.ID, fixture.Voisine); err != nil {
		t.Fatal(err)
	}
	if n := fixture.Valeur[int](m, `select count(*) from eleve where ecole_uai = $1`, fixture.Voisine); n != 3 {
		t.Errorf("%d files have followed", n)
	}
}

func file(e fixture.Enfant) string { return "/eleves/" + e.ID.String() }
