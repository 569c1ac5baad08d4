package passages_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// The grid, a pupil and what an inspection sees, at the three widths, light and dark.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	conteste(t, m, e.max)
	server := httptest.NewServer(m.App)
	defer server.Close()
	window := browser.New(t)
	for agent, pages := range map[string][]string{
		"directeur": {"/passages", "/passages?etat=en_recours", path(e.max), path(e.lina)},
		"ien":       {"/passages?voir=maintiens"},
		"ia":        {path(e.max), "/passages/calendrier"},
	} {
		b := window.Apart()
		b.Carry(server.URL, m.Cookie(agent))
		for _, page := range pages {
			if status := b.Open(server.URL + page); status != 200 {
				t.Fatalf("%s %s answers %d", agent, page, status)
			}
			b.Accessible()
		}
	}
}
