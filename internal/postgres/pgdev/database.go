package pgdev

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// EnsureDatabase creates a database that belongs to Owner, unless it exists.
func (s *Server) EnsureDatabase(ctx context.Context, name string) error {
	conn, err := pgx.Connect(ctx, s.AdminURL("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))

	var exists bool
	err = conn.QueryRow(ctx, `select exists (select from pg_database where datname = $1)`, name).Scan(&exists)
	if err != nil || exists {
		return err
	}
	if err := checkExtensions(ctx, conn); err != nil {
		return err
	}
	if err := ensureOwner(ctx, conn); err != nil {
		return err
	}
	_, err = conn.Exec(ctx, fmt.Sprintf(`create database %s owner %s`, pgx.Identifier{name}.Sanitize(), Owner))
	if alreadyThere(err) {
		return nil
	}
	return err
}

// ensureOwner creates a role that can do what a real installation lets its owner do, and no more.
func ensureOwner(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, `create role `+Owner+` login createrole createdb`)
	if alreadyThere(err) {
		return nil
	}
	return err
}

// checkExtensions says in one sentence what some systems package apart.
func checkExtensions(ctx context.Context, conn *pgx.Conn) error {
	var available int
	err := conn.QueryRow(ctx, `select count(*) from pg_available_extensions
		where name in ('unaccent', 'pg_trgm', 'btree_gist')`).Scan(&available)
	if err == nil && available < 3 {
		return errors.New("il manque à ce PostgreSQL ses extensions unaccent, pg_trgm et btree_gist : " +
			"installez le paquet « postgresql-contrib » de votre système")
	}
	return err
}

// alreadyThere recognises a name taken, even at the same moment by somebody else (23505).
func alreadyThere(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	switch pg.Code {
	case "42710", "42P04", "23505":
		return true
	}
	return false
}
