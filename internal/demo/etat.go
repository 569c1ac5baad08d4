package demo

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Etat is what a base is.
type Etat int

// What a base may be.
const (
	Vide      Etat = iota // migrated, nobody in it
	Demo                  // of demonstration
	Inachevee             // of demonstration, whose filling was interrupted
	Reelle                // any other
)

// DB is a connection or a transaction on the base.
type DB interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// The server asks with no more rights than the log-in pages have. A school or a pupil is always in a commune.
const etatSQL = `
	select exists (select from pg_namespace where nspname = 'demo'),
		exists (select from commune) or exists (select from compte)`

// Lire tells what a base is.
func Lire(ctx context.Context, db DB) (Etat, error) {
	var demo, peopled, done bool
	if err := db.QueryRow(ctx, etatSQL).Scan(&demo, &peopled); err != nil {
		return Reelle, fmt.Errorf("demo: tell what the base is: %w", err)
	}
	switch {
	case !demo && peopled:
		return Reelle, nil
	case !demo:
		return Vide, nil
	}
	if err := db.QueryRow(ctx, `select acheve from demo.monde`).Scan(&done); err != nil {
		return Reelle, fmt.Errorf("demo: tell what the base is: %w", err)
	}
	if !done {
		return Inachevee, nil
	}
	return Demo, nil
}

// schemaSQL marks a base. The log-in pages may read the accounts: they offer them.
const schemaSQL = `
	create schema if not exists demo;
	create table if not exists demo.monde (
		unique_ligne boolean primary key default true check (unique_ligne),
		graine       bigint not null,
		eleves       integer not null,
		acheve       boolean not null,
		le           timestamptz not null
	);
	create table if not exists demo.compte_demo (
		rang         integer primary key,
		role         text not null,
		identifiant  text not null,
		mot_de_passe text not null,
		territoire   text not null
	);
	grant usage on schema demo to be_connexion;
	grant select on demo.monde, demo.compte_demo to be_connexion`

const marquerSQL = `
	insert into demo.monde (graine, eleves, acheve, le) values ($1, $2, $3, $4)
	on conflict (unique_ligne) do update
	set graine = excluded.graine, eleves = excluded.eleves, acheve = excluded.acheve, le = excluded.le`

// marquer makes the base one of demonstration; achevee tells that its world is whole.
func marquer(ctx context.Context, tx pgx.Tx, o Options, eleves int, achevee bool) error {
	if _, err := tx.Exec(ctx, schemaSQL); err != nil {
		return fmt.Errorf("demo: mark the base: %w", err)
	}
	if _, err := tx.Exec(ctx, marquerSQL, int64(o.Graine), eleves, achevee, o.Maintenant); err != nil {
		return fmt.Errorf("demo: mark the base: %w", err)
	}
	return nil
}

// viderSQL empties every table of the register, accounts and sessions included; a base of demonstration may forget its
// journal.
const viderSQL = `
	do $$
	begin
		perform set_config('be.reecrire_journal', 'oui', true);
		execute (select 'truncate ' || string_agg(format('public.%I', tablename), ', ') || ' restart identity'
			from pg_tables where schemaname = 'public' and tablename <> 'schema_version');
	end
	$$`
