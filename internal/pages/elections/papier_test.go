package elections_test

import (
	"html"
	"slices"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// sorties are all that a school takes out of an election.
var sorties = []string{"", "/liste", "/liste.csv", "/liste.pdf", "/emargement", "/emargement.pdf", "/courriers", "/enveloppes.pdf", "/etiquettes.pdf"}

// lire is what an answer says, whatever its format.
func lire(t *testing.T, got fixture.Reponse) string {
	t.Helper()
	if got.Header.Get("Content-Type") == "application/pdf" {
		return fixture.Papier(t, got.Body)
	}
	return html.UnescapeString(got.Body)
}

// Nothing of a child is on the list of voters nor on any paper made of it: neither first name, nor birth, class or number.
func TestNothingOfAChild(t *testing.T) {
	m := septembre(t)
	e := m.Placer("directeur", m.Present("Philomène"), fixture.CE1)
	id := preparer(m, "directeur")
	arreter(m, "directeur", id)
	taints := []string{"Philomène", "PHILOMÈNE", "12/04/2019", "12\u00a0avril\u00a02019", "2019", "CE1", "lynx", "Cazaux", e.ID.String(), "123456789"}
	exec(m, `update immatriculation set ine = '123456789HH', etat = 'attribue' where eleve_id = $1`, e.ID)
	var read []string
	for _, sortie := range sorties {
		got := m.Get("directeur", "/elections/"+id.String()+sortie)
		said := lire(t, got)
		if got.Code != 200 || !strings.Contains(strings.ToUpper(said), "ABADIE") && sortie != "" && sortie != "/courriers" {
			t.Errorf("%s: %d, does not name the voter", sortie, got.Code)
		}
		for _, taint := range taints {
			if strings.Contains(said, taint) {
				t.Errorf("%s says %q", sortie, taint)
			}
		}
		read = append(read, said)
	}
	// The control: on a page about the child the same words are found.
	file := lire(t, m.Get("directeur", "/eleves/"+e.ID.String()))
	if !slices.ContainsFunc(taints, func(s string) bool { return strings.Contains(file, s) }) || len(read) != len(sorties) {
		t.Error("the taint is not seen in the file either")
	}
}

func TestEmargement(t *testing.T) {
	m := septembre(t)
	m.Present("Lina")
	id := preparer(m, "directeur")
	to := "/elections/" + id.String() + "/emargement.pdf"
	if got := m.Get("directeur", to); got.Code != 422 || !strings.Contains(got.Body, "on n’émarge que sur une liste arrêtée") {
		t.Errorf("before the list is fixed: %d", got.Code)
	}
	arreter(m, "directeur", id)
	said := fixture.Papier(t, m.Get("directeur", to).Body)
	for _, want := range []string{
		"Liste d’émargement", "École primaire Jean-Jaurès", "UAI 0659001F", "1 électeur, liste arrêtée le 18 septembre 2026", "Signature",
		"ABADIE", "Anne", "Document confidentiel", "Page 1/1",
	} {
		if !strings.Contains(said, want) {
			t.Errorf("does not say %q\n%s", want, said)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer' and motif = 'emargement'`); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}
}

// The longest names, with letters of elsewhere, are whole on the sheet that voters sign, on the envelopes and on the labels.
func TestLongestNames(t *testing.T) {
	m := septembre(t)
	const nom, usage, prenom = "Vanderstraeten-Montmorency-Rochechouart", "Nguyễn-Đặng de La Rochefoucauld-Liancourt", "Marie-Éléonore-Ștefania-Guðrún-Philomène"
	const voie = "125 bis chemin de la Vieille-Côte-de-Saint-Étienne"
	nommer(m, m.Present("Lina"), nom, usage, prenom)
	exec(m, `update adresse set complement = 'Résidence des Hautes-Pyrénées, bâtiment C, 3e étage gauche', voie = $1`, voie)
	id := preparer(m, "directeur")
	arreter(m, "directeur", id)
	for _, file := range []string{"/emargement.pdf", "/enveloppes.pdf", "/etiquettes.pdf?planche=3x8"} {
		said := fixture.Papier(t, m.Get("directeur", "/elections/"+id.String()+file).Body)
		want := usage + " " + prenom + " " + voie
		if file == "/emargement.pdf" {
			want = strings.ToUpper(usage) + " " + prenom
		}
		for _, part := range strings.FieldsFunc(want, func(r rune) bool { return r == ' ' || r == '-' }) { // a name breaks there
			if !strings.Contains(said, part) {
				t.Errorf("%s does not say %q: %s", file, part, said)
			}
		}
	}
}
