package inscriptions_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
)

// A morning of inscriptions: forty children one after the other, as fast as one sends them.
func TestQuaranteEnfantsDeSuite(t *testing.T) {
	m := fixture.New(t)
	for _, naissance := range []string{"120418", "250316", "030720", "191119"} {
		for _, nom := range []string{"Bartagne", "Cosvielle", "Dulroux", "Fimnadier", "Gonchamp", "Juspy", "Lavedan", "Mepère", "Ossun", "Pujo"} {
			inscrire(t, m, url.Values{"nom_famille": {nom}, "date_naissance": {naissance}, "niveau": {""}})
		}
	}
	if n := count(m, "eleve"); n != 40 {
		t.Errorf("%d children", n)
	}
	if n := count(m, "recherche_ailleurs"); n != 0 {
		t.Errorf("%d were counted as searches, though none was shown", n)
	}
}

// prenoms are thirty-one children of another territory.
var prenoms = strings.Fields("Adèle Basile Camille Donatien Eugénie Firmin Gwendoline Hippolyte Irène Jérôme Karim Ludivine Mathurin " +
	"Nadège Octave Pauline Quentin Rosalie Sylvestre Thibault Ursule Vianney Wassila Xavier Yolande Zacharie Apolline Barnabé Clotilde " +
	"Dominique Éléonore")

// A form that is refused shows the children who look like the one typed: thirty times in ten minutes, as by a search,
// although nothing of what it wrote stays.
func TestFormulairesRefusesFreines(t *testing.T) {
	m := fixture.New(t)
	for _, prenom := range prenoms {
		m.PresentAilleurs(prenom)
	}
	before := count(m, "eleve")
	refuse := func(prenom string) string {
		got := m.Post("mairie", "/inscriptions/nouvelle", nouvelle(url.Values{
			"nom_famille": {"Abadie"}, "prenom": {prenom}, "date_naissance": {"120419"}, "niveau": {"CE1"},
		}))
		if got.Code != 422 {
			t.Errorf("%s: got %d", prenom, got.Code)
		}
		return got.Body
	}
	for _, prenom := range prenoms[:30] {
		shows(t, refuse(prenom), "Est-ce le même enfant", "École primaire du Lapacca") // control: each is shown
	}
	last := refuse(prenoms[30])
	shows(t, alert(last), "trente enfants")
	hides(t, last, "Lapacca", "Est-ce le même", "doublon.")
	shows(t, refuse(prenoms[7]), "Est-ce le même enfant") // the same again is no other child
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'chercher_ailleurs'`); n != 31 {
		t.Errorf("%d lines in the journal, want 31", n)
	}
	inscrire(t, m, url.Values{"nom_famille": {"Etcheverry"}}) // who looks like nobody is entered all the same
	m.Heure = m.Heure.Add(11 * time.Minute)
	shows(t, refuse(prenoms[30]), "Est-ce le même enfant")
	if n := count(m, "eleve"); n != before+1 {
		t.Errorf("%d children more", n-before)
	}
}

// A child whom a search has found can be inscribed, whatever was looked for since.
func TestInscrireUnEnfantTrouveAvantLeFrein(t *testing.T) {
	m := fixture.New(t)
	id := m.PresentAilleurs("Inès").ID.String()
	for _, prenom := range prenoms {
		m.Post("mairie", "/inscriptions/recherche", recherche("Duprat", prenom, "120418"))
	}
	got := m.Post("mairie", "/inscriptions/recherche", recherche("Duprat", "Zoé", "120418"))
	if got.Code != 422 || !strings.Contains(alert(got.Body), "trente enfants") || !strings.Contains(got.Body, `value="Duprat"`) { // control
		t.Fatalf("the search is not braked: %d", got.Code)
	}
	got = m.Post("mairie", "/inscriptions/nouvelle", nouvelle(url.Values{
		"eleve_id": {id}, "nom_famille": {"Abadie"}, "prenom": {"Inès"}, "date_naissance": {"120419"}, "niveau": {"CE1"},
	}))
	if got.Code != 303 {
		t.Errorf("got %d %s", got.Code, alert(got.Body))
	}
}
