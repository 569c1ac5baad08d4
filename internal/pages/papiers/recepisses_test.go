package papiers_test

import (
	"context"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// A family that leaves receives its papers, and a receipt of them; one that asks for its data is told by when.
func TestRecepisses(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	about := "?eleve=" + e.ID.String()
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement", DestinationUAI: fixture.Voisine})
	})
	for path, words := range map[string][]string{
		"/editions/recepisses" + about:                                {"L’école a reçu, pour Lina Abadie", "Attestation d’assurance scolaire"},
		"/editions/recepisses" + about + "&sens=remises":              {"J’ai reçu de l’école, pour Lina Abadie", "Livret scolaire"},
		"/editions/recepisses-droits" + about:                         {"Accès aux données", "20\u00a0novembre\u00a02026", "20\u00a0décembre\u00a02026"},
		"/editions/recepisses-droits" + about + "&demande=opposition": {"Opposition", "20\u00a0décembre\u00a02026"},
	} {
		got := m.Get("directeur", path)
		for _, w := range words {
			if !strings.Contains(strings.ToLower(got.Body), strings.ToLower(w)) {
				t.Errorf("%s does not say %q", path, w)
			}
		}
	}
	if got := m.Get("directeur", "/editions/recepisses?classe=toute"); len(sheets(got.Body)) != 0 {
		t.Error("who has left is in the papers of the whole school")
	}
	if got := m.Get("directeur", "/editions/fiches-urgence"+about); len(sheets(got.Body)) != 0 {
		t.Error("who has left has a fiche d’urgence")
	}
}
