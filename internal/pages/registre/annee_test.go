package registre_test

import (
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// The register of a year has all those who were in the school that year, even for a day, and nobody else.
func TestRegistreDUneAnnee(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	parti, ancien := m.Present("Noé"), m.Present("Ugo")
	radier(m, parti, fixture.Aujourdhui)
	radier(m, ancien, fixture.Aujourdhui)
	if _, err := m.Tx.Exec(t.Context(), `update registre set entree = entree - interval '2 years', sortie = sortie - interval '2 years' where eleve_id = $1`,
		ancien.ID); err != nil {
		t.Fatal(err)
	}
	for path, who := range map[string][3]bool{
		"/registre/annee": {true, true, false}, "/registre/annee?annee=2024": {false, false, true}, "/registre/annee?annee=2023": {},
	} {
		got := m.Get("directeur", path)
		for i, prenom := range []string{"Lina", "Noé", "Ugo"} {
			if strings.Contains(got.Body, "ABADIE "+prenom) != who[i] {
				t.Errorf("%s names %s: %v", path, prenom, !who[i])
			}
		}
	}
	said := fixture.Papier(t, m.Get("directeur", "/registre/annee.pdf").Body)
	for _, want := range []string{"Registre des élèves inscrits", "Année scolaire 2026-2027 – 2 élèves, 2 entrées, 1 sortie", "Arrêté à", "Document confidentiel", "Page 1/1"} {
		if !strings.Contains(said, want) {
			t.Errorf("the paper does not say %q\n%s", want, said)
		}
	}
	if got := m.Get("ia", "/registre/annee?ecole="+fixture.Ecole); !strings.Contains(got.Body, "ABADIE Lina") {
		t.Error("the IA does not read it")
	}
	if got := m.Get("ia voisine", "/registre/annee?ecole="+fixture.Ecole); strings.Contains(got.Body, "ABADIE Lina") {
		t.Error("the IA next door reads it")
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer' and objet = 'registre' and ecole_uai = $1`, fixture.Ecole); n != 5 {
		t.Errorf("%d lines in the journal", n)
	}
}

// A certificate of the register reads on a page as it is printed.
func TestCertificateOnAPage(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	radier(m, e, fixture.Aujourdhui)
	for _, name := range []string{"/certificat-scolarite", "/certificat-radiation"} {
		to := page(m, e) + name
		onPaper, onPage := fixture.Ecarts(t, m.Get("directeur", to).Body, m.Get("directeur", to+".pdf").Body)
		if len(onPaper)+len(onPage) > 0 {
			t.Errorf("%s: on paper only %q, on the page only %q", name, onPaper, onPage)
		}
	}
}
