package passage_test

import (
	"context"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// A maintien counts for the pupil, wherever it was decided: one of another school keeps a second one from being told
// without the inspector, as one of this school does. The controls: a proposal that nobody decided, a passage, another
// child's maintien.
func TestUnMaintienDAilleursCompte(t *testing.T) {
	for _, tt := range []struct{ name, ecole, decision, etat, qui, refuse string }{
		{"décidé dans l’école", fixture.Ecole, "maintien", "decide", "Lina", "Un seul maintien"},
		{"décidé dans une autre école", fixture.Voisine, "maintien", "decide", "Lina", "Un seul maintien"},
		{"décidé dans un autre département", fixture.Lointaine, "passage_anticipe", "confirme", "Lina", "Un seul maintien"},
		{"proposé, jamais décidé", fixture.Voisine, "maintien", "propose", "Lina", ""},
		{"un passage", fixture.Voisine, "passage", "decide", "Lina", ""},
		{"celui d’un autre enfant", fixture.Voisine, "maintien", "decide", "Max", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina, max := m.Present("Lina"), m.Present("Max")
			before := map[string]fixture.Enfant{"Lina": lina, "Max": max}[tt.qui]
			if _, err := m.Tx.Exec(t.Context(), `with s as (
					insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat, niveau, date_effet, date_admission)
					values (gen_random_uuid(), $1, $2, 2025, '2026-08-31', 'admis_definitif', 'CP', '2025-09-01', '2025-09-01') returning id)
				insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le)
				select id, $2, 2025, $3, $4, 'CE1', false, '2026-05-01' from s`, before.ID, tt.ecole, tt.etat, tt.decision); err != nil {
				t.Fatal(err)
			}
			a := m.Agent("directeur")
			err := m.DB.Ecrire(t.Context(), a.Portee(), func(tx territoire.Tx) error { return maintenir(t.Context(), tx, a, lina) })
			if said := strings.Join(motifs(err), ""); err != nil && said == "" || !strings.HasPrefix(said, tt.refuse) || (said == "") != (tt.refuse == "") {
				t.Errorf("said %q, %v, want %q", said, err, tt.refuse)
			}
		})
	}
}

func maintenir(ctx context.Context, tx territoire.Tx, a habilitation.Agent, e fixture.Enfant) error {
	err := passage.Faire(ctx, tx, a, e.Scolarite, 0, passage.Demande{Etape: passage.EtapeProposer, Choix: passage.Choix{Decision: passage.Maintien}})
	if err == nil {
		err = passage.Faire(ctx, tx, a, e.Scolarite, 0, passage.Demande{Etape: passage.EtapeNotifier, Le: a.Aujourdhui()})
	}
	return err
}

func motifs(err error) (list []string) {
	for _, r := range refusal.All(err) {
		list = append(list, r.Motif)
	}
	return list
}
