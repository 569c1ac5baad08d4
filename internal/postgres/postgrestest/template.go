package postgrestest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"strings"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres"
	"base-eleves/internal/postgres/pgdev"
	"base-eleves/migrations"
)

const (
	templatePrefix = "modele_"
	clonePrefix    = "essai_"
)

// A database of the tests is in use as long as a connection holds the advisory lock of its name, in the
// database postgres. Locks end with their process, so nothing else has to remember who uses what:
// the next process drops whatever nobody holds.
const (
	lockSQL    = `select pg_advisory_lock(hashtextextended($1, 0))`
	shareSQL   = `select pg_advisory_lock_shared(hashtextextended($1, 0))`
	tryLockSQL = `select pg_try_advisory_lock(hashtextextended($1, 0))`
	unlockSQL  = `select pg_advisory_unlock(hashtextextended($1, 0))`
)

// ensureTemplate returns the name of a migrated database that nobody connects to. Its name tells the
// content of the migrations; being marked as a template tells that it is finished.
func (b *testBase) ensureTemplate(ctx context.Context) (name string, err error) {
	name, err = templateName(migrations.FS)
	if err != nil {
		return "", err
	}
	if _, err := b.conn.Exec(ctx, lockSQL, "templates"); err != nil {
		return "", err
	}
	defer b.conn.Exec(ctx, unlockSQL, "templates")

	if _, err := b.conn.Exec(ctx, shareSQL, name); err != nil {
		return "", err
	}
	if err := b.dropUnused(ctx, name); err != nil {
		return "", err
	}
	var ready bool
	err = b.conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1 and datistemplate)`, name).
		Scan(&ready)
	if err != nil || ready {
		return name, err
	}
	return name, b.makeTemplate(ctx, name)
}

func (b *testBase) makeTemplate(ctx context.Context, name string) error {
	if err := b.exec(ctx, `drop database if exists %s with (force)`, name); err != nil {
		return err
	}
	if err := b.server.EnsureDatabase(ctx, name); err != nil {
		return err
	}
	if _, _, err := postgres.Migrate(ctx, b.server.URL(name)); err != nil {
		return err
	}
	return b.exec(ctx, `alter database %s is_template true`, name)
}

// templateName changes with any byte of any migration.
func templateName(fsys fs.FS) (string, error) {
	names, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		return "", err
	}
	hash := sha256.New()
	for _, name := range names {
		content, err := fs.ReadFile(fsys, name)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(hash, "%s %d\n%s", name, len(content), content)
	}
	return fmt.Sprintf("%s%x", templatePrefix, hash.Sum(nil)[:8]), nil
}

// dropUnused drops the templates of other migrations and the clones of processes that have ended.
func (b *testBase) dropUnused(ctx context.Context, template string) error {
	rows, err := b.conn.Query(ctx, `select datname from pg_database where datname ~ $1 and datname <> $2`,
		"^("+templatePrefix+"|"+clonePrefix+")", template)
	if err != nil {
		return err
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, name := range names {
		if err := b.dropIfUnused(ctx, name); err != nil {
			return err
		}
	}
	return nil
}

func (b *testBase) dropIfUnused(ctx context.Context, name string) error {
	var free bool
	if err := b.conn.QueryRow(ctx, tryLockSQL, name).Scan(&free); err != nil || !free {
		return err
	}
	defer b.conn.Exec(ctx, unlockSQL, name)
	if strings.HasPrefix(name, templatePrefix) {
		if err := b.exec(ctx, `alter database %s is_template false`, name); err != nil {
			return err
		}
	}
	return b.exec(ctx, `drop database if exists %s with (force)`, name)
}

// clone copies the template to a new database, which this process holds.
func (b *testBase) clone(ctx context.Context, of string) (name string, err error) {
	b.anchor.Lock()
	defer b.anchor.Unlock()
	name = clonePrefix + strings.ToLower(rand.Text())
	if _, err := b.conn.Exec(ctx, lockSQL, name); err != nil {
		return "", err
	}
	return name, b.exec(ctx, `create database %s template %s owner %s`, name, of, pgdev.Owner)
}

func (b *testBase) drop(ctx context.Context, name string) error {
	b.anchor.Lock()
	defer b.anchor.Unlock()
	if err := b.exec(ctx, `drop database if exists %s with (force)`, name); err != nil {
		return err
	}
	_, err := b.conn.Exec(ctx, unlockSQL, name)
	return err
}

// exec runs a statement whose parameters are names.
func (b *testBase) exec(ctx context.Context, format string, names ...string) error {
	quoted := make([]any, len(names))
	for i, name := range names {
		quoted[i] = pgx.Identifier{name}.Sanitize()
	}
	_, err := b.conn.Exec(ctx, fmt.Sprintf(format, quoted...))
	return err
}
