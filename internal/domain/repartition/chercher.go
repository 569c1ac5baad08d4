package repartition

import (
	"context"
	"math/bits"
	"math/rand/v2"
	"slices"
)

// issue is what a search ends with.
type issue int

const (
	inconnu    issue = iota // its nodes were used up
	trouve                  // a composition that holds
	impossible              // there is none: every way was tried, or shown to lead nowhere
)

// recherche looks for a composition by trial, the hardest bloc first, and goes back where nothing is left. What it
// learns of the hard blocs (those on which it failed) outlives its restarts: it soon begins with the knot itself.
type recherche struct {
	*systeme
	ctx     context.Context
	r       *rand.Rand
	lieu    []int      // class of each bloc, or libre
	domaine []ensemble // classes that are left to each bloc
	reste   []int      // room of each class
	echecs  []int      // failures of each bloc
	noeuds  int        // nodes before it gives up
}

// Nodes of the first try, and of all: a second or so for the largest school.
const (
	noeudsPremier = 200
	noeudsTous    = 30_000
)

// chercher places everybody whom the system names; by pupil, libre for the others.
func (s *systeme) chercher(ctx context.Context, r *rand.Rand) ([]int, issue) {
	if s.absurd {
		return nil, impossible
	}
	q := &recherche{systeme: s, ctx: ctx, r: r, echecs: make([]int, len(s.blocs))}
	for spent, limit := 0, noeudsPremier; spent < noeudsTous && ctx.Err() == nil; spent, limit = spent+limit, limit*2 {
		q.noeuds = limit
		q.lieu = slices.Repeat([]int{libre}, len(s.blocs))
		q.reste = slices.Clone(s.max)
		q.domaine = q.domaine[:0]
		for _, b := range s.blocs {
			q.domaine = append(q.domaine, b.domaine)
		}
		if !q.tient() {
			return nil, impossible
		}
		if end := q.descendre(); end != inconnu {
			return q.places(end), end
		}
	}
	return nil, inconnu
}

// descendre places the blocs that are left.
func (q *recherche) descendre() issue {
	b := q.choisir()
	if b == libre {
		return trouve
	}
	vides := map[string]bool{}
	for _, c := range q.r.Perm(len(q.reste)) {
		if !q.possibles(b).a(c) || q.pareille(c, vides) {
			continue
		}
		if q.noeuds--; q.noeuds < 0 || q.ctx.Err() != nil {
			return inconnu
		}
		before := slices.Clone(q.domaine)
		q.placer(b, c)
		if q.tient() {
			if end := q.descendre(); end != impossible {
				return end
			}
		}
		q.oter(b, c)
		q.domaine = before
	}
	q.echecs[b]++
	return impossible
}

// choisir takes the bloc that has fewest classes left for how often it failed; libre when all are placed.
func (q *recherche) choisir() int {
	best, cost := libre, 0.0
	for b := range q.blocs {
		if q.lieu[b] != libre {
			continue
		}
		left := float64(bits.OnesCount64(uint64(q.possibles(b)))) / float64(1+q.echecs[b])
		if best == libre || left < cost {
			best, cost = b, left
		}
	}
	return best
}

// possibles are the classes that have room for a bloc.
func (q *recherche) possibles(b int) ensemble {
	e := q.domaine[b]
	for c, room := range q.reste {
		if room < len(q.blocs[b].eleves) {
			e &^= 1 << c
		}
	}
	return e
}

// pareille tells that another class, empty like this one and of the same kind, was tried for this bloc: what failed
// there would fail here. It notes the class otherwise.
func (q *recherche) pareille(c int, tried map[string]bool) bool {
	if slices.Contains(q.lieu, c) {
		return false
	}
	kind := q.espece(c)
	was := tried[kind]
	tried[kind] = true
	return was
}

// espece tells classes apart that a bloc or a crowd does not take for one another.
func (q *recherche) espece(c int) string {
	kind := make([]byte, 0, len(q.blocs)+len(q.foules)+4)
	for _, b := range q.blocs {
		kind = append(kind, byte(b.domaine>>c&1))
	}
	for _, f := range q.foules {
		kind = append(kind, byte(f.classes>>c&1))
	}
	room := q.max[c]
	return string(append(kind, byte(room), byte(room>>8), byte(room>>16), byte(room>>24)))
}

func (q *recherche) placer(b, c int) {
	q.lieu[b] = c
	q.reste[c] -= len(q.blocs[b].eleves)
	for _, o := range q.blocs[b].loin {
		q.domaine[o] &^= 1 << c
	}
}

func (q *recherche) oter(b, c int) {
	q.lieu[b] = libre
	q.reste[c] += len(q.blocs[b].eleves)
}

// tient tells whether what is left may still find a place, as far as can be seen without trying: each bloc has a class,
// each round has as many classes as blocs, and all the pupils have room, were the blocs cut in pieces.
func (q *recherche) tient() bool {
	for b := range q.blocs {
		if q.lieu[b] == libre && q.possibles(b) == 0 {
			q.echecs[b]++
			return false
		}
	}
	for _, ronde := range q.rondes {
		if !q.ronde(ronde) {
			return false
		}
	}
	return envoyer(q.demandes(), q.reste) != nil
}

func (q *recherche) ronde(ronde []int) bool {
	var sets []ensemble
	for _, b := range ronde {
		if q.lieu[b] == libre {
			sets = append(sets, q.possibles(b))
		}
	}
	if distinctes(sets) {
		return true
	}
	for _, b := range ronde {
		q.echecs[b]++
	}
	return false
}

// demandes are the pupils who have no place yet.
func (q *recherche) demandes() []demande {
	all := make([]demande, 0, len(q.foules)+len(q.blocs))
	for _, f := range q.foules {
		all = append(all, demande{f.classes, len(f.eleves)})
	}
	for b := range q.blocs {
		if q.lieu[b] == libre {
			all = append(all, demande{q.possibles(b), len(q.blocs[b].eleves)})
		}
	}
	return all
}

// places is where everybody is when the search has found.
func (q *recherche) places(end issue) []int {
	if end != trouve {
		return nil
	}
	lieu := slices.Repeat([]int{libre}, len(q.m.fixe))
	for b, c := range q.lieu {
		for _, e := range q.blocs[b].eleves {
			lieu[e] = c
		}
	}
	for f, sent := range envoyer(q.demandes(), q.reste) {
		rest := q.foules[f].eleves
		for c, n := range sent {
			for _, e := range rest[:n] {
				lieu[e] = c
			}
			rest = rest[n:]
		}
	}
	return lieu
}
