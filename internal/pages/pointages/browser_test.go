package pointages_test

import (
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/fixture/regard"
)

// The list at the gate and a pupil.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	regard.Accessibles(t, m, map[string][]string{"directeur": {"/pointage", path(e.lina.Scolarite)}})
}
