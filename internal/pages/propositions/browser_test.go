package propositions_test

import (
	"net/http/httptest"
	"testing"

	"base-eleves/internal/browser"
	"base-eleves/internal/fixture"
)

// Each screen of a correction, on both sides, before and after the answer, at the three widths, light and dark.
func TestAccessible(t *testing.T) {
	m := fixture.New(t)
	server := httptest.NewServer(m.App)
	defer server.Close()
	b := browser.New(t)
	as := func(agent string) func(paths ...string) {
		visit := b.Apart()
		visit.Carry(server.URL, m.Cookie(agent))
		return func(paths ...string) {
			t.Helper()
			for _, path := range paths {
				if status := visit.Open(server.URL + path); status != 200 {
					t.Fatalf("%s: %s answers %d", agent, path, status)
				}
				visit.Accessible()
			}
		}
	}
	mairie, directeur := as("mairie"), as("directeur")
	lina := m.Present("Lina")
	mairie("/propositions", proposer(lina, ""), proposer(lina, "/identite"), proposer(lina, "/adresse"), proposer(lina, chez(m, lina)))
	directeur("/propositions")
	lot := propose(t, m, proposer(lina, "/identite"), identite("nom_famille", "Abadie-Roux", "prenom2", "Rose"))
	mairie(lot, "/propositions", proposer(lina, ""))
	directeur(lot, "/propositions")
	if got := decide(m, lot, map[string]string{"nom_famille": "accepter", "prenom2": "verifie_exact"}); got.Code != 303 {
		t.Fatalf("deciding answers %d", got.Code)
	}
	mairie(lot, "/propositions")
	directeur(lot)
}
