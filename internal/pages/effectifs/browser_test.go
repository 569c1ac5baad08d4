package effectifs_test

import (
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/fixture/regard"
)

// The figures, each chart beside its table.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	regard.Accessibles(t, m, map[string][]string{"directeur": {"/effectifs", "/effectifs/ages", "/effectifs/evolution"}})
}
