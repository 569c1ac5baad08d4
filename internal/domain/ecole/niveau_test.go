package ecole_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/refusal"
)

func TestNiveau(t *testing.T) {
	for rang, tt := range []struct {
		niveau  ecole.Niveau
		age     int
		cycle   string
		suivant ecole.Niveau
	}{
		{ecole.TPS, 2, "CYCLE I", ecole.PS},
		{ecole.PS, 3, "CYCLE I", ecole.MS},
		{ecole.MS, 4, "CYCLE I", ecole.GS},
		{ecole.GS, 5, "CYCLE I", ecole.CP},
		{ecole.CP, 6, "CYCLE II", ecole.CE1},
		{ecole.CE1, 7, "CYCLE II", ecole.CE2},
		{ecole.CE2, 8, "CYCLE II", ecole.CM1},
		{ecole.CM1, 9, "CYCLE III", ecole.CM2},
		{ecole.CM2, 10, "CYCLE III", ""},
	} {
		n := tt.niveau
		suivant, ok := n.Suivant()
		if n.Rang() != rang || n.Age() != tt.age || n.Cycle().String() != tt.cycle || suivant != tt.suivant || ok != (suivant != "") {
			t.Errorf("%s: %d, %d years, %s, then %q", n, n.Rang(), n.Age(), n.Cycle(), suivant)
		}
		if n.Libelle() == "" || n.Cycle().Libelle() == "" {
			t.Errorf("%s has no name", n)
		}
	}
	if got, ok := ecole.Niveau("6EME").Suivant(); ok {
		t.Errorf("6EME leads to %s", got)
	}
}

func TestParseNiveau(t *testing.T) {
	for typed, want := range map[string]ecole.Niveau{"CP": ecole.CP, " ce1 ": ecole.CE1} {
		if got, err := ecole.ParseNiveau(typed); err != nil || got != want {
			t.Errorf("%q: got %s, %v", typed, got, err)
		}
	}
	for _, typed := range []string{"", "6EME", "CE3", "CP CE1"} {
		if got, err := ecole.ParseNiveau(typed); refusal.All(err) == nil {
			t.Errorf("%q is accepted as %s", typed, got)
		}
	}
}

func TestNiveauAttendu(t *testing.T) {
	for _, tt := range []struct {
		naissance string
		want      ecole.Niveau
	}{
		{"2025-01-01", ""}, // one year old
		{"2024-12-31", ecole.TPS},
		{"2023-12-31", ecole.PS}, // instruction is compulsory in the year of the third birthday
		{"2020-01-01", ecole.CP},
		{"2020-12-31", ecole.CP}, // the year counts, not the day
		{"2016-06-15", ecole.CM2},
		{"2015-12-31", ""}, // collège
	} {
		naissance, _ := time.Parse(time.DateOnly, tt.naissance)
		if got, ok := ecole.NiveauAttendu(naissance, 2026); got != tt.want || ok != (got != "") {
			t.Errorf("%s: got %q, want %q", tt.naissance, got, tt.want)
		}
	}
}

func TestTypeOuvre(t *testing.T) {
	for _, tt := range []struct {
		ecole  ecole.Type
		niveau ecole.Niveau
		want   bool
	}{
		{ecole.Maternelle, ecole.TPS, true},
		{ecole.Maternelle, ecole.GS, true},
		{ecole.Maternelle, ecole.CP, false},
		{ecole.Elementaire, ecole.GS, false},
		{ecole.Elementaire, ecole.CP, true},
		{ecole.Elementaire, ecole.CM2, true},
		{ecole.Primaire, ecole.TPS, true},
		{ecole.Primaire, ecole.CM2, true},
		{ecole.Primaire, "6EME", false},
		{ecole.Specialisee, ecole.CE2, true},
		{"", ecole.CP, false},
	} {
		if got := tt.ecole.Ouvre(tt.niveau); got != tt.want {
			t.Errorf("%s %s: got %v", tt.ecole, tt.niveau, got)
		}
	}
}

// A caller may sort or cut the list that it was given.
func TestNiveauxAreACopy(t *testing.T) {
	ecole.Niveaux()[0] = "X"
	ecole.Maternelle.Niveaux()[0] = "X"
	if got := ecole.Niveaux()[0]; got != ecole.TPS {
		t.Errorf("the first level became %s", got)
	}
}

func TestEveryTypeAndSecteurHasItsLibelle(t *testing.T) {
	for _, typ := range ecole.Types() {
		if typ.Libelle() == "" || len(typ.Niveaux()) == 0 {
			t.Errorf("%s: %q, %v", typ, typ.Libelle(), typ.Niveaux())
		}
	}
	for _, s := range ecole.Secteurs() {
		if s.Libelle() == "" || s.Prive() == (s == ecole.Public) {
			t.Errorf("%s: %q, private %v", s, s.Libelle(), s.Prive())
		}
	}
	if ecole.Type("x").Libelle()+ecole.Secteur("x").Libelle() != "" {
		t.Error("an unknown type or sector has a name")
	}
}
