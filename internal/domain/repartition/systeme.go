package repartition

import (
	"maps"
	"slices"
)

// cle is one constraint of a model: a rule, a pupil placed by hand, the maximum of a class, or all the pupils of a level.
type cle struct {
	motif Motif
	n     int
}

// contraintes are all that must hold.
func (m *modele) contraintes() []cle {
	var all []cle
	for n := range m.niveaux {
		all = append(all, cle{ParEffectif, n})
	}
	for c, limit := range m.max {
		if limit < sansMaximum {
			all = append(all, cle{ParMaximum, c})
		}
	}
	for r, members := range m.regles {
		if !m.p.Regles[r].Souple && len(members) > 1 {
			all = append(all, cle{ParRegle, r})
		}
	}
	for e, c := range m.fixe {
		if c != libre {
			all = append(all, cle{ParPlace, e})
		}
	}
	return all
}

// bloc is pupils who go together, or one whom a rule sets apart from others.
type bloc struct {
	eleves  []int
	domaine ensemble
	loin    []int // blocs that cannot be in the same class
}

// foule is pupils of whom nothing is asked but the same classes.
type foule struct {
	eleves  []int
	classes ensemble
}

// systeme is what some of the constraints ask: the rest is as if it did not exist. A pupil whom no constraint names,
// neither his rule nor his level, need not be placed.
type systeme struct {
	m      *modele
	blocs  []bloc
	foules []foule
	rondes [][]int // blocs that are all apart from one another
	max    []int
	absurd bool // a rule keeps apart two whom another keeps together
}

// tenir builds the system of the constraints given.
func (m *modele) tenir(held []cle) *systeme {
	s := &systeme{m: m, max: slices.Repeat([]int{sansMaximum}, len(m.max))}
	b := newUnions(len(m.fixe))
	named, domaine := make([]bool, len(m.fixe)), slices.Clone(m.admis)
	for _, k := range held {
		switch k.motif {
		case ParMaximum:
			s.max[k.n] = m.max[k.n]
		case ParPlace:
			named[k.n] = true
			domaine[k.n] &= 1 << m.fixe[k.n]
		case ParRegle:
			m.nommer(k.n, named, b)
		}
	}
	for _, k := range held {
		if k.motif == ParEffectif {
			for e, n := range m.niveau {
				named[e] = named[e] || n == k.n
			}
		}
	}
	s.grouper(held, b, named, domaine)
	return s
}

// nommer notes the pupils of a rule, and unites them when it keeps them together.
func (m *modele) nommer(r int, named []bool, b unions) {
	for _, e := range m.regles[r] {
		named[e] = true
		if m.p.Regles[r].Nature == Ensemble {
			b.unir(e, m.regles[r][0])
		}
	}
}

// grouper makes blocs of the pupils who go together or apart, crowds of the others.
func (s *systeme) grouper(held []cle, b unions, named []bool, domaine []ensemble) {
	apart := make([]bool, len(named))
	for _, k := range held {
		if k.motif == ParRegle && s.m.p.Regles[k.n].Nature == Separes {
			for _, e := range s.m.regles[k.n] {
				apart[b.racine(e)] = true
			}
		}
	}
	members, crowds := map[int][]int{}, map[ensemble][]int{}
	for e := range named {
		if named[e] {
			members[b.racine(e)] = append(members[b.racine(e)], e)
		}
	}
	numero := map[int]int{}
	for _, root := range slices.Sorted(maps.Keys(members)) {
		all := ^ensemble(0)
		for _, e := range members[root] {
			all &= domaine[e]
		}
		if len(members[root]) == 1 && !apart[root] {
			crowds[all] = append(crowds[all], root)
			continue
		}
		numero[root] = len(s.blocs)
		s.blocs = append(s.blocs, bloc{eleves: members[root], domaine: all})
	}
	for _, classes := range slices.Sorted(maps.Keys(crowds)) {
		s.foules = append(s.foules, foule{crowds[classes], classes})
	}
	s.separer(held, func(e int) int { return numero[b.racine(e)] })
}

// separer notes which blocs must not meet.
func (s *systeme) separer(held []cle, bloc func(int) int) {
	for _, k := range held {
		if k.motif != ParRegle || s.m.p.Regles[k.n].Nature != Separes {
			continue
		}
		var ronde []int
		for _, e := range s.m.regles[k.n] {
			ronde = append(ronde, bloc(e))
		}
		slices.Sort(ronde)
		if len(slices.Compact(slices.Clone(ronde))) < len(ronde) {
			s.absurd = true
			return
		}
		s.eloigner(ronde)
	}
	s.completer()
}

func (s *systeme) eloigner(ronde []int) {
	for _, a := range ronde {
		for _, b := range ronde {
			if a != b && !slices.Contains(s.blocs[a].loin, b) {
				s.blocs[a].loin = append(s.blocs[a].loin, b)
			}
		}
	}
}

// completer finds rounds of blocs that are all apart from one another, each as wide as can be: there must be as many
// classes as blocs in a round, which no pair of them shows.
func (s *systeme) completer() {
	for a := range s.blocs {
		for _, b := range s.blocs[a].loin {
			if b < a || slices.ContainsFunc(s.rondes, func(r []int) bool { return slices.Contains(r, a) && slices.Contains(r, b) }) {
				continue
			}
			ronde := []int{a, b}
			for c := range s.blocs {
				if !slices.ContainsFunc(ronde, func(d int) bool { return !slices.Contains(s.blocs[c].loin, d) }) {
					ronde = append(ronde, c)
				}
			}
			s.rondes = append(s.rondes, ronde)
		}
	}
}

// unites are the blocs, then everybody else by himself.
func (s *systeme) unites() []bloc {
	all := slices.Clone(s.blocs)
	for _, f := range s.foules {
		for _, e := range f.eleves {
			all = append(all, bloc{eleves: []int{e}, domaine: f.classes})
		}
	}
	return all
}

// unions keeps sets that only ever merge.
type unions []int

func newUnions(n int) unions {
	u := make(unions, n)
	for i := range u {
		u[i] = i
	}
	return u
}

func (u unions) racine(i int) int {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u unions) unir(a, b int) { u[u.racine(a)] = u.racine(b) }
