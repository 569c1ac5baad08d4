// Package postgrestest gives every test of the project a real, migrated PostgreSQL: a transaction that
// is rolled back for most (Tx), a database of its own for those that commit or need several connections
// (Clone). Nothing to prepare or to close; DATABASE_URL is never looked at.
package postgrestest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"base-eleves/internal/postgres/pgdev"
)

const (
	patience       = 2 * time.Minute // the first test of a machine may have to install PostgreSQL
	maxConnections = 32              // transactions that the parallel tests of one package hold at once
	lockTimeout    = "30s"           // an error, rather than a test that waits for another one for ever
)

// Tx returns a transaction on the migrated base, rolled back at the end of the test. It is a superuser's:
// `set local role` makes it one of the application's roles. Parallel tests that insert the same value under a
// unique constraint wait for each other: draw such values at random, or use Clone.
func Tx(t testing.TB) pgx.Tx {
	t.Helper()
	b := base(t)
	ctx := context.Background() // t.Context() ends before the cleanup
	tx, err := b.pool.Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := tx.Rollback(ctx); err != nil && !errors.Is(err, pgx.ErrTxClosed) {
			t.Errorf("roll back the test's transaction: %v", err)
		}
	})
	return tx
}

// Clone returns the connection string, as owner, of a migrated database of the test's own, dropped at its end.
// postgres.ForRole gives the strings of the other roles, pgdev.Superuser included.
func Clone(t testing.TB) string {
	t.Helper()
	b := base(t)
	return b.copy(t, b.template)
}

// Filled is a migrated database that the first test to ask fills, for all those of the process that want a
// copy of their own.
type Filled struct {
	Fill func(ctx context.Context, dsn string) error

	once sync.Once
	name string
	err  error
}

// Clone is as [Clone], with what was filled.
func (f *Filled) Clone(t testing.TB) string {
	t.Helper()
	b := base(t)
	f.once.Do(func() {
		ctx := context.Background()
		if f.name, f.err = b.clone(ctx, b.template); f.err == nil {
			f.err = f.Fill(ctx, b.server.URL(f.name))
		}
	})
	if f.err != nil {
		t.Fatal(f.err)
	}
	return b.copy(t, f.name)
}

// copy makes a database like another, to which nobody is connected, until the end of the test.
func (b *testBase) copy(t testing.TB, of string) string {
	t.Helper()
	name, err := b.clone(context.Background(), of)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.drop(context.Background(), name); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
	return b.server.URL(name)
}

// Server returns the private server of the tests, for those that make a database without the schema.
func Server(t testing.TB) *pgdev.Server {
	t.Helper()
	return base(t).server
}

// shared is opened by the first test of the process that asks, and left to the process's end: the server's
// keeper and the next process clear up after it.
var shared = sync.OnceValues(func() (*testBase, error) {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	return open(ctx)
})

func base(t testing.TB) *testBase {
	t.Helper()
	b, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// testBase is what the tests of one process share.
type testBase struct {
	server *pgdev.Server
	pool   *pgxpool.Pool // on this process's own clone, for Tx

	anchor   sync.Mutex // guards conn
	conn     *pgx.Conn  // holds the locks that say which databases are in use
	template string
}

func open(ctx context.Context) (*testBase, error) {
	server, err := pgdev.Open(ctx, dir(), progress, pgdev.Disposable())
	if err != nil {
		return nil, err
	}
	conn, err := pgx.Connect(ctx, server.AdminURL("postgres"))
	if err != nil {
		return nil, err
	}
	b := &testBase{server: server, conn: conn}
	if b.template, err = b.ensureTemplate(ctx); err != nil {
		return nil, err
	}
	name, err := b.clone(ctx, b.template)
	if err != nil {
		return nil, err
	}
	config, err := pgxpool.ParseConfig(server.AdminURL(name))
	if err != nil {
		return nil, err
	}
	config.MaxConns = maxConnections
	config.ConnConfig.RuntimeParams["lock_timeout"] = lockTimeout
	b.pool, err = pgxpool.NewWithConfig(ctx, config)
	return b, err
}

func progress(line string) { os.Stderr.WriteString(line + "\n") }

// dir is var/pgtest at the top of the module: one server for the tests of all packages.
func dir() string {
	top, err := os.Getwd()
	for err == nil && top != filepath.Dir(top) {
		if _, statErr := os.Stat(filepath.Join(top, "go.mod")); statErr == nil {
			return filepath.Join(top, "var", "pgtest")
		}
		top = filepath.Dir(top)
	}
	return filepath.Join(os.TempDir(), "base-eleves-pgtest")
}
