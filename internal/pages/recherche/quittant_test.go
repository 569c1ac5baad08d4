package recherche_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// T13: other schools see that a pupil leaves his own, once it is decided, or once his departure is announced. The control:
// before that they see that he is there.
func TestQuittant(t *testing.T) {
	m := fixture.New(t)
	e := m.PresentAilleurs("Inès")
	suivre := func(steps ...passage.Etape) {
		for _, step := range steps {
			m.Ecrire("directeur voisin", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				d := passage.Demande{Etape: step, Choix: passage.Choix{Decision: passage.Suivant, Quittant: true}, Le: a.Aujourdhui()}
				return passage.Faire(ctx, tx, a, e.Scolarite, 0, d)
			})
		}
	}
	dit := func(want string) {
		t.Helper()
		got := m.Post("directeur", "/doublons", url.Values{"nom_famille": {"Abadie"}, "prenom": {"Inès"}, "date_naissance": {"12/04/2019"}})
		if !strings.Contains(got.Body, "Présent, "+want) {
			t.Errorf("%d without %q: %s", got.Code, want, got.Body)
		}
	}
	dit("École primaire du Lapacca")
	suivre(passage.EtapeProposer, passage.EtapeNotifier, passage.EtapeAccord)
	dit("École primaire du Lapacca")
	suivre(passage.EtapeDecider)
	dit("quitte l’école le 01/09/2027")
	suivre(passage.EtapeRevenir)
	dit("École primaire du Lapacca")
	m.Ecrire("directeur voisin", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: a.Aujourdhui().AddDate(0, 0, 13), Motif: "demenagement"})
	})
	dit("quitte l’école le 03/12/2026")
}
