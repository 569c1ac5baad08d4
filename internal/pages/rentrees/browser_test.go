package rentrees_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/fixture/regard"
)

// What each pupil will be, and what was prepared.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	m.Post("directeur", "/rentree", url.Values{})
	regard.Accessibles(t, m, map[string][]string{"directeur": {"/rentree", "/rentree?sort=quitte"}})
}
