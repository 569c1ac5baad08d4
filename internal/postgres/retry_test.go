package postgres

import (
	"errors"
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestWorthRetrying(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name string
		err  error
		want bool
	}{
		{"no error", nil, false},
		{"somebody held a lock too long", &pgconn.PgError{Code: "55P03"}, true},
		{"even deep in another error", fmt.Errorf("migrate: %w", &pgconn.PgError{Code: "55P03"}), true},
		{"two migrations waited for each other", &pgconn.PgError{Code: "40P01"}, true},
		{"two bases changed one role", &pgconn.PgError{Code: "XX000", Message: "tuple concurrently updated"}, true},
		{"another internal error", &pgconn.PgError{Code: "XX000", Message: "cache lookup failed"}, false},
		{"a migration that is wrong", &pgconn.PgError{Code: "42601"}, false},
		{"not from PostgreSQL", errors.New("no route to host"), false},
	} {
		if got := worthRetrying(tt.err); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}
