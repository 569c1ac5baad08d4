package postgrestest

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres"
)

func TestTxIsMigratedAndMayChangeRole(t *testing.T) {
	tx := Tx(t)
	version, err := postgres.Version(t.Context(), tx)
	if err != nil {
		t.Fatal(err)
	}
	if version != postgres.Latest() {
		t.Errorf("version %d, want %d", version, postgres.Latest())
	}
	var role string
	if _, err := tx.Exec(t.Context(), `set local role be_mairie`); err != nil {
		t.Fatal(err)
	}
	if err := tx.QueryRow(t.Context(), `select current_user`).Scan(&role); err != nil {
		t.Fatal(err)
	}
	if role != "be_mairie" {
		t.Errorf("current_user %q, want be_mairie", role)
	}
}

func TestCloneBelongsToAnOrdinaryOwner(t *testing.T) {
	conn := connect(t, Clone(t))
	var super, owner bool
	err := conn.QueryRow(t.Context(), `
		select rolsuper, pg_get_userbyid(datdba) = current_user
		from pg_roles, pg_database where rolname = current_user and datname = current_database()`).Scan(&super, &owner)
	if err != nil {
		t.Fatal(err)
	}
	if super || !owner {
		t.Errorf("superuser %v, owner %v; want an owner without superpowers", super, owner)
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
