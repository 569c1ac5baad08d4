package postgrestest

import (
	"testing"
	"testing/fstest"

	"github.com/jackc/pgx/v5"
)

func TestTemplateNameFollowsTheMigrations(t *testing.T) {
	t.Parallel()
	one := fstest.MapFS{"0001_a.sql": {Data: []byte("select 1")}, "embed.go": {Data: []byte("x")}}
	for _, tt := range []struct {
		name string
		fs   fstest.MapFS
		same bool
	}{
		{"the same", fstest.MapFS{"0001_a.sql": {Data: []byte("select 1")}}, true},
		{"a changed byte", fstest.MapFS{"0001_a.sql": {Data: []byte("select 2")}}, false},
		{"another name", fstest.MapFS{"0001_b.sql": {Data: []byte("select 1")}}, false},
		{"one file more", fstest.MapFS{"0001_a.sql": {Data: []byte("select 1")}, "0002_b.sql": {}}, false},
		{"cut elsewhere", fstest.MapFS{"0001_a.sql": {Data: []byte("select ")}, "1": {}}, false},
	} {
		a, errA := templateName(one)
		b, errB := templateName(tt.fs)
		if errA != nil || errB != nil || (a == b) != tt.same {
			t.Errorf("%s: %s (%v) and %s (%v), want same %v", tt.name, a, errA, b, errB, tt.same)
		}
	}
}

// TestOpenDropsWhatNobodyUses opens a second time, as the next process does.
func TestOpenDropsWhatNobodyUses(t *testing.T) {
	admin := connect(t, Server(t).AdminURL("postgres"))
	used := connect(t, Clone(t))
	run(t, admin,
		`create database essai_abandonne`,
		`create database essai_tenu`,
		`create database modele_ancien is_template true`,
		`create database modele_tenu is_template true`,
		`select pg_advisory_lock_shared(hashtextextended(n, 0)) from unnest(array['essai_tenu', 'modele_tenu']) n`)

	b, err := open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.pool.Close)

	for name, kept := range map[string]bool{
		"essai_abandonne": false, "essai_tenu": true, "modele_ancien": false, "modele_tenu": true,
		used.Config().Database: true, b.template: true,
	} {
		if got := exists(t, admin, name); got != kept {
			t.Errorf("%s: exists %v, want %v", name, got, kept)
		}
	}
	run(t, admin, `drop database essai_tenu`,
		`alter database modele_tenu is_template false`, `drop database modele_tenu`)
}

func TestCloneEndsWithItsTest(t *testing.T) {
	t.Parallel()
	admin := connect(t, Server(t).AdminURL("postgres"))
	var name string
	t.Run("the one that clones", func(t *testing.T) {
		conn := connect(t, Clone(t))
		name = conn.Config().Database
		if !exists(t, admin, name) {
			t.Errorf("%s does not exist during its test", name)
		}
	})
	if exists(t, admin, name) {
		t.Errorf("%s is still there", name)
	}
}

func TestTxLeavesNothing(t *testing.T) {
	t.Parallel()
	const found = `select to_regclass('temoin') is not null`
	var during, after bool
	t.Run("the one that writes", func(t *testing.T) {
		tx := Tx(t)
		if _, err := tx.Exec(t.Context(), `create table temoin ()`); err != nil {
			t.Fatal(err)
		}
		if err := tx.QueryRow(t.Context(), found).Scan(&during); err != nil {
			t.Fatal(err)
		}
	})
	if err := Tx(t).QueryRow(t.Context(), found).Scan(&after); err != nil {
		t.Fatal(err)
	}
	if !during || after {
		t.Errorf("the table exists during the test: %v, after: %v; want true, false", during, after)
	}
}

// TestOtherBasesAreLeftAlone points the environment at a base that does not answer.
func TestOtherBasesAreLeftAlone(t *testing.T) {
	for _, name := range []string{"DATABASE_URL", "PGHOST", "PGPORT", "PGUSER", "PGDATABASE"} {
		t.Setenv(name, "1")
	}
	b, err := open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.pool.Close)
	if err := b.pool.Ping(t.Context()); err != nil {
		t.Error(err)
	}
}

func run(t *testing.T, conn *pgx.Conn, statements ...string) {
	t.Helper()
	for _, sql := range statements {
		if _, err := conn.Exec(t.Context(), sql); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
}

func exists(t *testing.T, admin *pgx.Conn, name string) (found bool) {
	t.Helper()
	err := admin.QueryRow(t.Context(), `select exists (select from pg_database where datname = $1)`, name).Scan(&found)
	if err != nil {
		t.Fatal(err)
	}
	return found
}
