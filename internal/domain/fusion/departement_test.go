package fusion_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/fusion"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// The line of the département alone, which the directeur does not read, follows the child; separated, it comes back. One
// that the kept file has an own period for stays where it was: the control.
func TestLeRattachementDuDepartementSuit(t *testing.T) {
	for nom, propre := range map[string]string{"rien de son côté": "2028-09-01", "instruit ailleurs ces jours-là": "2026-10-01"} {
		t.Run(nom, func(t *testing.T) {
			m := fixture.New(t)
			garde, autre := m.Present("Lina"), m.Inscrire("mairie", fixture.Ecole, "Lyna")
			const put = `insert into rattachement (id, eleve_id, departement_code, modalite, debut) values (gen_random_uuid(), $1, '65', 'hopital', $2::date)`
			for id, debut := range map[uuid.UUID]string{autre.ID: "2026-09-01", garde.ID: propre} {
				if _, err := m.Tx.Exec(t.Context(), put, id, debut); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := m.Tx.Exec(t.Context(), `update rattachement set fin = '2027-07-01' where eleve_id = $1`, autre.ID); err != nil {
				t.Fatal(err)
			}
			var id uuid.UUID
			m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
				id, err = fusion.Fusionner(ctx, tx, a, fusion.Choix{Garde: garde.ID, Absorbe: autre.ID})
				return err
			})
			want := 2
			if propre == "2026-10-01" {
				want = 1
			}
			if n := fixture.Valeur[int](m, `select count(*) from rattachement where eleve_id = $1`, garde.ID); n != want {
				t.Errorf("%d periods in the kept file, want %d", n, want)
			}
			m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				_, err := fusion.Defaire(ctx, tx, a, id)
				return err
			})
			if n := fixture.Valeur[int](m, `select count(*) from rattachement where eleve_id = $1 and prenom = 'Lyna'`, autre.ID); n != 1 {
				t.Errorf("%d periods came back", n)
			}
		})
	}
}
