package elections_test

import (
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
)

// Envelopes and labels go to each voter at his own address; one that is protected is not written.
func TestCourriers(t *testing.T) {
	m, to := urne(t, time.September, 30)
	files := []string{"/enveloppes.pdf", "/enveloppes.pdf?format=c5", "/etiquettes.pdf?planche=3x8&debut=5", "/etiquettes.pdf?debut=99"}
	street := `update adresse set voie = '17 impasse du Loup', protegee = $1 where id = (select adresse_id from responsable where nom_famille = 'Abadie' limit 1)`
	exec(m, street, false)
	for _, file := range files { // the control: as long as it is not protected it is written
		if said := fixture.Papier(t, m.Get("directeur", to+file).Body); !strings.Contains(said, "17 impasse du Loup") || strings.Contains(said, "main propre") {
			t.Errorf("%s does not write an address: %s", file, said)
		}
	}
	exec(m, street, true)
	if shown := m.Get("directeur", to+"/courriers").Body; !strings.Contains(shown, "6\u00a0électeurs.") || !strings.Contains(shown, "1\u00a0n’a pas d’adresse") {
		t.Errorf("the page: %s", shown)
	}
	for _, file := range files {
		said := fixture.Papier(t, m.Get("directeur", to+file).Body)
		for _, want := range []string{"Mme Anne Abadie", "À remettre en main propre", "5 rue des Pyrénées", "65000 Tarbes"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s does not say %q", file, want)
			}
		}
		if strings.Contains(said, "Loup") {
			t.Errorf("%s writes a protected address", file)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer' and motif in ('enveloppes', 'etiquettes')`); n != 2*len(files) {
		t.Errorf("%d lines in the journal", n)
	}
}

// As long as the list is open nobody is written to.
func TestCourriersBeforeTheList(t *testing.T) {
	m := septembre(t)
	m.Present("Lina")
	to := "/elections/" + preparer(m, "directeur").String()
	if got := m.Get("directeur", to+"/courriers"); got.Code != 200 || !strings.Contains(got.Body, "arrêtez d’abord la liste") {
		t.Errorf("the page: %d", got.Code)
	}
	for _, file := range []string{"/enveloppes.pdf", "/etiquettes.pdf"} {
		if got := m.Get("directeur", to+file); got.Code != 422 || !strings.Contains(got.Body, "Arrêtez d’abord la liste électorale") {
			t.Errorf("%s: %d", file, got.Code)
		}
	}
}
