package commune

import "testing"

func TestFindDepartement(t *testing.T) {
	for _, tt := range []struct{ code, nom, academie string }{
		{"65", "Hautes-Pyrénées", "16 Toulouse"},
		{"2A", "Corse-du-Sud", "27 Corse"},
		{"14", "Calvados", "70 Normandie"},
		{"976", "Mayotte", "43 Mayotte"},
	} {
		d, ok := FindDepartement(tt.code)
		if got := d.Academie.Code + " " + d.Academie.Nom; !ok || d.Nom != tt.nom || got != tt.academie {
			t.Errorf("%s: got %+v", tt.code, d)
		}
	}
	for _, code := range []string{"", "065", "20", "99"} {
		if d, ok := FindDepartement(code); ok {
			t.Errorf("%q is %s", code, d.Nom)
		}
	}
}

// The southern lands and Clipperton have no school, hence no académie.
func TestEveryDepartementHasItsAcademie(t *testing.T) {
	sans := map[string]bool{"984": true, "989": true}
	seen := 0
	for _, d := range Departements() {
		if (d.Academie == Academie{}) != sans[d.Code] {
			t.Errorf("%s %s: %v", d.Code, d.Nom, d.Academie)
		}
		if d.Academie.Code != "" {
			seen++
		}
	}
	if seen != 107 || len(academies) != 34 {
		t.Errorf("%d départements in %d académies", seen, len(academies))
	}
}
