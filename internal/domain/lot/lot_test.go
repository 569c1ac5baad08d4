package lot_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

var (
	a = uuid.MustParse("00000000-0000-4000-8000-00000000000a")
	b = uuid.MustParse("00000000-0000-4000-8000-00000000000b")
	c = uuid.MustParse("00000000-0000-4000-8000-00000000000c")
)

func TestFaire(t *testing.T) {
	breakdown := errors.New("the disk is full")
	for _, tt := range []struct {
		name    string
		answers map[uuid.UUID]error
		done    []uuid.UUID
		refuses []uuid.UUID
		err     error
	}{
		{"tous, dans un ordre constant, une fois chacun", nil, []uuid.UUID{a, b, c}, nil, nil},
		{"un refus n’empêche pas de dire les autres",
			map[uuid.UUID]error{a: refusal.InConflict("Non."), c: refusal.Of("niveau", "Non plus.")}, []uuid.UUID{a, b, c}, []uuid.UUID{a, c}, nil},
		{"une ligne étrangère est introuvable", map[uuid.UUID]error{b: refusal.NotFound()}, []uuid.UUID{a, b}, nil, refusal.NotFound()},
		{"une panne arrête tout", map[uuid.UUID]error{a: breakdown}, []uuid.UUID{a}, nil, breakdown},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var done []uuid.UUID
			err := faire(t, []uuid.UUID{c, a, b, a}, func(id uuid.UUID) error {
				done = append(done, id)
				return tt.answers[id]
			})
			if !slices.Equal(done, tt.done) {
				t.Errorf("tried %v, want %v", done, tt.done)
			}
			var refuses lot.Refuses
			if errors.As(err, &refuses) != (tt.refuses != nil) || tt.err != nil && !errors.Is(err, tt.err) || tt.err == nil && tt.refuses == nil && err != nil {
				t.Errorf("got %v", err)
			}
			for i, r := range refuses {
				if r.ID != tt.refuses[i] || r.Motif == "" {
					t.Errorf("refused %v", refuses)
				}
			}
		})
	}
}

// A constraint that refuses one line leaves the transaction fit for the next.
func TestFaireOutlivesAConstraint(t *testing.T) {
	tried := 0
	m := fixture.New(t)
	err := m.DB.Ecrire(context.Background(), m.Agent("directeur").Portee(), func(tx territoire.Tx) error {
		return lot.Faire(context.Background(), tx, []uuid.UUID{a, b}, func(uuid.UUID) error {
			tried++
			if _, err := tx.Exec(context.Background(), `insert into eleve (id) values (null)`); err == nil {
				t.Error("the control does not fail")
			}
			return refusal.InConflict("Non.")
		})
	})
	if refuses := (lot.Refuses{}); !errors.As(err, &refuses) || len(refuses) != 2 || tried != 2 {
		t.Errorf("tried %d: %v", tried, err)
	}
}

func faire(t *testing.T, ids []uuid.UUID, act func(uuid.UUID) error) (err error) {
	m := fixture.New(t)
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
		err = lot.Faire(ctx, tx, ids, act)
		return nil
	})
	return err
}

func TestCommun(t *testing.T) {
	date := func(id uuid.UUID) lot.Refus { return lot.Refus{ID: id, Field: "date_effet", Motif: "Trop tôt."} }
	for _, tt := range []struct {
		name    string
		refuses lot.Refuses
		n       int
		want    bool
	}{
		{"tous, pour la même date", lot.Refuses{date(a), date(b)}, 2, true},
		{"un seul sur deux", lot.Refuses{date(a)}, 2, false},
		{"pour deux raisons", lot.Refuses{date(a), {ID: b, Field: "niveau", Motif: "Choisissez."}}, 2, false},
		{"pour une raison qui n’est d’aucun champ", lot.Refuses{{ID: a, Motif: "Déjà présent."}}, 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, got := tt.refuses.Commun(tt.n); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}
