package main

import (
	"context"
	"fmt"
	"time"

	"base-eleves/internal/bench/repartition"
)

// Floors of issue 4 and of peers.md §4.8.
const (
	maxProposition = 5 * time.Second
	minGain        = 0.30
	tirages        = 5
)

// repartition prints what a proposal of classes is worth. Costs are those of the solver: 0 is a school where every class
// is the picture of its levels. Only the first school has enough choice for the floor.
func (b bench) repartition(ctx context.Context, _ *decoder) error {
	for i, e := range repartition.Ecoles() {
		m, err := repartition.Mesurer(ctx, e, tirages, 0)
		if err != nil {
			return err
		}
		fmt.Fprintf(b.out, "%-41s proposed in %.2f s (at most %s: %s), costs %.0f; greedy in the same time %.0f, %.0f %% less", e.Nom, m.Pire.Seconds(),
			maxProposition, mark(m.Pire <= maxProposition), m.Cout, m.Glouton, 100*m.Gain())
		if i == 0 {
			fmt.Fprintf(b.out, " (at least %.0f %%: %s)", 100*minGain, mark(m.Gain() >= minGain))
		}
		fmt.Fprintf(b.out, "; ten times the moves %.0f; conflict of three rules named in %.0f ms\n", m.Longue, m.Conflits.Seconds()*1000)
	}
	return nil
}
