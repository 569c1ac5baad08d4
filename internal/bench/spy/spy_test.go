package spy_test

import (
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/bench/spy"
	"base-eleves/internal/postgres/postgrestest"
)

// open puts the spy before a base and connects through it.
func open(t *testing.T) (*spy.Spy, *pgx.Conn) {
	base := postgrestest.Clone(t)
	folder, err := os.MkdirTemp("", "spy-") // t.TempDir is too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	s, err := spy.Listen(folder, base)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	conn, err := pgx.Connect(t.Context(), s.URL(base))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(t.Context()) })
	return s, conn
}

func TestNote(t *testing.T) {
	s, conn := open(t)
	batch := func() error {
		b := &pgx.Batch{}
		b.Queue(`select $1::text`, "")
		b.Queue(`select $1::text is null`, nil)
		b.Queue(`select $1::int`, 7)
		return conn.SendBatch(t.Context(), b).Close()
	}
	if err := batch(); err != nil { // prepares: one more round trip
		t.Fatal(err)
	}
	page, err := s.Note(batch)
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Statements) != 3 || len(page.Trips) != 1 {
		t.Fatalf("%d statements in %d round trips, want 3 in 1", len(page.Statements), len(page.Trips))
	}
	for i, want := range []string{`select $1::text`, `select $1::text is null`, `select $1::int`} {
		if st := page.Statements[i]; st.SQL != want || st.Role != "be_proprietaire" || len(st.Args) != 1 {
			t.Errorf("statement %d: %+v", i, st)
		}
	}
	if empty, null := page.Statements[0].Args[0], page.Statements[1].Args[0]; empty == nil || null != nil {
		t.Errorf("the empty string is %v, null is %v", empty, null)
	}
}

// What is sent without values comes in one message, and waits once.
func TestNoteSeesTransactions(t *testing.T) {
	s, conn := open(t)
	page, err := s.Note(func() error {
		tx, err := conn.BeginTx(t.Context(), pgx.TxOptions{BeginQuery: "begin; select 'scope'"})
		if err != nil {
			return err
		}
		return tx.Commit(t.Context())
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, st := range page.Statements {
		got = append(got, st.SQL)
	}
	if want := []string{"begin", "select 'scope'", "commit"}; len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("got %q, want %q", got, want)
	}
	if len(page.Trips) != 2 {
		t.Errorf("%d round trips, want 2", len(page.Trips))
	}
}

// The work of a role that stands beside the pages is not the page's.
func TestNoteLeavesRolesOut(t *testing.T) {
	s, conn := open(t)
	work := func() error { _, err := conn.Exec(t.Context(), `select 1`); return err }
	for _, tt := range []struct {
		except string
		want   int
	}{{"be_registre", 1}, {"be_proprietaire", 0}} {
		page, err := s.Note(work, tt.except)
		if err != nil || len(page.Statements) != tt.want || len(page.Trips) != tt.want {
			t.Errorf("without %s: %+v, %v", tt.except, page, err)
		}
	}
}
