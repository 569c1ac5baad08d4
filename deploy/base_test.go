package deploy_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres/pgdev"
)

// machine starts a PostgreSQL that knows none of our roles, as on the day of an installation or after a loss. Its base is
// made by roles.sql. Settings are PostgreSQL's own: "hba_file=… ident_file=…".
func machine(t *testing.T, settings string) *pgdev.Server {
	t.Helper()
	t.Setenv("BASE_ELEVES_PG_REGLAGES", settings)
	server, err := pgdev.Open(t.Context(), filepath.Join(t.TempDir(), "pg"), func(string) {}, pgdev.Disposable())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		_ = os.RemoveAll(server.Dir()) // elsewhere than asked for, when PostgreSQL cannot enter that
	})
	return server
}

// install makes a base as the README says, and returns its owner's connection string.
func install(t *testing.T, server *pgdev.Server, base string) string {
	t.Helper()
	for range 2 { // the second time changes nothing
		if _, err := run(t, nil, "psql", "--no-psqlrc", "--quiet", "--dbname="+server.AdminURL("postgres"),
			"--set=base="+base, "--file="+source(t, "roles.sql")); err != nil {
			t.Fatal(err)
		}
	}
	return server.URL(base)
}

// run runs a command of the machine, or one of ours, with these variables and no others of the environment.
func run(t *testing.T, variables []string, name string, args ...string) (out string, err error) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "TMPDIR=" + t.TempDir()}, variables...)
	b, err := cmd.CombinedOutput()
	if err != nil {
		err = fmt.Errorf("%s: %w: %s", name, err, b)
	}
	return string(b), err
}

// source is the path of a file of this folder. It is opened, so that go test knows that the result depends on it.
func source(t *testing.T, name string) string {
	t.Helper()
	if _, err := os.ReadFile(name); err != nil {
		t.Fatal(err)
	}
	path, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func execute(t *testing.T, dsn, sql string) {
	t.Helper()
	if _, err := connect(t, dsn).Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

// value reads one value as text.
func value(t *testing.T, conn *pgx.Conn, sql string) (v string) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), `select (`+sql+`)::text`).Scan(&v); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return v
}

// content is a fingerprint of the rows of each table of a base.
func content(t *testing.T, dsn string) map[string]string {
	t.Helper()
	conn := connect(t, dsn)
	rows, err := conn.Query(t.Context(), `select format('%I.%I', schemaname, tablename) from pg_tables
		where schemaname not in ('pg_catalog', 'information_schema')`)
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	prints := map[string]string{}
	for _, table := range tables {
		prints[table] = value(t, conn, `select count(*) || ' ' || coalesce(sum(hashtextextended(l::text, 0)), 0) from `+table+` l`)
	}
	return prints
}

// schema is everything of a base but its rows: tables, functions, policies, grants.
func schema(t *testing.T, dsn string) string {
	t.Helper()
	out, err := run(t, nil, "pg_dump", "--schema-only", "--dbname="+dsn)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, `\`) && !strings.HasPrefix(line, "--") { // \restrict draws a word each time
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
