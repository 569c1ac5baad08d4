package pointages_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// The list at the gate and a pupil, at the three widths, light and dark.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	b.Carry(server.URL, m.Cookie("directeur"))
	for _, page := range []string{"/pointage", path(e.lina.Scolarite)} {
		if status := b.Open(server.URL + page); status != 200 {
			t.Fatalf("%s answers %d", page, status)
		}
		b.Accessible()
	}
}
