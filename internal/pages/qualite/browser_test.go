package qualite_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// The lists of what is to repair, with nothing and with much in them, for each who reads them; and the settings of the IA.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	judge := func(agent string, paths ...string) {
		t.Helper()
		visit := b.Apart()
		visit.Carry(server.URL, m.Cookie(agent))
		for _, path := range paths {
			if status := visit.Open(server.URL + path); status != 200 {
				t.Fatalf("%s: %s answers %d", agent, path, status)
			}
			visit.Accessible()
		}
	}
	judge("directeur", "/qualite", "/qualite/telephone")
	busy(m)
	judge("directeur", "/qualite", "/qualite/telephone", "/qualite/dossiers-en-double", "/qualite/classes-sans-enseignant")
	judge("mairie", "/qualite", "/qualite/fiches-sans-telephone")
	judge("ia", "/qualite", "/qualite/ine?ecole=0659001F", "/communes/reglages", "/communes/reglages/"+fixture.Tarbes)
}
