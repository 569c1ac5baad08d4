package extractions_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// The pages from which data leaves are judged by axe, before and after something is chosen.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	server := httptest.NewServer(m.App)
	defer server.Close()
	for agent, paths := range map[string][]string{
		"directeur": {"/extractions", "/extractions/apercu?groupes=identite&groupes=responsables&motif=outil&format=csv"},
		"ia":        {"/extractions/ent", "/extractions/ent?format=aaf&destinataire=ent"},
	} {
		b := browser.New(t)
		b.Carry(server.URL, m.Cookie(agent))
		for _, path := range paths {
			if status := b.Open(server.URL + path); status != 200 {
				t.Errorf("%s, %s answers %d", agent, path, status)
			}
			b.Accessible()
		}
	}
}
