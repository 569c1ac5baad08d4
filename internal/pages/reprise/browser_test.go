package reprise_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// Each screen of a take-over, empty, refused and full, at the three widths, light and dark.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	b.Carry(server.URL, m.Cookie("directeur"))
	judge := func(path, title string) {
		t.Helper()
		if status := b.Open(server.URL + path); status != 200 || !strings.HasPrefix(b.Title(), title) {
			t.Fatalf("%s answers %d, %s", path, status, b.Title())
		}
		b.Accessible()
	}
	m.Present("Maëlle")
	judge("/reprise", "Reprise et échanges")
	path := deposer(t, m, titres+maelle+hugo+faux)
	judge(path, "Colonnes du fichier")
	choisir(t, m, path, nil)
	judge(path+"/apercu", "Aperçu de la reprise")
	operation := reprendre2(t, m, path, nil)
	judge(operation, "Reprise appliquée")
	judge("/reprise", "Reprise et échanges")
	judge("/reprise/exports", "Exporter au format ONDE")
	judge(deposer(t, m, responsables), "Colonnes du fichier")
	m.Post("directeur", operation+"/annuler", url.Values{"version": {"1"}})
	judge(operation, "Reprise appliquée")
}
