package familles_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// The screens that make one record of two, at the three widths, light and dark.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	server := httptest.NewServer(m.App)
	defer server.Close()
	lina, _, garde, autre := deux(m)
	b := browser.New(t)
	b.Carry(server.URL, m.Cookie("directeur"))
	for path, title := range map[string]string{
		reunir(lina, garde):               "Ces deux fiches",
		reunir(lina, garde) + "/" + autre: "Réunir deux fiches",
	} {
		if status := b.Open(server.URL + path); status != 200 || !strings.HasPrefix(b.Title(), title) {
			t.Fatalf("%s answers %d, %s", path, status, b.Title())
		}
		b.Accessible()
	}
}
