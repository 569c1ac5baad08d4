package liberations_test

import (
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/fixture/regard"
)

// A request as both schools read it, before and after the answer of the one.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	_, la := arrive(m)
	ask := "/liberations/nouvelle?inscription=" + la.Inscription.String()
	path := demander(m, la)
	regard.Accessibles(t, m, map[string][]string{
		"directeur":        {"/liberations", path},
		"directeur voisin": {ask, path},
	})
}
