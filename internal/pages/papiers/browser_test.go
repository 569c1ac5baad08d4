package papiers_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
	"base-eleves/internal/pages/papiers"
)

// On a telephone each document is read without scrolling sideways; those that hold a table are judged by axe.
func TestOnATelephone(t *testing.T) {
	m := fixture.New(t)
	m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	b.Carry(server.URL, m.Cookie("directeur"))
	judged := map[string]bool{"/editions/recepisses": true, "/editions/recepisses-droits": true, "/editions/feuilles-appel": true, "/editions/fiches-renseignements": true}
	for _, path := range papiers.Chemins() {
		if status := b.Open(server.URL + path + "?classe=toute"); status != 200 {
			t.Errorf("%s answers %d", path, status)
		}
		if judged[path] {
			b.Accessible()
		}
		for _, width := range []int{320, 390} {
			b.Resize(width)
			if wide := b.Overflow(); wide != "" {
				t.Errorf("%s at %d px scrolls sideways: %s", path, width, wide)
			}
		}
	}
}
