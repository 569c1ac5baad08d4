package repartition

import (
	"context"
	"math/rand/v2"
	"slices"
)

// enquete looks for what cannot hold together.
type enquete struct {
	*modele
	ctx context.Context
}

// maxConflits is how many conflicts are told at once: more is no help.
const maxConflits = 5

// conflits names sets of constraints that cannot hold together, each as small as can be and without a constraint in
// common; none when it proved nothing.
func (q enquete) conflits() []Conflit {
	var found []Conflit
	for left := q.contraintes(); len(found) < maxConflits; {
		core := q.noyau(left)
		if core == nil {
			break
		}
		found = append(found, q.conflit(core))
		left = slices.DeleteFunc(left, func(k cle) bool { return slices.Contains(core, k) })
	}
	return found
}

// noyau is a minimal set of those constraints that cannot hold together. The plainest reasons are looked for first: too
// many pupils, then rules that contradict one another, then rules and pupils placed by hand.
func (q enquete) noyau(all []cle) []cle {
	for _, kinds := range [][]Motif{
		{ParEffectif, ParMaximum},
		{ParRegle},
		{ParRegle, ParPlace},
		{ParPlace, ParMaximum},
		{ParRegle, ParMaximum},
		{ParEffectif, ParMaximum, ParPlace},
		{ParEffectif, ParMaximum, ParPlace, ParRegle},
	} {
		some := slices.DeleteFunc(slices.Clone(all), func(k cle) bool { return !slices.Contains(kinds, k.motif) })
		if q.refutes(some) {
			return q.reduire(nil, some)
		}
	}
	return nil
}

// reduire keeps of some what is needed, beside held, for a contradiction: halves are dropped where the rest is enough
// (Junker's QuickXplain). Beside held, some is a contradiction.
func (q enquete) reduire(held, some []cle) []cle {
	if q.refutes(held) {
		return nil
	}
	if len(some) == 1 {
		return some
	}
	a, b := some[:len(some)/2], some[len(some)/2:]
	kept := q.reduire(join(held, a), b)
	return join(q.reduire(join(held, kept), a), kept)
}

func join(a, b []cle) []cle { return append(slices.Clone(a), b...) }

// refutes tells that constraints were proved not to hold together.
func (q enquete) refutes(held []cle) bool {
	_, end := q.tenir(held).chercher(q.ctx, rand.New(rand.NewPCG(1, 1)))
	return end == impossible
}

// ecartees are the rules that the search could not hold beside the others, in the order in which they were given: what
// is told when nothing was found and nothing proved.
func (q enquete) ecartees() Conflit {
	var held, dropped []cle
	for _, k := range q.contraintes() {
		if _, end := q.tenir(append(held, k)).chercher(q.ctx, rand.New(rand.NewPCG(1, 1))); end == trouve {
			held = append(held, k)
		} else {
			dropped = append(dropped, k)
		}
	}
	return q.conflit(dropped)
}
