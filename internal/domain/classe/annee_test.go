package classe_test

import (
	"context"
	"testing"
	"time"

	"base-eleves/internal/domain/classe"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/postgres/postgrestest"
	"base-eleves/internal/territoire"
)

func TestOuvrirAnnees(t *testing.T) {
	for _, tt := range []struct {
		name string
		le   time.Time
		want string
	}{
		{"à la rentrée, l’année qui commence", date.Du(2026, time.September, 1), "2026"},
		{"en automne, elle seule", date.Du(2026, time.December, 31), "2026"},
		{"au 1er janvier, la suivante aussi", date.Du(2027, time.January, 1), "2026 2027"},
		{"jusqu’au dernier jour de l’été", date.Du(2027, time.August, 31), "2026 2027"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tx := postgrestest.Tx(t)
			for range 2 { // a day that comes again opens nothing more
				err := territoire.Dans(tx).Connexion(t.Context(), func(tx territoire.Tx) error {
					return classe.OuvrirAnnees(context.Background(), tx, tt.le)
				})
				if err != nil {
					t.Fatal(err)
				}
			}
			var got string
			err := tx.QueryRow(t.Context(), `select string_agg(code::text, ' ' order by code) from annee_scolaire
				where debut = make_date(code, 9, 1) and fin = make_date(code + 1, 8, 31)`).Scan(&got)
			if err != nil || got != tt.want {
				t.Errorf("open: %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}
