// Package version holds the lock that every act on an existing row begins with: the row is ours, unchanged since the
// form was opened, and nobody else writes it until the act ends.
package version

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Lock locks a row by its id. expected is the version the form was opened on; 0 asks for none, as an act on many rows
// does. A row outside the territory is not found; one that has changed is refused as outdated.
func Lock(ctx context.Context, tx territoire.Tx, table string, id uuid.UUID, expected int) error {
	var present int
	err := tx.QueryRow(ctx, "select version from "+pgx.Identifier{table}.Sanitize()+" where id = $1 for update", id).Scan(&present)
	return Check(err, table, expected, present)
}

// Check is Lock for a row that was locked and read at once, with its version; err is what came of it.
func Check(err error, table string, expected, present int) error {
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return refusal.NotFound()
	case err != nil:
		return fmt.Errorf("version: lock %s: %w", table, err)
	case expected != 0 && expected != present:
		return refusal.Outdated()
	}
	return nil
}

// Ecarter puts a row aside, in its column supprimee_le: Reprendre takes it back, for thirty days.
func Ecarter(ctx context.Context, tx territoire.Tx, table string, id uuid.UUID, le time.Time) error {
	if err := Lock(ctx, tx, table, id, 0); err != nil {
		return err
	}
	name := pgx.Identifier{table}.Sanitize()
	tx.Queue(`update `+name+` set supprimee_le = $2, version = version + 1 where id = $1 and supprimee_le is null`, id, le)
	tx.Queue(`delete from `+name+` where supprimee_le < $1::timestamptz - interval '30 days'`, le)
	return nil
}

// Reprendre takes back a row that was put aside.
func Reprendre(ctx context.Context, tx territoire.Tx, table string, id uuid.UUID) error {
	if err := Lock(ctx, tx, table, id, 0); err != nil {
		return err
	}
	tx.Queue(`update `+pgx.Identifier{table}.Sanitize()+` set supprimee_le = null, version = version + 1 where id = $1`, id)
	return nil
}
