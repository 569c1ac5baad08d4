package repartition_test

import (
	"testing"

	"base-eleves/internal/bench/repartition"
)

// The figure of peers.md §4, on few moves: a third less than the best greedy composition of the same time, in the school
// of a town. The smaller ones have hardly any choice, and must only not be worse.
func TestMesurer(t *testing.T) {
	for i, e := range repartition.Ecoles() {
		m, err := repartition.Mesurer(t.Context(), e, 2, 200)
		if err != nil {
			t.Fatal(err)
		}
		floor := 0.30
		if i > 0 {
			floor = 0
		}
		if m.Tirages != 2 || m.Gain() < floor || m.Longue > m.Glouton {
			t.Errorf("%s: %+v, gain %.2f", e.Nom, m, m.Gain())
		}
	}
}
