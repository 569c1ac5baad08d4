package ecoles_test

import (
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/fixture/regard"
)

// A merger announced, with every pupil that it moves, and the list of decisions.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	regard.Accessibles(t, m, map[string][]string{"ia": {fusion(m), "/ecoles/decisions", "/ecoles/" + fixture.Voisine + "/scission"}})
}
