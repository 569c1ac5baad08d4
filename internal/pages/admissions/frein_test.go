package admissions_test

import (
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// A directeur accepts as many children as come; those who look like his are shown to him thirty times in ten minutes.
func TestFormulairesRefusesFreines(t *testing.T) {
	m := fixture.New(t)
	prenoms := strings.Fields("Adèle Basile Camille Donatien Eugénie Firmin Gwendoline Hippolyte Irène Jérôme Karim Ludivine Mathurin " +
		"Nadège Octave Pauline Quentin Rosalie Sylvestre Thibault Ursule Vianney Wassila Xavier Yolande Zacharie Apolline Barnabé " +
		"Clotilde Dominique Éléonore")
	for _, prenom := range prenoms {
		m.PresentAilleurs(prenom)
	}
	for i, prenom := range prenoms {
		got := m.Post("directeur", nouvelle, enfant(prenom))
		shown, braked := strings.Contains(got.Body, "Est-ce le même"), strings.Contains(got.Body, "trente enfants")
		if got.Code != 422 || shown != (i < 30) || braked != (i >= 30) {
			t.Errorf("form %d: got %d, shown %v, braked %v", i+1, got.Code, shown, braked)
		}
	}
	for _, nom := range []string{"Bartagne", "Cosvielle", "Dulroux"} {
		if got := m.Post("directeur", nouvelle, enfant("Lina", "nom_famille", nom)); got.Code != 303 {
			t.Errorf("%s, who looks like nobody: got %d", nom, got.Code)
		}
	}
	if got := m.Post("directeur", nouvelle, cherche("Lina")); got.Code != 422 || !strings.Contains(got.Body, "trente enfants") || !strings.Contains(got.Body, `value="Lina"`) {
		t.Errorf("the search beyond the limit: got %d", got.Code)
	}
}

// A twin has the name and the date of a child of the register, a brother or a sister the name: neither is asked about.
func TestTwinsAndSiblingsDoNotBlock(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	for _, tt := range []struct {
		name, prenom, naissance string
		code                    int
	}{
		{"sa jumelle", "Rose", "12/04/2019", 303},
		{"une jumelle de prénom voisin", "Lise", "12/04/2019", 303},
		{"sa sœur", "Alice", "03/02/2018", 303},
		{"sa sœur, née le même jour d’une autre année", "Zoé", "12/04/2018", 303},
		{"elle-même", "lina", "12/04/2019", 422}, // control
	} {
		got := m.Post("directeur", nouvelle, enfant(tt.prenom, "date_naissance", tt.naissance))
		if got.Code != tt.code {
			t.Errorf("%s: got %d, want %d", tt.name, got.Code, tt.code)
		}
	}
}
