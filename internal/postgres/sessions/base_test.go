package sessions

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres/postgrestest"
)

func fin(t *testing.T, dsn, par string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	if _, err := conn.Exec(t.Context(), `select terminer_sessions_de($1, $2)`, titulaire, par); err != nil {
		t.Fatal(err)
	}
}

// An account is stopped: each process refuses its sessions within a second, and says why (security.md AUT-16, SES-6).
func TestASessionEndedInTheBaseIsEndedInEveryProcess(t *testing.T) {
	dsn := postgrestest.Clone(t)
	one, first := process(t, dsn, true)
	two, second := process(t, dsn, true)
	open(t, one, "a")
	learn(t, one, first, "a")
	learn(t, two, second, "a")
	fin(t, dsn, "compte")
	for _, m := range []*Memory{one, two} {
		eventually(t, "the process says why the session ended", func() bool {
			data, found, err := m.Find("a")
			return err == nil && found && string(data) == "terminée : compte"
		})
	}
}

// A request that was under way when its session ended writes it down at its end, under the same token or a new one.
func TestAnEndedSessionIsNotWrittenBack(t *testing.T) {
	dsn := postgrestest.Clone(t)
	m, _ := process(t, dsn, true)
	write := func(token string) {
		t.Helper()
		if err := m.Commit(token, []byte("one session"), time.Now().Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	holds := func(token, want string) {
		t.Helper()
		if data, _, err := m.Find(token); err != nil || string(data) != want {
			t.Errorf("%s holds %q, want %q: %v", token, data, want, err)
		}
	}
	write("a")
	if err := m.Delete("a"); err != nil { // its holder goes on under a new token
		t.Fatal(err)
	}
	write("b")
	holds("b", "one session") // the control: what goes on is not ended
	write("a")
	holds("a", "")
	fin(t, dsn, "titulaire")
	write("b")
	holds("b", "terminée : titulaire")
	write("c")
	holds("c", "")
}
