package postgres_test

import (
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres"
	"base-eleves/internal/postgres/pgdev"
	"base-eleves/internal/postgres/postgrestest"
)

func TestMigrateManyAtOnce(t *testing.T) {
	t.Parallel()
	dsn := emptyBase(t, postgrestest.Server(t))
	firsts := migrateAll(t, []string{dsn, dsn, dsn})
	if firsts != 1 {
		t.Errorf("%d of three starts found the base empty, want 1", firsts)
	}
	checkVersion(t, dsn)
}

// TestMigrateManyBasesAtOnce makes the roles, which belong to the whole cluster, from three bases at the same moment.
func TestMigrateManyBasesAtOnce(t *testing.T) {
	t.Parallel()
	server := freshServer(t)
	bases := []string{emptyBase(t, server), emptyBase(t, server), emptyBase(t, server)}
	if firsts := migrateAll(t, bases); firsts != len(bases) {
		t.Errorf("%d of three bases were migrated, want all", firsts)
	}
	for _, dsn := range bases {
		checkVersion(t, dsn)
	}
}

func TestMigrateAgainChangesNothing(t *testing.T) {
	t.Parallel()
	from, to, err := postgres.Migrate(t.Context(), postgrestest.Clone(t))
	if err != nil || from != postgres.Latest() || to != from {
		t.Errorf("from %d to %d, %v; want nothing to do at %d", from, to, err, postgres.Latest())
	}
}

func TestMigrateLeavesANewerBaseAlone(t *testing.T) {
	t.Parallel()
	dsn := postgrestest.Clone(t)
	newer := postgres.Latest() + 1
	exec(t, dsn, fmt.Sprintf(`update schema_version set version = %d`, newer))
	from, to, err := postgres.Migrate(t.Context(), dsn)
	if err != nil || from != newer || to != newer {
		t.Errorf("from %d to %d, %v; want %d untouched", from, to, err, newer)
	}
}

// TestMigrateWaitsForABusyTable holds the table that migrations end by writing, for longer than one attempt.
func TestMigrateWaitsForABusyTable(t *testing.T) {
	t.Parallel()
	dsn := emptyBase(t, postgrestest.Server(t))
	exec(t, dsn, `create table schema_version (version int4 not null); insert into schema_version values (0)`)
	holdFor3s(t, dsn, `lock table schema_version`)
	if _, to, err := postgres.Migrate(t.Context(), dsn); err != nil || to != postgres.Latest() {
		t.Errorf("to %d, %v; want %d once the table is free", to, err, postgres.Latest())
	}
}

// TestMigrateInTwoAttemptsSaysWhereItBegan stops the first attempt at the second migration, the first being committed.
func TestMigrateInTwoAttemptsSaysWhereItBegan(t *testing.T) {
	t.Parallel()
	dsn := emptyBase(t, postgrestest.Server(t))
	holdFor3s(t, dsn, `create table ecole ()`)
	if from, to, err := postgres.Migrate(t.Context(), dsn); err != nil || from != 0 || to != postgres.Latest() {
		t.Errorf("from %d to %d, %v; want from 0 to %d", from, to, err, postgres.Latest())
	}
}

// holdFor3s leaves a transaction open after the statement, for longer than Migrate waits for a lock.
func holdFor3s(t *testing.T, dsn, statement string) {
	t.Helper()
	tx, err := connect(t, dsn).Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), statement+`; set idle_in_transaction_session_timeout = '3s'`); err != nil {
		t.Fatal(err)
	}
}

func TestMigrateGivesUpWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := postgres.Migrate(ctx, postgrestest.Clone(t)); err == nil {
		t.Error("a cancelled migration says nothing")
	}
}

func TestVersionIsReadByTheConnectionRole(t *testing.T) {
	t.Parallel()
	dsn := emptyBase(t, postgrestest.Server(t)) // a clone would show what an earlier Migrate did
	migrateAll(t, []string{dsn})
	for role, allowed := range map[string]bool{"be_connexion": true, "be_mairie": false} {
		version, err := postgres.Version(t.Context(), connect(t, postgres.ForRole(dsn, role)))
		if (err == nil) != allowed || allowed && version != postgres.Latest() {
			t.Errorf("%s reads version %d, %v; allowed: %v", role, version, err, allowed)
		}
	}
}

// migrateAll migrates all at once and counts who found an empty base.
func migrateAll(t *testing.T, bases []string) (firsts int) {
	t.Helper()
	var all sync.WaitGroup
	from := make([]int32, len(bases))
	for i, dsn := range bases {
		all.Go(func() {
			var err error
			if from[i], _, err = postgres.Migrate(t.Context(), dsn); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, version := range from {
		if version == 0 {
			firsts++
		}
	}
	return firsts
}

func checkVersion(t *testing.T, dsn string) {
	t.Helper()
	version, err := postgres.Version(t.Context(), connect(t, dsn))
	if err != nil || version != postgres.Latest() {
		t.Errorf("version %d, %v; want %d", version, err, postgres.Latest())
	}
}

// freshServer starts a cluster without any of the roles.
func freshServer(t *testing.T) *pgdev.Server {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "pg")
	server, err := pgdev.Open(t.Context(), dir, func(string) {}, pgdev.Disposable())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		os.RemoveAll(server.Dir()) // elsewhere than dir when PostgreSQL cannot enter that
	})
	return server
}

func emptyBase(t *testing.T, server *pgdev.Server) (dsn string) {
	t.Helper()
	name := "vide_" + strings.ToLower(rand.Text())
	if err := server.EnsureDatabase(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		conn, err := pgx.Connect(context.Background(), server.AdminURL("postgres"))
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close(context.Background())
		if _, err := conn.Exec(context.Background(), `drop database `+name+` with (force)`); err != nil {
			t.Error(err)
		}
	})
	return server.URL(name)
}

func exec(t *testing.T, dsn, sql string) {
	t.Helper()
	if _, err := connect(t, dsn).Exec(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}
