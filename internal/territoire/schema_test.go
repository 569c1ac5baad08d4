package territoire_test

import (
	"context"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres/postgrestest"
)

// public are the tables without personal data: the territory, the calendar, the migrations' own.
var public = []string{
	"academie", "departement", "circonscription", "commune", "rpi", "college", "ecole", "annee_scolaire", "schema_version",
}

const nakedSQL = `
	select c.relname from pg_class c
	where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
		and (not c.relrowsecurity or not exists (select from pg_policy p where p.polrelid = c.oid))
	order by 1`

func naked(t *testing.T, tx pgx.Tx) []string {
	t.Helper()
	rows, err := tx.Query(context.Background(), nakedSQL)
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return slices.DeleteFunc(names, func(n string) bool { return slices.Contains(public, n) })
}

func TestEveryPersonalTableHasAPolicy(t *testing.T) {
	tx := postgrestest.Tx(t)
	if names := naked(t, tx); len(names) > 0 {
		t.Errorf("without row security: %v", names)
	}
	// The control: a table made without thinking is seen.
	if _, err := tx.Exec(context.Background(), `create table remarque (eleve_id uuid, texte text)`); err != nil {
		t.Fatal(err)
	}
	if names := naked(t, tx); !slices.Equal(names, []string{"remarque"}) {
		t.Errorf("a table without row security was not seen: %v", names)
	}
}

// forbiddenSQL finds the columns that the law took out (arrêté of 20 October 2008, art. 3 and 4; design.md §2.1), and
// free text on a pupil.
const forbiddenSQL = `
	select table_name || '.' || column_name from information_schema.columns
	where table_schema not in ('pg_catalog', 'information_schema', 'demo')
		and column_name ~* '(nationalit|origine|langue|cultur|religi|sante|medic|handicap|allerg|secu|nir|profession|pcs|csp|situation_fam|entree_france|pays_naissance|rased|pai$|absen|remarque|observation|commentaire|note)'
	order by 1`

func TestForbiddenColumnsDoNotExist(t *testing.T) {
	tx := postgrestest.Tx(t)
	find := func() []string {
		rows, err := tx.Query(context.Background(), forbiddenSQL)
		if err != nil {
			t.Fatal(err)
		}
		names, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	if names := find(); len(names) > 0 {
		t.Errorf("columns that the law excludes: %v", names)
	}
	if _, err := tx.Exec(context.Background(), `alter table eleve add nationalite text, add observations text`); err != nil {
		t.Fatal(err)
	}
	if names := find(); len(names) != 2 { // control
		t.Errorf("two forbidden columns were added and %v seen", names)
	}
}

// The writing of the number is for the register alone; nobody but it may touch a number attributed.
func TestOnlyTheRegisterAttributes(t *testing.T) {
	tx := postgrestest.Tx(t)
	for _, role := range []string{"be_mairie", "be_ien", "be_service", "be_college", "be_statistique", "be_connexion"} {
		var may bool
		for _, table := range []string{"immatriculation", "ine_alias", "ine_remplacement", "ressemblance"} {
			err := tx.QueryRow(context.Background(), `select has_any_column_privilege($1, $2, 'select')`, role, table).Scan(&may)
			if err != nil || may {
				t.Errorf("%s may read %s (%v)", role, table, err)
			}
		}
	}
	var may bool
	for _, role := range []string{"be_directeur", "be_ia"} { // they write where it stands, never the number
		err := tx.QueryRow(context.Background(), `select has_column_privilege($1, 'immatriculation', 'ine', 'update')`, role).Scan(&may)
		if err != nil || may {
			t.Errorf("%s may change a number (%v)", role, err)
		}
	}
	err := tx.QueryRow(context.Background(), `select has_column_privilege('be_registre', 'immatriculation', 'ine', 'update')`).Scan(&may)
	if err != nil || !may { // control
		t.Errorf("be_registre may not attribute (%v)", err)
	}
}

// The journal can only grow, whoever asks.
func TestJournalOnlyGrows(t *testing.T) {
	tx := postgrestest.Tx(t)
	rows, err := tx.Query(context.Background(), `select rolname from pg_roles where rolname like 'be\_%' and rolname <> 'be_proprietaire'
		and (has_table_privilege(rolname, 'journal', 'update') or has_table_privilege(rolname, 'journal', 'delete')
			or has_table_privilege(rolname, 'journal', 'truncate'))`)
	if err != nil {
		t.Fatal(err)
	}
	if roles, err := pgx.CollectRows(rows, pgx.RowTo[string]); err != nil || len(roles) > 0 {
		t.Errorf("may rewrite the journal: %v %v", roles, err)
	}
}
