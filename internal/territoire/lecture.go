package territoire

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
)

// Lecture gathers what a page reads; all of it goes to the base in one round trip.
type Lecture struct{ batch *pgx.Batch }

// Lire opens the scope and runs what f queued, in one transaction and one round trip. Destinations are filled when it
// returns nil; when one query fails none is to be used.
func (db *DB) Lire(ctx context.Context, p Portee, f func(*Lecture)) error {
	l := &Lecture{batch: &pgx.Batch{}}
	done := db.ouvrir(l.batch, p)
	f(l)
	ctx, cancel := context.WithTimeout(ctx, attente+dureeMax)
	defer cancel()
	if err := db.source.batch(ctx, p.role(), l.batch); err != nil {
		return translate(err)
	}
	done()
	return nil
}

// Exec queues a statement that returns nothing, such as a line of the journal.
func (l *Lecture) Exec(sql string, args ...any) {
	l.batch.Queue(sql, args...)
}

// Toutes queues a query and fills dst with its rows, by column name; a missing or extra column is an error.
func Toutes[T any](l *Lecture, dst *[]T, sql string, args ...any) {
	l.batch.Queue(sql, args...).Query(func(rows pgx.Rows) (err error) {
		*dst, err = lignes[T](rows)
		return err
	})
}

// Une queues a query of exactly one row; no row is pgx.ErrNoRows, hence a page that does not exist.
func Une[T any](l *Lecture, dst *T, sql string, args ...any) {
	l.batch.Queue(sql, args...).Query(func(rows pgx.Rows) (err error) {
		*dst, err = ligne[T](rows)
		return err
	})
}

// Peut queues a query of one row or none; dst stays nil when there is none.
func Peut[T any](l *Lecture, dst **T, sql string, args ...any) {
	l.batch.Queue(sql, args...).Query(func(rows pgx.Rows) error {
		row, err := ligne[T](rows)
		switch {
		case errors.Is(err, pgx.ErrNoRows):
			return nil
		case err != nil:
			return err
		}
		*dst = &row
		return nil
	})
}

// Valeur queues a query of one row of one column.
func Valeur[T any](l *Lecture, dst *T, sql string, args ...any) {
	l.batch.Queue(sql, args...).QueryRow(func(row pgx.Row) error { return row.Scan(dst) })
}
