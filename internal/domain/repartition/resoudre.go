package repartition

import (
	"context"
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
	places, ok := m.ranger()
	if !ok {
		return Proposition{}, Impossible{Incertain: true, Conflits: []Conflit{{Phrase: "Aucune répartition n’a été trouvée qui respecte toutes les règles."}}}
	}
	return Proposition{Places: places, Bilan: m.juger(places)}, nil
}

// Juger says what a composition is worth, made by hand or by Resoudre. Pupils may be missing from it.
func Juger(p Probleme, places Places) (Bilan, error) {
	m, err := numeroter(&p)
	if err != nil {
		return Bilan{}, err
	}
	return m.juger(places), nil
}
