package classe

import (
	"context"
	"fmt"
	"time"

	"base-eleves/internal/territoire"
)

// OuvrirAnnees opens the school years that one works in on a day, but for those that are open: the one under way and,
// from 1 January on, the next. What works beside the pages comes here each day, so that no year waits for anybody.
func OuvrirAnnees(ctx context.Context, tx territoire.Tx, le time.Time) error {
	if _, err := tx.Exec(ctx, `select ouvrir_annees($1)`, le.Format(time.DateOnly)); err != nil {
		return fmt.Errorf("classe: open the school years: %w", err)
	}
	return nil
}
