package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo/monde"
)

// garnir adds them to the world just written.
func garnir(ctx context.Context, tx pgx.Tx, p *monde.Plan) error {
	for _, g := range slices.Concat(garnitures, scrutins, attentes) {
		if _, err := tx.Exec(ctx, g.sql, int(p.Annee()), p.Aujourdhui); err != nil {
			return fmt.Errorf("demo: %s: %w", g.table, err)
		}
	}
	if _, err := tx.Exec(ctx, `delete from historique`); err != nil {
		return fmt.Errorf("demo: leave no history: %w", err)
	}
	return nil
}
