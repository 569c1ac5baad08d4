package repartition

import (
	"cmp"
	"context"
	"math/rand/v2"
	"slices"
)

// Options are how a proposal is looked for.
type Options struct {
	Graine uint64 // the same problem with the same seed has the same proposal, unless its time is cut short
	Essais int    // moves to try, 0 for what the size of the school asks for
}

// Resoudre proposes a composition that places everybody, leaves those who were placed by hand and holds every rule; or
// it returns Impossible, which names what cannot hold together. When ctx ends it returns the best so far.
func Resoudre(ctx context.Context, p Probleme, o Options) (Proposition, error) {
	m, err := numeroter(&p)
	if err != nil {
		return Proposition{}, err
	}
	o.Essais = cmp.Or(o.Essais, essaisParEleve*len(p.Eleves))
	best, tried, err := m.proposer(ctx, o)
	if err != nil {
		return Proposition{}, err
	}
	return Proposition{Places: m.nommerPlaces(best.lieu), Bilan: best.bilan(), Essais: tried, Interrompu: tried < o.Essais}, nil
}

// proposer betters compositions found from several starts, and keeps the best.
func (m *modele) proposer(ctx context.Context, o Options) (*composition, int, error) {
	r := rand.New(rand.NewPCG(o.Graine, uint64(len(m.fixe))))
	s := m.tenir(m.contraintes())
	var best *composition
	least, tried := 0.0, 0
	for start := range departs {
		if best != nil && ctx.Err() != nil {
			break
		}
		lieu, end := s.chercher(ctx, r)
		if end != trouve && best == nil {
			return nil, 0, m.refuser(ctx)
		}
		lieu, n := s.ameliorer(ctx, lieu, o.Essais*(start+1)/departs-o.Essais*start/departs, r)
		tried += n
		if c := m.asseoir(lieu); best == nil || c.prix() < least {
			best, least = c, c.prix()
		}
	}
	return best, tried, nil
}

// asseoir makes a composition of the class of each pupil.
func (m *modele) asseoir(lieu []int) *composition {
	s := m.composer()
	for e, c := range lieu {
		s.mettre(e, c)
	}
	return s
}

// departs is how many starts share the moves: rules may leave islands that no move links.
const departs = 2

// essaisParEleve makes a proposal for 300 pupils in a second.
const essaisParEleve = 2000

// refuser says why nothing was found.
func (m *modele) refuser(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	q := enquete{m, ctx}
	if found := q.conflits(); len(found) > 0 {
		return Impossible{Conflits: found}
	}
	return Impossible{Conflits: []Conflit{q.ecartees()}, Incertain: true}
}

func (m *modele) nommerPlaces(lieu []int) Places {
	places := make(Places, len(lieu))
	for e, c := range lieu {
		places[m.p.Eleves[e].ID] = m.p.Classes[c].ID
	}
	return places
}

// Juger says what a composition is worth, made by hand or by Resoudre. Pupils may be missing from it.
func Juger(p Probleme, places Places) (Bilan, error) {
	m, err := numeroter(&p)
	if err != nil {
		return Bilan{}, err
	}
	return m.juger(places), nil
}

func (m *modele) juger(places Places) Bilan {
	lieu := slices.Repeat([]int{libre}, len(m.fixe))
	for e, pupil := range m.p.Eleves {
		if c, known := m.classe[places[pupil.ID]]; known {
			lieu[e] = c
		}
	}
	return m.asseoir(lieu).bilan()
}

// fautes are the constraints that a composition breaks. A pupil who is not placed breaks none.
func (s *composition) fautes() []Contrainte {
	var broken []Contrainte
	for _, k := range s.contraintes() {
		if !s.respecte(k) {
			broken = append(broken, s.contrainte(k))
		}
	}
	return broken
}

func (s *composition) respecte(k cle) bool {
	switch k.motif {
	case ParMaximum:
		return s.taille[k.n] <= s.max[k.n]
	case ParPlace:
		return s.lieu[k.n] == s.fixe[k.n]
	case ParEffectif:
		for e, c := range s.lieu {
			if s.niveau[e] == k.n && c != libre && !s.admis[e].a(c) {
				return false
			}
		}
		return true
	}
	return s.respecteRegle(k.n)
}

func (s *composition) respecteRegle(r int) bool {
	held := true
	paires(s.regles[r], func(a, b int) {
		if s.lieu[a] != libre && s.lieu[b] != libre && (s.lieu[a] == s.lieu[b]) != (s.p.Regles[r].Nature == Ensemble) {
			held = false
		}
	})
	return held
}
