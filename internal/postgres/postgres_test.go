package postgres_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres"
)

func TestForRole(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, dsn, user, password, host, database string }{
		{"address", "postgres://alice:secret@base.example:5433/onde?sslmode=disable", "be_ien", "secret", "base.example", "onde"},
		{"address without a user", "postgresql://base.example/onde", "be_ien", "", "base.example", "onde"},
		{"address of a socket", "postgres://alice@/onde?host=/run/pg&user=bob", "be_ien", "", "/run/pg", "onde"},
		{"keywords", "host=base.example user=alice password='a b' dbname=onde", "be_ien", "a b", "base.example", "onde"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			config, err := pgx.ParseConfig(postgres.ForRole(tt.dsn, "be_ien"))
			if err != nil {
				t.Fatal(err)
			}
			if config.User != tt.user || config.Password != tt.password || config.Host != tt.host || config.Database != tt.database {
				t.Errorf("%s:%s@%s/%s, want %s:%s@%s/%s", config.User, config.Password, config.Host, config.Database,
					tt.user, tt.password, tt.host, tt.database)
			}
		})
	}
}

func TestForRoleQuotesKeywords(t *testing.T) {
	t.Parallel()
	const odd = `a 'b\ c`
	config, err := pgx.ParseConfig(postgres.ForRole("host=base.example", odd))
	if err != nil {
		t.Fatal(err)
	}
	if config.User != odd {
		t.Errorf("user %q, want %q", config.User, odd)
	}
}
