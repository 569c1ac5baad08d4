package transferts_test

import (
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/fixture/regard"
)

// A cohort to choose, and a transfer as the school that receives reads it.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	path := proposer(m, fixture.Meme, quittant(m, "Lina"))
	quittant(m, "Max")
	regard.Accessibles(t, m, map[string][]string{"directeur": {"/transferts/nouveau"}, "directeur du même": {"/transferts", path}})
}
