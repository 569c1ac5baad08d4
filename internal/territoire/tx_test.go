package territoire_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres/postgrestest"
	"base-eleves/internal/territoire"
)

// ways are those to the base: the transaction of most tests, and the pools of the service. Each gives the village, and
// a look at it behind the curtain.
var ways = map[string]func(t *testing.T) (*territoire.DB, querier){
	"une transaction d’essai": func(t *testing.T) (*territoire.DB, querier) {
		v := settle(t)
		return v.db, v.tx
	},
	"les connexions du service": func(t *testing.T) (*territoire.DB, querier) {
		base := postgrestest.Clone(t)
		owner, err := pgx.Connect(t.Context(), base)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = owner.Close(context.Background()) })
		if _, err := owner.Exec(t.Context(), villageSQL); err != nil {
			t.Fatal(err)
		}
		db, _, err := territoire.Connecter(t.Context(), base)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(db.Fermer)
		return db, owner
	},
}

type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// prenoms are Lina's second and third first names, as the base now holds them.
func prenoms(t *testing.T, look querier) (s string) {
	t.Helper()
	if err := look.QueryRow(t.Context(), `select prenom2 || ' ' || prenom3 from eleve where id = $1`, lina).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	good = `update eleve set prenom2 = 'Rose'`
	bad  = `update eleve set sexe = 'X'`
)

func TestQueueKeepsTheOrder(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			db, look := way(t)
			err := db.Ecrire(t.Context(), portee("directeur"), func(tx territoire.Tx) error {
				tx.Queue(`update eleve set prenom2 = $1`, "Rose")
				var seen string
				if err := tx.QueryRow(t.Context(), `select prenom2 from eleve`).Scan(&seen); err != nil || seen != "Rose" {
					t.Errorf("a query after it sees %q, %v", seen, err)
				}
				tx.Queue(`update eleve set prenom2 = $1`, "Lys")
				tag, err := tx.Exec(t.Context(), `update eleve set prenom3 = 'Iris' where prenom2 = 'Lys'`)
				if tag.RowsAffected() != 1 {
					t.Errorf("a statement after it touches %d rows", tag.RowsAffected())
				}
				tx.Queue(`update eleve set prenom2 = $1 where prenom3 = 'Iris'`, "Ève")
				return err
			})
			if got := prenoms(t, look); err != nil || got != "Ève Iris" {
				t.Errorf("kept %q, %v", got, err)
			}
		})
	}
}

// What is queued and fails takes all of the transaction with it, whenever it is sent.
func TestQueueFails(t *testing.T) {
	for name, next := range map[string]func(context.Context, territoire.Tx) error{
		"à la fin":            func(context.Context, territoire.Tx) error { return nil },
		"avec un autre ordre": func(ctx context.Context, tx territoire.Tx) error { _, err := tx.Exec(ctx, good); return err },
		"avant une requête": func(ctx context.Context, tx territoire.Tx) error {
			_, err := territoire.Lignes[struct{ Prenom string }](ctx, tx, `select prenom from eleve`)
			return err
		},
		"avant une ligne": func(ctx context.Context, tx territoire.Tx) error {
			return tx.QueryRow(ctx, `select 1`).Scan(new(int))
		},
		"l’erreur est ignorée": func(ctx context.Context, tx territoire.Tx) error {
			_, _ = tx.Exec(ctx, good)
			return nil
		},
	} {
		for from, way := range ways {
			t.Run(name+", "+from, func(t *testing.T) {
				db, look := way(t)
				work := func(queued string) error {
					return db.Ecrire(t.Context(), portee("directeur"), func(tx territoire.Tx) error {
						if _, err := tx.Exec(t.Context(), good); err != nil {
							return err
						}
						tx.Queue(queued)
						return next(t.Context(), tx)
					})
				}
				if err := work(bad); err == nil || prenoms(t, look) != " " {
					t.Errorf("kept %q, %v", prenoms(t, look), err)
				}
				if err := work(good); err != nil || prenoms(t, look) != "Rose " { // control
					t.Errorf("kept %q, %v: this test cannot fail", prenoms(t, look), err)
				}
			})
		}
	}
}

// An act on many gives up one line and goes on, which the base allows after a savepoint alone.
func TestQueueGoesOnFromASavepoint(t *testing.T) {
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			db, look := way(t)
			err := db.Ecrire(t.Context(), portee("directeur"), func(tx territoire.Tx) error {
				tx.Queue(`savepoint one`)
				if _, err := tx.Exec(t.Context(), bad); err == nil {
					t.Error("the base refuses nothing")
				}
				_, err := tx.Exec(t.Context(), `rollback to savepoint one`)
				tx.Queue(`release savepoint one`)
				tx.Queue(good)
				return err
			})
			if got := prenoms(t, look); err != nil || got != "Rose " {
				t.Errorf("kept %q, %v", got, err)
			}
		})
	}
}

// However a transaction ends, its connection serves again: a pool holds few of them.
func TestConnectionsComeBack(t *testing.T) {
	db, look := ways["les connexions du service"](t)
	run := func(p territoire.Portee, f func(territoire.Tx) error) error { return db.Ecrire(t.Context(), p, f) }
	exec := func(sql string) func(territoire.Tx) error {
		return func(tx territoire.Tx) error { _, err := tx.Exec(t.Context(), sql); return err }
	}
	closed, refused := portee("directeur"), errors.New("refused")
	closed.Le = rentree.AddDate(-1, 0, 0)
	for range 16 {
		for name, err := range map[string]error{
			"a closed scope":             run(closed, func(territoire.Tx) error { return nil }),
			"a first statement refused":  run(portee("directeur"), exec(bad)),
			"one that is none":           run(portee("directeur"), exec(`select nothing`)),
			"refused before anything":    run(portee("directeur"), func(territoire.Tx) error { return refused }),
			"refused after a statement":  run(portee("directeur"), func(tx territoire.Tx) error { return errors.Join(exec(good)(tx), refused) }),
			"a failure after statements": run(portee("directeur"), func(tx territoire.Tx) error { return errors.Join(exec(good)(tx), exec(bad)(tx)) }),
		} {
			if err == nil {
				t.Fatalf("%s: no error", name)
			}
		}
	}
	if got := prenoms(t, look); got != " " {
		t.Errorf("kept %q", got)
	}
	if err := run(portee("directeur"), exec(good)); err != nil || prenoms(t, look) != "Rose " { // control
		t.Errorf("kept %q, %v", prenoms(t, look), err)
	}
}

// An act upon a whole school has a minute for each of its statements; the next one on that connection has five seconds again.
func TestLongTransaction(t *testing.T) {
	db, _ := ways["les connexions du service"](t)
	for _, tt := range []struct {
		name  string
		write func(context.Context, territoire.Portee, func(territoire.Tx) error) error
		want  string
	}{
		{"long", db.EcrireLongtemps, "1min"},
		{"ordinary", db.Ecrire, "5s"}, // control
	} {
		var limit string
		err := tt.write(t.Context(), portee("directeur"), func(tx territoire.Tx) error {
			return tx.QueryRow(t.Context(), `show statement_timeout`).Scan(&limit)
		})
		if err != nil || limit != tt.want {
			t.Errorf("%s: %q, %v, want %q", tt.name, limit, err, tt.want)
		}
	}
}
