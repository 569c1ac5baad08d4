package rattachements_test

import (
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/fixture/regard"
)

// The children taught elsewhere, the form that opens the file of one, and his period.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	got := m.Post("ia", "/rattachements/enfant", enfant())
	regard.Accessibles(t, m, map[string][]string{"ia": {"/rattachements", "/rattachements/enfant", got.Header.Get("Location")}})
}
