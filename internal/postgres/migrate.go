package postgres

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/tern/v2/migrate"

	"base-eleves/migrations"
)

const (
	versionTable = "public.schema_version"

	// A migration that waits for a table makes everybody else wait behind it: it gives up soon,
	// lets the others pass, and tries again.
	lockTimeout = "2s"
	attempts    = 60
	pause       = 500 * time.Millisecond
)

// Migrate brings the base to the newest schema and says from which version to which.
// Any number of servers may call it at once, on one base or on several of one cluster.
// A base that is ahead of this binary is left alone: during a deployment both run (expand, then contract).
func Migrate(ctx context.Context, dsn string) (from, to int32, err error) {
	var done applied
	for range attempts {
		from, to, err = migrateOnce(ctx, dsn, &done)
		if !worthRetrying(err) {
			return from, to, err
		}
		select {
		case <-ctx.Done():
			return from, to, errors.Join(ctx.Err(), err)
		case <-time.After(pause):
		}
	}
	return from, to, err
}

func migrateOnce(ctx context.Context, dsn string, done *applied) (from, to int32, err error) {
	conn, err := connectForMigration(ctx, dsn)
	if err != nil {
		return 0, 0, fmt.Errorf("migrate: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))

	m, err := migrate.NewMigrator(ctx, conn, versionTable)
	if err != nil {
		return 0, 0, fmt.Errorf("migrate: %w", err)
	}
	if err := m.LoadMigrations(migrations.FS); err != nil {
		return 0, 0, fmt.Errorf("migrate: %w", err)
	}
	return run(ctx, conn, m, done)
}

func run(ctx context.Context, conn *pgx.Conn, m *migrate.Migrator, done *applied) (from, to int32, err error) {
	current, err := m.GetCurrentVersion(ctx)
	if err != nil || current > int32(len(m.Migrations)) {
		return current, current, err
	}
	done.started = 0
	m.OnStart = func(version int32, _, _, _ string) { done.start(version) }
	if err := m.Migrate(ctx); err != nil {
		return current, current, fmt.Errorf("migrate from version %d: %w", current, explained(err))
	}
	to = int32(len(m.Migrations))
	done.start(to)
	return done.from(to), to, publishVersion(ctx, conn)
}

// applied knows the first migration that this start committed, whatever the number of its attempts: the version read
// before waiting for the lock may be old, and an attempt that gives up halfway keeps what it committed.
type applied struct{ started, first int32 }

// start notes that a migration begins, or that all are done: the one before is then committed.
func (a *applied) start(version int32) {
	if a.first == 0 {
		a.first = a.started
	}
	a.started = version
}

func (a *applied) from(to int32) int32 {
	if a.first == 0 {
		return to
	}
	return a.first - 1
}

// connectForMigration sets lock_timeout at connection, because tern resets what is set later.
func connectForMigration(ctx context.Context, dsn string) (*pgx.Conn, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	config.RuntimeParams["lock_timeout"] = lockTimeout
	return pgx.ConnectConfig(ctx, config)
}

// publishVersion lets /readyz read the version through the pool that every server has.
func publishVersion(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, `
		do $$
		begin
			if not has_table_privilege('be_connexion', 'public.schema_version', 'select') then
				grant select on public.schema_version to be_connexion;
			end if;
		end
		$$`)
	if err != nil {
		return fmt.Errorf("migrate: publish the version: %w", err)
	}
	return nil
}

// worthRetrying recognises a lock that somebody else held: 55P03 lock_not_available, 40P01 deadlock_detected.
// Bases of one cluster meet on its roles, which belong to all of them: 23505, XX000 "tuple concurrently updated".
func worthRetrying(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	switch pg.Code {
	case "55P03", "40P01":
		return true
	case "XX000":
		return pg.Message == "tuple concurrently updated"
	}
	return false
}

// explained adds the guilty line to an error of a migration; the error itself names the file.
func explained(err error) error {
	var failed migrate.MigrationPgError
	if !errors.As(err, &failed) || failed.PgError == nil {
		return err
	}
	line, lineErr := migrate.ExtractErrorLine(failed.Sql, int(failed.Position))
	if lineErr != nil {
		return err
	}
	return fmt.Errorf("%w, at %q", err, line.Text)
}

// DB is what a query needs: a connection, a pool or a transaction.
type DB interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// Version returns the schema's version of a base, 0 when it was never migrated to one.
func Version(ctx context.Context, db DB) (version int32, err error) {
	err = db.QueryRow(ctx, `select version from public.schema_version`).Scan(&version)
	if err != nil {
		return 0, fmt.Errorf("read the schema's version: %w", err)
	}
	return version, nil
}

// Latest returns the version of the schema that this binary was written for.
func Latest() int32 {
	names, err := migrate.FindMigrations(migrations.FS)
	if err != nil {
		panic("migrations embedded in the binary: " + err.Error())
	}
	return int32(len(names))
}
