package passages_test

import (
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/fixture/regard"
)

// The grid, a pupil and what an inspection sees.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	conteste(t, m, e.max)
	regard.Accessibles(t, m, map[string][]string{
		"directeur": {"/passages", "/passages?etat=en_recours", path(e.max), path(e.lina)},
		"ien":       {"/passages?voir=maintiens"},
		"ia":        {path(e.max), "/passages/calendrier"},
	})
}
