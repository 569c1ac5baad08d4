package territoire

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// dureeMax bounds the work of one transaction asked by a page; DureeLongue, that of the few acts upon a whole school, of
// which the base sees each statement to its end.
const (
	dureeMax    = 8 * time.Second
	DureeLongue = 60 * time.Second
	// dureeFond bounds the work that no page waits for, suspens how long it may leave the base without a word.
	dureeFond = 15 * time.Minute
	suspens   = 2 * time.Minute
)

// Tx is a transaction bound to a scope. It cannot be ended, nor its connection reached, by the one who works in it.
type Tx struct{ work *work }

// work is what a Tx stands on. Statements whose answer nobody waits for, those that begin the transaction among them,
// go with the next one, in the order in which they were asked and in one round trip.
type work struct {
	begin func(*pgx.Batch) (pgx.Tx, error) // begins the transaction and runs the batch in it
	tx    pgx.Tx                           // nil until it has begun
	queue *pgx.Batch
}

// Ecrire runs f in a transaction of the scope: all of it is kept, or none.
func (db *DB) Ecrire(ctx context.Context, p Portee, f func(Tx) error) error {
	opening := &pgx.Batch{}
	return db.inScope(ctx, p, opening, dureeMax, f)
}

// EcrireLongtemps is Ecrire for an act upon a whole school, such as the take-over of its files.
func (db *DB) EcrireLongtemps(ctx context.Context, p Portee, f func(Tx) error) error {
	opening := &pgx.Batch{}
	permettre(opening, "statement_timeout", DureeLongue)
	return db.inScope(ctx, p, opening, DureeLongue, f)
}

// EcrireEnFond is Ecrire for a file that is made beside the pages: as long as all the schools of a département take, each
// statement within what EcrireLongtemps allows.
func (db *DB) EcrireEnFond(ctx context.Context, p Portee, f func(Tx) error) error {
	opening := &pgx.Batch{}
	permettre(opening, "statement_timeout", DureeLongue)
	permettre(opening, "idle_in_transaction_session_timeout", suspens)
	return db.inScope(ctx, p, opening, dureeFond, f)
}

// permettre lets the transaction take longer than the connection would.
func permettre(opening *pgx.Batch, limit string, d time.Duration) {
	opening.Queue(`select set_config($1, $2, true)`, limit, strconv.FormatInt(d.Milliseconds(), 10))
}

// inScope opens the scope of a transaction that writes, then runs f in it.
func (db *DB) inScope(ctx context.Context, p Portee, opening *pgx.Batch, limit time.Duration, f func(Tx) error) error {
	done := db.ouvrir(opening, p)
	instant := instantSQL
	if !p.enLecture {
		instant += ecritureSQL
	}
	opening.Queue(instant, p.Le)
	if err := db.inTx(ctx, p.role(), opening, limit, f); err != nil {
		return err
	}
	done()
	return nil
}

// Connexion runs f in a transaction of the log-in pages: accounts, keys and habilitations, no pupil.
func (db *DB) Connexion(ctx context.Context, f func(Tx) error) error {
	return db.inTx(ctx, roleConnexion, &pgx.Batch{}, dureeMax, f)
}

// Registre runs f in a transaction of the register that attributes the INE.
func (db *DB) Registre(ctx context.Context, f func(Tx) error) error {
	return db.inTx(ctx, roleRegistre, &pgx.Batch{}, dureeMax, f)
}

func (db *DB) inTx(ctx context.Context, role string, opening *pgx.Batch, limit time.Duration, f func(Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, attente+limit)
	defer cancel()
	w := &work{queue: opening, begin: func(b *pgx.Batch) (pgx.Tx, error) { return db.source.begin(ctx, role, b) }}
	// The rollback must reach the base although the visitor has gone.
	defer w.rollback(context.WithoutCancel(ctx))
	if err := f(Tx{w}); err != nil {
		return translate(err)
	}
	return w.commit(ctx)
}

// waits tells that something is to be sent first.
func (w *work) waits() bool { return w.tx == nil || w.queue.Len() > 0 }

// send runs what is queued, and begins the transaction if need be.
func (w *work) send(ctx context.Context) (err error) {
	b := w.queue
	w.queue = &pgx.Batch{}
	if w.tx == nil {
		w.tx, err = w.begin(b)
		return err
	}
	return w.tx.SendBatch(ctx, b).Close()
}

// clear sends what must go before a statement that is then sent alone.
func (w *work) clear(ctx context.Context) error {
	if !w.waits() {
		return nil
	}
	if err := w.send(ctx); err != nil {
		return fmt.Errorf("territoire: run what was queued: %w", translate(err))
	}
	return nil
}

func (w *work) commit(ctx context.Context) error {
	if err := w.clear(ctx); err != nil {
		return err
	}
	if err := w.tx.Commit(ctx); err != nil {
		return fmt.Errorf("territoire: commit: %w", err)
	}
	return nil
}

func (w *work) rollback(ctx context.Context) {
	if w.tx != nil {
		_ = w.tx.Rollback(ctx) // nothing to do after a commit
	}
}

// Queue has a statement run before the next one or before the end, without a round trip of its own. If it fails, what
// it goes with fails, and nothing of the transaction is kept.
func (t Tx) Queue(sql string, args ...any) {
	t.work.queue.Queue(sql, args...)
}

// Exec runs a statement.
func (t Tx) Exec(ctx context.Context, sql string, args ...any) (tag pgconn.CommandTag, err error) {
	if !t.work.waits() {
		return t.work.tx.Exec(ctx, sql, args...)
	}
	t.work.queue.Queue(sql, args...).Exec(func(answer pgconn.CommandTag) error {
		tag = answer
		return nil
	})
	return tag, t.work.send(ctx)
}

// Query runs a query.
func (t Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if err := t.work.clear(ctx); err != nil {
		return nil, err
	}
	return t.work.tx.Query(ctx, sql, args...)
}

// QueryRow runs a query of one row.
func (t Tx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	if err := t.work.clear(ctx); err != nil {
		return unread{err}
	}
	return t.work.tx.QueryRow(ctx, sql, args...)
}

// unread is the row of a query that was not sent.
type unread struct{ err error }

// Scan returns why.
func (u unread) Scan(...any) error { return u.err }

// Lignes runs a query and collects its rows by column name.
func Lignes[T any](ctx context.Context, tx Tx, sql string, args ...any) ([]T, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return lignes[T](rows)
}

// Ligne runs a query of exactly one row, collected by column name.
func Ligne[T any](ctx context.Context, tx Tx, sql string, args ...any) (T, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		var zero T
		return zero, err
	}
	return ligne[T](rows)
}
