package repartition

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/repartition"
)

// Mesure is what one school cost, drawn several times.
type Mesure struct {
	Tirages  int           // problems that have a solution
	Pire     time.Duration // the longest proposal
	Cout     float64       // of the proposals, on the average
	Glouton  float64       // of the best greedy composition that the same time allows
	Longue   float64       // of a proposal of ten times the moves: what was left to win
	Conflits time.Duration // the longest time to name a conflict that was planted
}

// Gain is what the solver takes off the cost of the greedy composition.
func (m Mesure) Gain() float64 { return 1 - m.Cout/m.Glouton }

// Mesurer draws a school until n problems have a solution, and composes it each time with so many moves a pupil, 0 for
// those of the application.
func Mesurer(ctx context.Context, e Ecole, n, tries int) (Mesure, error) {
	var m Mesure
	for seed := uint64(0); m.Tirages < n; seed++ {
		p := e.Tirer(seed)
		if err := m.mesurer(ctx, p, tries*e.Eleves); err != nil {
			return m, fmt.Errorf("%s, seed %d: %w", e.Nom, seed, err)
		}
	}
	m.Cout, m.Glouton, m.Longue = m.Cout/float64(n), m.Glouton/float64(n), m.Longue/float64(n)
	return m, nil
}

func (m *Mesure) mesurer(ctx context.Context, p repartition.Probleme, tries int) error {
	start := time.Now()
	ours, err := repartition.Resoudre(ctx, p, repartition.Options{Graine: 1, Essais: tries})
	took := time.Since(start)
	if _, none := errors.AsType[repartition.Impossible](err); none {
		return nil
	}
	if err != nil {
		return err
	}
	same, stop := context.WithTimeout(ctx, took)
	defer stop()
	greedy, ok := repartition.Glouton(same, p, repartition.Options{Graine: 1})
	if !ok {
		return errors.New("the greedy composition placed not everybody")
	}
	long, err := repartition.Resoudre(ctx, p, repartition.Options{Graine: 2, Essais: 10 * ours.Essais})
	if err != nil {
		return err
	}
	m.Tirages++
	m.Pire = max(m.Pire, took)
	m.Cout, m.Glouton, m.Longue = m.Cout+ours.Total(), m.Glouton+greedy.Total(), m.Longue+long.Total()
	return m.contrarier(ctx, p)
}

// contrarier plants a conflict that goes through three rules, and has it named.
func (m *Mesure) contrarier(ctx context.Context, p repartition.Probleme) error {
	var free []uuid.UUID
	for _, e := range p.Eleves {
		if e.Fixe == uuid.Nil && e.Niveau == p.Eleves[0].Niveau && len(free) < 3 {
			free = append(free, e.ID)
		}
	}
	p.Regles = append(p.Regles[:len(p.Regles):len(p.Regles)],
		repartition.Regle{Nature: repartition.Ensemble, Eleves: free[:2]}, repartition.Regle{Nature: repartition.Ensemble, Eleves: free[1:]},
		repartition.Regle{Nature: repartition.Separes, Eleves: []uuid.UUID{free[0], free[2]}})
	start := time.Now()
	_, err := repartition.Resoudre(ctx, p, repartition.Options{})
	m.Conflits = max(m.Conflits, time.Since(start))
	if no, ok := errors.AsType[repartition.Impossible](err); !ok || no.Incertain || len(no.Conflits[0].Contraintes) > 3 {
		return fmt.Errorf("the conflict that was planted is not named: %v", err)
	}
	return nil
}
