package mutations_test

import (
	"context"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// Lina came in September and left in November; Noé came in September.
func monde(t *testing.T) *fixture.Monde {
	m := fixture.New(t)
	lina := m.Present("Lina")
	m.Present("Noé")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, lina.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "depart_etranger"})
	})
	return m
}

func TestMonth(t *testing.T) {
	for _, tt := range []struct {
		agent, query string
		code         int
		lina, noe    bool
		says         string
	}{
		{"mairie", "", 200, true, false, "Départ à l’étranger"},
		{"mairie", "?mois=2026-09", 200, true, true, "Arrivée"},
		{"mairie", "?mois=2026-09&sens=sortie", 200, false, false, "Aucune arrivée ni aucun départ"},
		{"mairie", "?mois=2026-10", 200, false, false, "Aucune arrivée ni aucun départ en octobre"},
		{"mairie", "?mois=n’importe", 200, true, false, "Départ"},
		{"directeur", "", 200, true, false, "Départ"},
		{"directeur du même", "", 200, false, false, "Aucune arrivée"},
		{"mairie voisine", "", 200, false, false, "Aucune arrivée"},
		{"ien", "", 403, false, false, ""},
	} {
		t.Run(tt.agent+tt.query, func(t *testing.T) {
			m := monde(t)
			got := m.Get(tt.agent, "/mutations"+tt.query)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.says) || strings.Contains(got.Body, "ABADIE Lina") != tt.lina || strings.Contains(got.Body, "ABADIE Noé") != tt.noe {
				t.Errorf("got %d\n%s", got.Code, got.Body)
			}
		})
	}
}

func TestExports(t *testing.T) {
	m := monde(t)
	for format, begins := range map[string]string{"csv": "\ufeffLe;", "pdf": "%PDF", "xlsx": "PK"} {
		if got := m.Get("mairie", "/mutations."+format); got.Code != 200 || !strings.HasPrefix(got.Body, begins) {
			t.Errorf("%s: %d, %.40q", format, got.Code, got.Body)
		}
	}
}
