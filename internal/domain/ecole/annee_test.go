package ecole_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/refusal"
)

func jour(s string) time.Time {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return t
}

func TestAnneeDe(t *testing.T) {
	for day, want := range map[string]string{
		"2026-08-31": "2025-2026",
		"2026-09-01": "2026-2027",
		"2026-12-31": "2026-2027",
		"2027-01-01": "2026-2027",
		"2027-08-31": "2026-2027",
	} {
		a := ecole.AnneeDe(jour(day))
		if a.Libelle() != want || !a.Contient(jour(day)) || (a + 1).Contient(jour(day)) {
			t.Errorf("%s: got %s, want %s", day, a.Libelle(), want)
		}
	}
}

// The years follow one another without a gap.
func TestAnneeBounds(t *testing.T) {
	for a := ecole.Annee(2000); a < 2100; a++ {
		if !a.Fin().AddDate(0, 0, 1).Equal((a + 1).Debut()) {
			t.Errorf("%s ends on %s", a.Libelle(), a.Fin())
		}
		if !a.Contient(a.Debut()) || !a.Contient(a.Fin()) || !a.Contient(a.Rentree()) {
			t.Errorf("%s does not hold its own days", a.Libelle())
		}
	}
}

func TestRentree(t *testing.T) {
	for annee, want := range map[ecole.Annee]string{2024: "2024-09-02", 2025: "2025-09-01", 2026: "2026-09-01"} {
		if got := annee.Rentree(); !got.Equal(jour(want)) {
			t.Errorf("%s: got %s", annee.Libelle(), got)
		}
	}
}

func TestParseAnnee(t *testing.T) {
	for typed, want := range map[string]ecole.Annee{"2026": 2026, "2026-2027": 2026, " 2026/2027 ": 2026, "2026 - 2027": 2026} {
		if got, err := ecole.ParseAnnee(typed); err != nil || got != want {
			t.Errorf("%q: got %d, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "26", "2026-2028", "2027-2026", "1999", "2026-27", "x2026"} {
		if got, err := ecole.ParseAnnee(typed); refusal.All(err) == nil {
			t.Errorf("%q is accepted as %d", typed, got)
		}
	}
}
