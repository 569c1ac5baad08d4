package repartition_test

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/repartition"
	_ "base-eleves/internal/fixture/graine"
)

// Every small school: a proposal is made if there is one, it holds what must hold, and no other costs less; if there is
// none, each conflict that is named cannot hold by itself, and could without any one of its constraints.
func TestAgainstAllCompositions(t *testing.T) {
	solved, refused := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := petit(t)
		got, err := repartition.Resoudre(t.Context(), p, repartition.Options{Graine: rapid.Uint64().Draw(t, "graine")})
		no, impossible := errors.AsType[repartition.Impossible](err)
		switch {
		case impossible == possible(p):
			t.Fatalf("impossible %v, which is wrong: %v", impossible, err)
		case impossible:
			refused++
			vraiment(t, p, no)
		case err != nil || !tient(p, got.Places) || len(got.Fautes) > 0:
			t.Fatalf("%v, faults %v", err, got.Fautes)
		default:
			solved++
			if best := moindre(t, p); got.Total() > best+1e-6 {
				t.Fatalf("costs %v, the best %v", got.Cout, best)
			}
		}
	})
	if solved == 0 || refused == 0 {
		t.Errorf("%d solved, %d refused: one of the two was never tried", solved, refused)
	}
}

// vraiment tries each conflict by itself.
func vraiment(t *rapid.T, p repartition.Probleme, no repartition.Impossible) {
	if no.Incertain || len(no.Conflits) == 0 {
		t.Fatalf("nothing is proved: %+v", no)
	}
	for _, c := range no.Conflits {
		if possible(seules(p, c.Contraintes)) {
			t.Fatalf("this can hold: %s", c.Phrase)
		}
		for i := range c.Contraintes {
			if less := slices.Delete(slices.Clone(c.Contraintes), i, i+1); !possible(seules(p, less)) {
				t.Fatalf("%q is not needed in: %s", c.Contraintes[i].Phrase, c.Phrase)
			}
		}
	}
}

// moindre is the least that a composition of p costs.
func moindre(t *rapid.T, p repartition.Probleme) float64 {
	best := math.Inf(1)
	toutes(p, func(places repartition.Places) bool {
		if tient(p, places) {
			b, err := repartition.Juger(p, places)
			if err != nil || len(b.Fautes) > 0 {
				t.Fatalf("%v, faults %v", err, b.Fautes)
			}
			best = min(best, b.Total())
		}
		return true
	})
	return best
}

// Juger sees a fault in each composition that does not hold, and in no other.
func TestJugerSeesEveryFault(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := petit(t)
		places := repartition.Places{}
		for _, e := range p.Eleves {
			places[e.ID] = rapid.SampledFrom(p.Classes).Draw(t, "place").ID
		}
		b, err := repartition.Juger(p, places)
		if err != nil || (len(b.Fautes) == 0) != tient(p, places) {
			t.Fatalf("%v, faults %v", err, b.Fautes)
		}
		if b.Total() < -1e-9 {
			t.Fatalf("costs %v", b.Cout)
		}
	})
}

// A school as large as they come, whose rules were drawn from a composition that holds, is always solved.
func TestSolvesWhatHasASolution(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, _ := grand(t)
		got, err := repartition.Resoudre(t.Context(), p, repartition.Options{Graine: 1, Essais: 2000})
		if err != nil || !tient(p, got.Places) || len(got.Places) != len(p.Eleves) {
			t.Fatalf("%v, %d of %d placed", err, len(got.Places), len(p.Eleves))
		}
	})
}

// grand draws a school with little room to spare, and a composition that holds in it.
func grand(t *rapid.T) (repartition.Probleme, repartition.Places) {
	niveaux := ecole.Niveaux()[4:]
	var p repartition.Probleme
	places, in := repartition.Places{}, map[uuid.UUID][]int{}
	for i := range rapid.IntRange(4, 10).Draw(t, "classes") {
		c := repartition.Classe{ID: id(fmt.Sprint("c", i)), Libelle: fmt.Sprint("C", i), Niveaux: niveaux[i%4 : i%4+rapid.IntRange(1, 2).Draw(t, "niveaux")]}
		for range rapid.IntRange(8, 20).Draw(t, "effectif") {
			n := len(p.Eleves)
			e := enfant(fmt.Sprintf("E%d %s", n, rapid.SampledFrom(c.Niveaux).Draw(t, "niveau")))
			if rapid.IntRange(0, 9).Draw(t, "fixe") == 0 {
				e.Fixe = c.ID
			}
			places[e.ID] = c.ID
			in[c.ID] = append(in[c.ID], n)
			p.Eleves = append(p.Eleves, e)
		}
		c.Max = len(in[c.ID]) + rapid.IntRange(0, 1).Draw(t, "reste")
		p.Classes = append(p.Classes, c)
	}
	for range rapid.IntRange(0, 40).Draw(t, "regles") {
		a, b := rapid.SampledFrom(p.Eleves).Draw(t, "a"), rapid.SampledFrom(p.Eleves).Draw(t, "b")
		r := repartition.Regle{Nature: repartition.Separes, Eleves: []uuid.UUID{a.ID, b.ID}}
		if places[a.ID] == places[b.ID] {
			r.Nature = repartition.Ensemble
		}
		p.Regles = append(p.Regles, r)
	}
	return p, places
}
