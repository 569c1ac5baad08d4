package rentree_test

import (
	"context"
	"maps"
	"math/rand/v2"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/rentree"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// ecoles is how many schools are drawn: pupils decided in every way, then a year prepared, worked on and taken back.
const ecoles = 1000

// essai is one school drawn.
type essai struct {
	*fixture.Monde
	rand   *rand.Rand
	eleves []fixture.Enfant
}

// After an undo all is as it was before, but for the pupils on whom somebody worked, who are as he left them.
func TestAnnulerRendLEtatDAvant(t *testing.T) {
	x := essai{Monde: fixture.New(t), rand: rand.New(rand.NewPCG(1, 2))}
	for _, prenom := range []string{"Lina", "Max", "Noé", "Zoé", "Ugo", "Léa"} {
		x.eleves = append(x.eleves, x.Present(prenom))
	}
	prepared, kept := 0, 0
	for n := range ecoles {
		x.exec(`savepoint ecole`)
		p, k := x.ecole()
		prepared, kept = prepared+p, kept+k
		x.exec(`rollback to savepoint ecole`)
		if t.Failed() {
			t.Fatalf("school %d", n)
		}
	}
	if prepared < ecoles || kept < ecoles/10 { // control: the draws try something
		t.Errorf("only %d pupils prepared, %d kept", prepared, kept)
	}
}

// ecole draws a school and takes its preparation back.
func (x essai) ecole() (prepared, kept int) {
	for _, e := range x.eleves {
		x.decide(e)
	}
	before := x.photo()
	var id uuid.UUID
	err := x.agir(func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		id, prepared, err = rentree.Preparer(ctx, tx, a, 2026)
		return err
	})
	if err != nil {
		return 0, 0 // nobody stays
	}
	worked := x.travailler()
	want := maps.Clone(before)
	for key, line := range x.photo() {
		if worked[key] {
			want[key] = line
		}
	}
	err = x.agir(func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		kept, err = rentree.Annuler(ctx, tx, a, id, 0)
		return err
	})
	if err != nil {
		x.Error(err)
	}
	if after := x.photo(); !maps.Equal(after, want) {
		x.Errorf("after the undo\n%v\nwant\n%v", after, want)
	}
	return prepared, kept
}

var decisions = []string{"passage", "maintien", "passage_anticipe", "ulis", "autre"}

var etats = []string{"", "propose", "notifie", "accepte", "conteste", "decide", "decide", "decide", "en_recours", "confirme"}

// decide draws where the procedure of a pupil stands.
func (x essai) decide(e fixture.Enfant) {
	etat := etats[x.rand.IntN(len(etats))]
	if etat == "" {
		return
	}
	x.exec(`insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le)
		select id, ecole_uai, annee, $2, $3, $4, $5, '2026-11-20' from scolarite where id = $1`,
		e.Scolarite, etat, decisions[x.rand.IntN(len(decisions))], []string{"CE1", "CE2", "CM1"}[x.rand.IntN(3)], x.rand.IntN(4) == 0)
}

// travailler does later acts to some of those prepared, and tells to which lines.
func (x essai) travailler() map[string]bool {
	worked := map[string]bool{}
	type suite struct{ ID, Ancienne uuid.UUID }
	var suites []suite
	_ = x.agir(func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) (err error) {
		suites, err = territoire.Lignes[suite](ctx, tx, `select suite_id as id, scolarite_id as ancienne from rentree_ligne order by suite_id`)
		return err
	})
	for _, s := range suites {
		if x.rand.IntN(4) != 0 {
			continue
		}
		worked["s"+s.ID.String()], worked["p"+s.Ancienne.String()] = true, true
		if x.rand.IntN(2) == 0 {
			x.exec(`update scolarite set niveau = 'CM2', version = version + 1 where id = $1`, s.ID)
			continue
		}
		x.exec(`update scolarite set etat = 'annulee', motif_annulation = 'famille_renonce', version = version + 1 where id = $1`, s.ID)
	}
	return worked
}

// photo is every passage and scolarité, by its key.
func (x essai) photo() map[string]string {
	lines := map[string]string{}
	rows, err := x.Tx.Query(x.Context(), `
		select 's' || id, to_jsonb(s)::text from scolarite s
		union all select 'p' || scolarite_id, (to_jsonb(p) - 'version')::text from passage p`)
	if err != nil {
		x.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var key, line string
		if err := rows.Scan(&key, &line); err != nil {
			x.Fatal(err)
		}
		lines[key] = line
	}
	return lines
}

func (x essai) exec(sql string, args ...any) {
	x.Helper()
	if _, err := x.Tx.Exec(x.Context(), sql, args...); err != nil {
		x.Fatal(err)
	}
}

// agir does an act of the directeur, which may be refused.
func (x essai) agir(act func(context.Context, territoire.Tx, habilitation.Agent) error) error {
	a := x.Agent("directeur")
	return x.DB.Ecrire(x.Context(), a.Portee(), func(tx territoire.Tx) error { return act(x.Context(), tx, a) })
}
