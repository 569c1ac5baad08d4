package repartition

import (
	"context"
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// recuit betters a composition by simulated annealing: pupils are moved or exchanged at random, what costs less is kept
// and what costs more is sometimes, ever less often. It never leaves the compositions in which every rule holds.
type recuit struct {
	*composition
	r       *rand.Rand
	unites  []bloc     // those who move together
	ou      []int      // class of each unit
	membres [][]int    // units of each class
	rang    []int      // place of each unit in its class
	mobiles []int      // units that have more than one class
	prix    []float64  // of each class
	pas     []pas      // the move that is being tried
	ancien  []ancienne // prices before it
}

// pas takes a unit from one class.
type pas struct{ unite, de int }

type ancienne struct {
	classe int
	prix   float64
}

// chaine is how many units move at most in one try: one pupil drives another out, who goes where the first was, or
// drives out a third. Six is a bloc of three exchanged for three.
const chaine = 6

// froid is the temperature at which the least difference counts.
const froid = 0.05

// ameliorer tries so many moves; it returns the best that it met, and how many moves were tried before
// ctx ended.
func (s *systeme) ameliorer(ctx context.Context, lieu []int, tries int, r *rand.Rand) ([]int, int) {
	q := s.preparer(lieu, r)
	if len(q.mobiles) == 0 {
		return lieu, tries
	}
	best, least, cost := slices.Clone(q.lieu), 0.0, 0.0
	hot := q.chaleur()
	cooling := math.Pow(froid/hot, 1/float64(tries))
	for t, i := hot, 0; i < tries; i, t = i+1, t*cooling {
		if i%1024 == 0 && ctx.Err() != nil {
			return best, i
		}
		delta, ok := q.essayer()
		if !ok || delta > 0 && r.Float64() >= math.Exp(-delta/t) {
			q.defaire()
			continue
		}
		if cost += delta; cost < least-presque {
			least = cost
			copy(best, q.lieu)
		}
	}
	return best, tries
}

// preparer sets the units in their classes.
func (s *systeme) preparer(lieu []int, r *rand.Rand) *recuit {
	q := &recuit{composition: s.m.asseoir(lieu), r: r, unites: s.unites(), membres: make([][]int, len(s.max))}
	q.rang = make([]int, len(q.unites))
	for u, b := range q.unites {
		q.ou = append(q.ou, libre)
		q.loger(u, lieu[b.eleves[0]])
		if bits.OnesCount64(uint64(b.domaine)) > 1 {
			q.mobiles = append(q.mobiles, u)
		}
	}
	for c := range s.max {
		q.prix = append(q.prix, q.pese(c))
	}
	return q
}

// loger notes the class of a unit.
func (q *recuit) loger(u, c int) {
	if old := q.ou[u]; old != libre {
		list := q.membres[old]
		last := list[len(list)-1]
		list[q.rang[u]], q.rang[last] = last, q.rang[u]
		q.membres[old] = list[:len(list)-1]
	}
	q.ou[u], q.rang[u] = c, len(q.membres[c])
	q.membres[c] = append(q.membres[c], u)
}

// chaleur is a temperature at which most moves are taken: what they cost on the average.
func (q *recuit) chaleur() float64 {
	sum, n := 0.0, 0
	for range 200 {
		if delta, ok := q.essayer(); ok && delta > 0 {
			sum += delta
			n++
		}
		q.defaire()
	}
	if n == 0 {
		return 1
	}
	return max(sum/float64(n), 2*froid)
}

// essayer makes a move drawn at random and returns what it changes; false when it breaks a rule.
func (q *recuit) essayer() (float64, bool) {
	q.pas, q.ancien = q.pas[:0], q.ancien[:0]
	wishes := q.souhaits
	u := q.mobiles[q.r.IntN(len(q.mobiles))]
	start, touched := q.ou[u], ensemble(0)
	for range chaine {
		to := q.destination(u, start)
		if to == libre {
			return 0, false
		}
		touched |= 1<<to | 1<<q.ou[u]
		q.bouger(u, to)
		if u = q.chasser(u, to); u == libre {
			break
		}
	}
	if u != libre || q.enfreint(touched) {
		return 0, false
	}
	return q.tarifer(touched) + q.poids[Souhaits]*(q.souhaits-wishes), true
}

// destination draws a class for a unit: often that which the first unit left, which closes an exchange.
func (q *recuit) destination(u, start int) int {
	open := q.unites[u].domaine &^ (1 << q.ou[u])
	if len(q.pas) > 0 && open.a(start) && q.r.IntN(4) > 0 {
		return start
	}
	n := bits.OnesCount64(uint64(open))
	if n == 0 {
		return libre
	}
	for range q.r.IntN(n) {
		open &= open - 1
	}
	return bits.TrailingZeros64(uint64(open))
}

// chasser draws the unit that must leave a class where another has come: one that it must be apart from, anybody when
// there are too many, and sometimes anybody for no reason; libre when nobody leaves.
func (q *recuit) chasser(u, c int) int {
	for _, o := range q.unites[u].loin {
		if q.ou[o] == c {
			return o
		}
	}
	others, room := len(q.membres[c])-1, q.taille[c] <= q.max[c]
	if others == 0 || room && q.r.IntN(8) > 5-len(q.pas) {
		return libre
	}
	return q.membres[c][q.r.IntN(others)] // u came last
}

// enfreint tells whether the move breaks a rule: a class may have taken more than it gave, or two enemies.
func (q *recuit) enfreint(touched ensemble) bool {
	for ; touched != 0; touched &= touched - 1 {
		if c := bits.TrailingZeros64(uint64(touched)); q.taille[c] > q.max[c] {
			return true
		}
	}
	return slices.ContainsFunc(q.pas, func(p pas) bool {
		return slices.ContainsFunc(q.unites[p.unite].loin, func(o int) bool { return q.ou[o] == q.ou[p.unite] })
	})
}

func (q *recuit) bouger(u, c int) {
	q.pas = append(q.pas, pas{u, q.ou[u]})
	q.deplacer(q.unites[u], c)
	q.loger(u, c)
}

// tarifer prices the classes that changed, and returns what they cost more than before.
func (q *recuit) tarifer(touched ensemble) float64 {
	delta := 0.0
	for ; touched != 0; touched &= touched - 1 {
		c := bits.TrailingZeros64(uint64(touched))
		q.ancien = append(q.ancien, ancienne{c, q.prix[c]})
		delta -= q.prix[c]
		q.prix[c] = q.pese(c)
		delta += q.prix[c]
	}
	return delta
}

// defaire takes the last move back.
func (q *recuit) defaire() {
	for _, p := range slices.Backward(q.pas) {
		q.deplacer(q.unites[p.unite], p.de)
		q.loger(p.unite, p.de)
	}
	for _, a := range q.ancien {
		q.prix[a.classe] = a.prix
	}
	q.pas, q.ancien = q.pas[:0], q.ancien[:0]
}
