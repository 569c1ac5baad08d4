package ecole_test

import (
	"testing"

	"base-eleves/internal/domain/ecole"
)

func TestDenomination(t *testing.T) {
	for brut, want := range map[string]string{
		"Ecole primaire":                         "École primaire",
		"ECOLE PRIMAIRE PUBLIQUE":                "École primaire publique",
		"Ecole ELEMENTAIRE":                      "École élémentaire",
		"ECOLE MATERNELLE PUBLIQUE PIC DU MIDI":  "École maternelle publique Pic du Midi",
		"Ecole Elémentaire J. Ferry":             "École élémentaire J. Ferry",
		"ECOLE PRIMAIRE PUBLIQUE F. CAMESCASSE":  "École primaire publique F. Camescasse",
		"Ecole primaire La Sendère":              "École primaire La Sendère",
		"ECOLE PRIMAIRE LES MARRONNIERS":         "École primaire Les Marronniers",
		"Circonscription TARBES ASH SEMEAC":      "Circonscription Tarbes ASH Semeac",
		"ECOLE DE LA NESTE":                      "École de la Neste",
		"Ecole Primaire du RPI de l'ARROS":       "École primaire du RPI de l’Arros",
		"ECOLE PRIMAIRE JEANNE D'ARC":            "École primaire Jeanne d’Arc",
		"Ecole élémentaire Henri IV":             "École élémentaire Henri IV",
		"ECOLE PRIMAIRE DEBUSSY-WALLON":          "École primaire Debussy-Wallon",
		"E.P.PR KICAU":                           "École primaire privée Kicau",
		"Collège Privé Hors Contrat Ecole Kicau": "Collège privé hors contrat école Kicau",
		"École maternelle Frédéric Mistral":      "École maternelle Frédéric Mistral",
		"":                                       "",
	} {
		got := ecole.Denomination(brut)
		if got != want {
			t.Errorf("%q: got %q, want %q", brut, got, want)
		}
		if again := ecole.Denomination(got); again != got {
			t.Errorf("%q becomes %q the second time", got, again)
		}
	}
}

func TestNomComplet(t *testing.T) {
	for _, tt := range []struct{ nom, commune, want string }{
		{"École primaire", "Tarbes", "École primaire, Tarbes"},
		{"École primaire Loures Barousse", "Loures-Barousse", "École primaire Loures Barousse"},
		{"École maternelle d’Arcizac-Adour", "Arcizac-Adour", "École maternelle d’Arcizac-Adour"},
		{"École Lucien Bonnet", "Luc", "École Lucien Bonnet, Luc"}, // whole words only
	} {
		if got := ecole.NomComplet(tt.nom, tt.commune); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestNomDevant(t *testing.T) {
	for _, tt := range []struct{ nom, want string }{
		{"École primaire Jean-Jaurès", "Jean-Jaurès (école primaire)"},
		{"École élémentaire privée Les Marronniers", "Les Marronniers (école élémentaire privée)"},
		{"Groupe scolaire Arago", "Arago (groupe scolaire)"},
		{"École primaire du Lapacca", "École primaire du Lapacca"},
		{"École de la Plaine", "École de la Plaine"},
		{"École primaire", "École primaire"},
		{"Jean-Jaurès", "Jean-Jaurès"},
		{"", ""},
	} {
		if got := ecole.NomDevant(tt.nom); got != tt.want {
			t.Errorf("%q: got %q, want %q", tt.nom, got, tt.want)
		}
	}
}
