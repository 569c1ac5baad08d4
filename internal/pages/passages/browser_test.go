package passages_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
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

// On a phone all that one chooses for a pupil is in sight.
func TestChoisirSurUnTelephone(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	b.Carry(server.URL, m.Cookie("directeur"))
	b.Resize(360)
	b.Open(server.URL + "/passages")
	var seen, hidden int
	b.Eval(`document.querySelectorAll("main td :is(select, [type=checkbox])").length`, &seen)
	b.Eval(`[...document.querySelectorAll("main td :is(select, [type=checkbox])")].filter((e) => {
		const r = e.getBoundingClientRect();
		return r.left < 0 || r.right > document.documentElement.clientWidth;
	}).length`, &hidden)
	if seen == 0 || hidden > 0 {
		t.Errorf("%d of %d choices are out of sight", hidden, seen)
	}
}
