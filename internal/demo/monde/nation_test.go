package monde

import (
	"strings"
	"testing"

	"base-eleves/internal/domain/ecole"
)

func TestNation(t *testing.T) {
	for _, eleves := range []int{1, 40, 5_000, 60_000, 6_500_000} {
		p := Nation(options(jours[0]), eleves)
		if p.Effectif() != eleves {
			t.Errorf("%d pupils, want %d", p.Effectif(), eleves)
		}
		numbers := map[string]bool{}
		for _, s := range p.Secteurs {
			for _, e := range s.Ecoles {
				numbers[e.UAI] = true
			}
		}
		for _, c := range p.Colleges {
			numbers[c.UAI] = true
		}
		for _, c := range p.Circonscriptions {
			numbers[c.UAI] = true
		}
		if want := p.Ecoles() + len(p.Colleges) + len(p.Circonscriptions); len(numbers) != want {
			t.Errorf("%d pupils: %d numbers for %d", eleves, len(numbers), want)
		}
		for n := range numbers {
			if _, err := ecole.ParseUAI(n); err != nil || strings.HasPrefix(n[3:], "9999") {
				t.Fatalf("%s: %v", n, err)
			}
		}
	}
}

func TestNationIsWhole(t *testing.T) {
	p := Nation(options(jours[0]), 6_500_000)
	if n := p.Ecoles(); n < 44_000 || n > 54_000 {
		t.Errorf("%d schools", n)
	}
	if n := len(p.Departements); n != 101 {
		t.Errorf("%d départements", n)
	}
	if n := len(p.Academies); n != 30 {
		t.Errorf("%d académies", n)
	}
}
