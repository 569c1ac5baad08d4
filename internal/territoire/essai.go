package territoire

import (
	"context"
	"sync"

	"github.com/jackc/pgx/v5"
)

// Dans makes a DB that works inside tx, so that a test can roll all of it back. The role changes by SET LOCAL ROLE
// instead of by pool: row security and grants hold as in service. One piece of work at a time.
func Dans(tx pgx.Tx) *DB { return &DB{source: &essai{tx: tx}} }

type essai struct {
	mu sync.Mutex
	tx pgx.Tx
}

// begin opens a savepoint in the role; its end gives the role back and unlocks the connection.
func (e *essai) begin(ctx context.Context, role string, b *pgx.Batch) (pgx.Tx, error) {
	e.mu.Lock()
	tx, err := e.tx.Begin(ctx)
	if err != nil {
		e.mu.Unlock()
		return nil, err
	}
	if _, err = tx.Exec(ctx, "set local role "+pgx.Identifier{role}.Sanitize()); err == nil {
		err = tx.SendBatch(ctx, b).Close()
	}
	return &essaiTx{Tx: tx, essai: e}, err
}

func (e *essai) batch(ctx context.Context, role string, b *pgx.Batch) error {
	tx, err := e.begin(ctx, role, b)
	switch {
	case tx == nil:
		return err
	case err != nil:
		_ = tx.Rollback(context.WithoutCancel(ctx))
		return err
	}
	return tx.Commit(ctx)
}

type essaiTx struct {
	pgx.Tx
	essai *essai
	once  sync.Once
}

// closeSQL ends the scope as the end of a transaction does: SET LOCAL outlives a savepoint.
const closeSQL = `set local role none;
	select set_config('be.ecoles', '', true), set_config('be.communes', '', true),
		set_config('be.communes_ouvertes', '', true), set_config('be.compte', '', true),
		set_config('be.protegees', '', true)`

func (t *essaiTx) Commit(ctx context.Context) error {
	// Deferred constraints speak at commit; here the outer transaction never does.
	_, err := t.Tx.Exec(ctx, "set constraints all immediate; set constraints all deferred; "+closeSQL)
	if err == nil {
		err = t.Tx.Commit(ctx)
	}
	if err != nil {
		_ = t.Rollback(ctx)
	}
	t.once.Do(t.essai.mu.Unlock)
	return err
}

func (t *essaiTx) Rollback(ctx context.Context) error {
	defer t.once.Do(t.essai.mu.Unlock)
	return t.Tx.Rollback(ctx)
}
