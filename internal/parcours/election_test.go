package parcours_test

import (
	"testing"

	"base-eleves/internal/browser"
)

// The pages of an election under way, judged by axe from its calendar to the form of its results.
func TestElectionAccessible(t *testing.T) {
	d := start(t)
	b := browser.New(t)
	h := histoire{d, t, func() visiteur { return chromium{b, t, d.url} }}
	v := h.connecter("direction-jean-jaures")
	h.ouvre(v.Open("/elections"), v)
	h.lit(v, "Calendrier", "Électeurs")
	for _, step := range []string{"Modifier les dates", "Élection des parents 2026-2027", "Liste électorale", "Demandes", "Résultats", "Candidats", "Déposer une liste"} {
		h.ouvre(v.Follow(step), v)
	}
	h.lit(v, "Numéros des candidats")
}
