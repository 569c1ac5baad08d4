package journal_test

import (
	"context"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/journal"
	"base-eleves/internal/postgres/postgrestest"
	"base-eleves/internal/territoire"
)

// atelier is a base with its journal, those who seal it and its owner.
type atelier struct {
	*testing.T
	dsn   string
	db    *territoire.DB
	owner *pgx.Conn
	file  string
}

func ouvrir(t *testing.T) *atelier {
	t.Helper()
	a := &atelier{T: t, dsn: postgrestest.Clone(t), file: filepath.Join(t.TempDir(), "ancres", "ancres.jsonl")}
	db, _, err := territoire.Connecter(context.Background(), a.dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(db.Fermer)
	a.db, a.owner = db, a.connexion()
	return a
}

func (a *atelier) connexion() *pgx.Conn {
	a.Helper()
	conn, err := pgx.Connect(context.Background(), a.dsn)
	if err != nil {
		a.Fatal(err)
	}
	a.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func (a *atelier) exec(sql string, args ...any) {
	a.Helper()
	if _, err := a.owner.Exec(context.Background(), sql, args...); err != nil {
		a.Fatal(err)
	}
}

// noter writes n lines.
const noterSQL = `insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai)
	select '2026-11-20 12:00Z'::timestamptz + i * interval '1 second', gen_random_uuid(), gen_random_uuid(), 'directeur', 'consulter', 'eleve',
		gen_random_uuid(), '0659001F' from generate_series(1, $1::int) i`

func (a *atelier) scelleur() *journal.Scelleur {
	return &journal.Scelleur{DB: a.db, Cle: secret, Fichier: a.file, Now: func() time.Time { return time.Date(2026, 11, 20, 13, 0, 0, 0, time.UTC) }}
}

var secret = journal.Cle(make([]byte, ed25519.SeedSize))

func (a *atelier) sceller(s *journal.Scelleur) int {
	a.Helper()
	n, err := s.Sceller(context.Background())
	if err != nil {
		a.Fatal(err)
	}
	return n
}

func (a *atelier) ancrer(s *journal.Scelleur) {
	a.Helper()
	if err := s.Ancrer(context.Background()); err != nil {
		a.Fatal(err)
	}
}

// fautes are what a verification says.
func (a *atelier) fautes() (int64, []string) {
	a.Helper()
	v, _ := journal.Verifier(context.Background(), a.owner, secret.Public().(ed25519.PublicKey), a.file)
	if v == nil {
		a.Fatal("the journal cannot be read")
	}
	return v.Lignes, v.Fautes
}

// Every line is chained once, also one that a slow transaction brings after a later one, also when many seal at the same
// time.
func TestScellerChaqueLigne(t *testing.T) {
	a := ouvrir(t)
	ctx := context.Background()
	s := a.scelleur()
	slow, err := a.connexion().Begin(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := slow.Exec(ctx, noterSQL, 3); err != nil {
		t.Fatal(err)
	}
	a.exec(noterSQL, 12000)
	if n := a.sceller(s); n != 12000 {
		t.Errorf("%d lines sealed while a transaction is open, want 12000", n)
	}
	a.ancrer(s)
	if err := slow.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	a.exec(noterSQL, 100)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { a.sceller(a.scelleur()) })
	}
	all.Wait()
	a.sceller(a.scelleur()) // those whom another kept from it
	if n, fautes := a.fautes(); n != 12103 || len(fautes) > 0 {
		t.Errorf("%d lines in the chain, want 12103; %q", n, fautes)
	}
}

// Anchors are copied out of the base once each, by each server, also those that another has signed.
func TestAncresCopiees(t *testing.T) {
	a := ouvrir(t)
	s := a.scelleur()
	for range 3 {
		a.exec(noterSQL, 5)
		a.sceller(s)
		a.ancrer(s)
		a.ancrer(s) // nothing has grown
	}
	other := a.scelleur()
	other.Fichier = filepath.Join(t.TempDir(), "ailleurs.jsonl")
	a.ancrer(other)
	for _, file := range []string{a.file, other.Fichier} {
		text, err := os.ReadFile(file)
		if err != nil || strings.Count(string(text), "\n") != 3 {
			t.Errorf("%s: %v\n%s", filepath.Base(file), err, text)
		}
	}
}

// Who holds the base can change it; what was copied out of it tells.
func TestVerifierTrouve(t *testing.T) {
	for name, sql := range map[string]string{
		"a line changed":           `update journal set acte = 'exporter' where id = 7`,
		"a line deleted":           `delete from journal where id = 7`,
		"the end cut":              `delete from journal where id > 5; delete from journal_maillon where rang > 5; delete from journal_ancre where rang > 5`,
		"a line added in the past": `update journal_ancre set pose_le = now() - interval '1 hour'; insert into journal (id, le, compte_id, habilitation_id, role, acte, objet) overriding system value values (-3, now(), gen_random_uuid(), gen_random_uuid(), 'ia', 'x', 'x')`,
		"nothing":                  ``,
	} {
		t.Run(name, func(t *testing.T) {
			a := ouvrir(t)
			s := a.scelleur()
			a.exec(noterSQL, 20)
			a.sceller(s)
			a.ancrer(s)
			a.exec(`set be.reecrire_journal = 'oui'; ` + sql)
			if _, fautes := a.fautes(); (len(fautes) > 0) != (sql != "") {
				t.Errorf("found: %q", fautes)
			}
		})
	}
}

// The owner himself cannot rewrite without saying so, and the sealers only add.
func TestJournalImmuable(t *testing.T) {
	a := ouvrir(t)
	s := a.scelleur()
	a.exec(noterSQL, 3)
	a.sceller(s)
	a.ancrer(s)
	for _, table := range []string{"journal", "journal_maillon", "journal_ancre"} {
		for _, sql := range []string{`delete from ` + table, `truncate ` + table} {
			if _, err := a.owner.Exec(context.Background(), sql); err == nil || !strings.Contains(err.Error(), "only grows") {
				t.Errorf("%s: %v", sql, err)
			}
		}
		err := a.db.Connexion(context.Background(), func(tx territoire.Tx) error {
			_, err := tx.Exec(context.Background(), `delete from `+table)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "permission denied") {
			t.Errorf("those who seal may delete from %s: %v", table, err)
		}
	}
}

// AUD-6: what is no longer kept is closed, month by month, and the chain verifies from there on; who deletes the beginning
// without the key is found, and so is who changes what is left.
func TestClore(t *testing.T) {
	a := ouvrir(t)
	s, ctx := a.scelleur(), context.Background()
	const ancien = `insert into journal (le, compte_id, habilitation_id, role, acte, objet)
		select $1::timestamptz + i * interval '1 second', gen_random_uuid(), gen_random_uuid(), 'ia', 'consulter', 'eleve' from generate_series(1, 10) i`
	for _, le := range []string{"2025-09-30 12:00Z", "2025-10-31 12:00Z", "2025-11-01 12:00Z"} {
		a.exec(ancien, le)
		a.sceller(s)
		a.ancrer(s)
	}
	clore := func() (journal.Cloture, error) { return journal.Clore(ctx, a.owner, secret, a.file, s.Now()) }
	a.exec(`begin; set local be.reecrire_journal = 'oui'; update journal set acte = 'exporter' where id = 3; commit`)
	if _, err := clore(); err == nil {
		t.Fatal("a journal that was touched is closed")
	}
	a.exec(`begin; set local be.reecrire_journal = 'oui'; update journal set acte = 'consulter' where id = 3; commit`)
	c, err := clore()
	if err != nil || c.Lignes != 20 || c.Rang != 20 {
		t.Fatalf("%v: %d lines closed up to the link %d, want 20 up to 20", err, c.Lignes, c.Rang)
	}
	if c, err = clore(); err != nil || c.Lignes != 0 {
		t.Errorf("closed again: %v, %d lines", err, c.Lignes)
	}
	a.exec(noterSQL, 5)
	a.sceller(s)
	a.ancrer(s)
	if n, fautes := a.fautes(); n != 15 || len(fautes) > 0 {
		t.Errorf("after the closing: %d lines, %q", n, fautes)
	}
	other := a.scelleur() // a server that the closing was not made on
	other.Fichier = filepath.Join(t.TempDir(), "ailleurs.jsonl")
	a.ancrer(other)
	if text, err := os.ReadFile(other.Fichier); err != nil || strings.Count(string(text), `"cloture":true`) != 1 {
		t.Errorf("the closing is not copied: %v\n%s", err, text)
	}
	for name, sql := range map[string]string{
		"the beginning deleted without the key": `delete from journal where id < 26; delete from journal_maillon where rang < 26`,
		"a closing forged":                      `update journal_cloture set rang = 22`,
		"a line changed":                        `update journal set acte = 'exporter' where id = 27`,
	} {
		a.exec(`begin; set local be.reecrire_journal = 'oui'; ` + sql)
		if _, fautes := a.fautes(); len(fautes) == 0 {
			t.Errorf("%s is not found", name)
		}
		a.exec(`rollback`)
	}
	if _, fautes := a.fautes(); len(fautes) > 0 { // control
		t.Errorf("as it was: %q", fautes)
	}
}

// A journal whose every line is too old goes on after its closing.
func TestCloreTout(t *testing.T) {
	a := ouvrir(t)
	s := a.scelleur()
	a.exec(noterSQL, 5)
	a.sceller(s)
	a.ancrer(s)
	if c, err := journal.Clore(context.Background(), a.owner, secret, a.file, s.Now().AddDate(2, 0, 0)); err != nil || c.Lignes != 5 {
		t.Fatalf("%v: %d lines", err, c.Lignes)
	}
	a.exec(noterSQL, 5)
	a.sceller(a.scelleur())
	if n, fautes := a.fautes(); n != 5 || len(fautes) > 0 {
		t.Errorf("%d lines, %q", n, fautes)
	}
}
