package main

import (
	"context"
	"fmt"
	"time"

	"base-eleves/internal/bench/doublons"
	"base-eleves/internal/territoire"
)

// What the check of design.md §8 is to reach, among how many pupils and for how many typed again.
const (
	inscrits   = 100_000
	ressaisis  = 5000
	minRappel  = 0.98
	maxAlertes = 0.02
	maxCheck   = 50 * time.Millisecond
)

// doublons prints how children typed again are known, and at what price, in bases of a hundred thousand pupils at least.
func (b bench) doublons(ctx context.Context, _ *decoder) error {
	var large []*world
	for _, w := range b.worlds {
		if w.pupils >= inscrits {
			large = append(large, w)
		}
	}
	if len(large) == 0 {
		w, err := b.openBase(ctx, inscrits)
		if err != nil {
			return err
		}
		defer w.close()
		large = append(large, w)
	}
	for _, w := range large {
		db, _, err := territoire.Connecter(ctx, w.url)
		if err != nil {
			return err
		}
		defer db.Fermer()
		agent, err := doublons.Directeur(ctx, w.owner, w.now)
		if err != nil {
			return err
		}
		r, err := (&doublons.Epreuve{DB: db, Owner: w.owner, Agent: agent}).Mesurer(ctx, ressaisis)
		if err != nil {
			return err
		}
		fmt.Fprintf(b.out, "%d pupils, %d typed again: among the first three %.2f %% (at least %.0f %%): %s\n",
			w.pupils, r.Saisies, 100*r.Rappel(), 100*minRappel, mark(r.Rappel() >= minRappel))
		fmt.Fprintf(b.out, "%d new ones: taken for another %.2f %% (at most %.0f %%): %s\n",
			r.Nouveaux, 100*r.FaussesAlertes(), 100*maxAlertes, mark(r.FaussesAlertes() <= maxAlertes))
		fmt.Fprintf(b.out, "check: p95 %.1f ms (at most %d ms): %s\n",
			float64(r.P95().Microseconds())/1000, maxCheck.Milliseconds(), mark(r.P95() <= maxCheck))
		fmt.Fprintf(b.out, "missed, by mistake: %v of %v\n", r.Manques, r.Fautes)
	}
	return nil
}
