package repartition

import (
	"context"
	"math/rand/v2"
)

// Glouton is what Resoudre is measured against: pupils in an order drawn at random, each where he costs least, begun
// again until ctx ends, and the best kept. False when it never placed everybody.
func Glouton(ctx context.Context, p Probleme, o Options) (Proposition, bool) {
	m, err := numeroter(&p)
	if err != nil {
		return Proposition{}, false
	}
	r := rand.New(rand.NewPCG(o.Graine, 0))
	s := m.tenir(m.contraintes())
	var best *composition
	cost, tries := 0.0, 0
	for ; ctx.Err() == nil && (o.Essais == 0 || tries < o.Essais); tries++ {
		c := s.entasser(r)
		if c == nil {
			continue
		}
		if t := c.prix(); best == nil || t < cost {
			best, cost = c, t
		}
	}
	if best == nil {
		return Proposition{}, false
	}
	return Proposition{Places: m.nommerPlaces(best.lieu), Bilan: best.bilan(), Essais: tries}, true
}

// entasser places the units one after the other; nil when one finds no class.
func (s *systeme) entasser(r *rand.Rand) *composition {
	c := s.m.composer()
	units := s.unites()
	where := make([]int, len(units))
	for u := range where {
		where[u] = libre
	}
	for _, u := range r.Perm(len(units)) {
		best, cost := libre, 0.0
		for k := range s.max {
			if !s.convient(c, units, where, u, k) {
				continue
			}
			if d := c.surcout(units[u], k); best == libre || d < cost {
				best, cost = k, d
			}
		}
		if best == libre {
			return nil
		}
		where[u] = best
		c.deplacer(units[u], best)
	}
	return c
}

// convient tells whether a class can take a unit.
func (s *systeme) convient(c *composition, units []bloc, where []int, u, k int) bool {
	if !units[u].domaine.a(k) || c.taille[k]+len(units[u].eleves) > s.max[k] {
		return false
	}
	for _, o := range units[u].loin {
		if where[o] == k {
			return false
		}
	}
	return true
}

// surcout is what a unit would cost in a class.
func (s *composition) surcout(b bloc, k int) float64 {
	before := s.pese(k) + s.poids[Souhaits]*s.souhaits
	s.deplacer(b, k)
	after := s.pese(k) + s.poids[Souhaits]*s.souhaits
	s.deplacer(b, libre)
	return after - before
}

func (s *composition) deplacer(b bloc, c int) {
	for _, e := range b.eleves {
		s.mettre(e, c)
	}
}
