package territoire

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// dureeMax bounds the work of one transaction asked by a page.
const dureeMax = 8 * time.Second

// Tx is a transaction bound to a scope. It cannot be ended, nor its connection reached, by the one who works in it.
type Tx struct{ tx pgx.Tx }

// Ecrire runs f in a transaction of the scope: all of it is kept, or none.
func (db *DB) Ecrire(ctx context.Context, p Portee, f func(Tx) error) error {
	return db.inTx(ctx, p.role(), p.ouvrir(), f)
}

// Connexion runs f in a transaction of the log-in pages: accounts, keys and habilitations, no pupil.
func (db *DB) Connexion(ctx context.Context, f func(Tx) error) error {
	return db.inTx(ctx, roleConnexion, "", f)
}

// Registre runs f in a transaction of the register that attributes the INE.
func (db *DB) Registre(ctx context.Context, f func(Tx) error) error {
	return db.inTx(ctx, roleRegistre, "", f)
}

func (db *DB) inTx(ctx context.Context, role, opening string, f func(Tx) error) error {
	ctx, cancel := context.WithTimeout(ctx, attente+dureeMax)
	defer cancel()
	tx, err := db.source.begin(ctx, role, opening)
	if err != nil {
		return fmt.Errorf("territoire: begin as %s: %w", role, translate(err))
	}
	// The rollback must reach the base although the visitor has gone.
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	if err := f(Tx{tx}); err != nil {
		return translate(err)
	}
	if err := tx.Commit(ctx); err != nil {
		return fmt.Errorf("territoire: commit: %w", err)
	}
	return nil
}

// Query runs a query.
func (t Tx) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	return t.tx.Query(ctx, sql, args...)
}

// QueryRow runs a query of one row.
func (t Tx) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	return t.tx.QueryRow(ctx, sql, args...)
}

// Exec runs a statement.
func (t Tx) Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error) {
	return t.tx.Exec(ctx, sql, args...)
}

// SendBatch runs several statements in one round trip.
func (t Tx) SendBatch(ctx context.Context, b *pgx.Batch) error {
	return t.tx.SendBatch(ctx, b).Close()
}

// Lignes runs a query and collects its rows by column name.
func Lignes[T any](ctx context.Context, tx Tx, sql string, args ...any) ([]T, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByName[T])
}

// Ligne runs a query of exactly one row, collected by column name.
func Ligne[T any](ctx context.Context, tx Tx, sql string, args ...any) (T, error) {
	rows, err := tx.Query(ctx, sql, args...)
	if err != nil {
		var zero T
		return zero, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[T])
}
