package pgdev

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

func TestOwnerIsNoSuperuserAndNoPortIsOpen(t *testing.T) {
	t.Parallel()
	s := open(t, madeDir(t))
	if err := s.EnsureDatabase(t.Context(), "demo"); err != nil {
		t.Fatal(err)
	}
	if err := s.EnsureDatabase(t.Context(), "demo"); err != nil {
		t.Errorf("a second EnsureDatabase: %v", err)
	}
	owner := connect(t, s.URL("demo"))
	for _, tt := range []struct{ sql, want string }{
		{`select current_user`, Owner},
		{`select rolsuper or rolbypassrls from pg_roles where rolname = current_user`, "false"},
		{`select pg_get_userbyid(datdba) from pg_database where datname = current_database()`, Owner},
		{`select setting from pg_settings where name = 'listen_addresses'`, ""},
		{`select setting from pg_settings where name = 'fsync'`, "on"},
		{`select setting from pg_settings where name = 'synchronous_commit'`, "on"},
		{`select lower('ÉŒŁЖ')`, "éœłж"},
	} {
		if got := text(t, owner, tt.sql); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.sql, got, tt.want)
		}
	}
	for _, extension := range []string{"unaccent", "pg_trgm", "btree_gist"} {
		if _, err := owner.Exec(t.Context(), "create extension "+extension); err != nil {
			t.Errorf("the owner cannot create %s: %v", extension, err)
		}
	}
}

func TestOnlyServerAccountEntersSockets(t *testing.T) {
	t.Parallel()
	s := open(t, madeDir(t))
	info, err := os.Stat(s.place.sockets)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o700 {
		t.Errorf("%s is %v, want 0700: who enters may log in as anybody", s.place.sockets, info.Mode())
	}
	if socket := filepath.Join(s.place.sockets, ".s.PGSQL."+port); len(socket) > 107 {
		t.Errorf("%s has %d bytes, the system takes 107", socket, len(socket))
	}
}

func TestSettingsFromTheEnvironment(t *testing.T) {
	t.Setenv(settingsEnv, "shared_buffers=64MB work_mem=5MB")
	s := open(t, madeDir(t))
	c := connect(t, s.AdminURL("postgres"))
	if got := text(t, c, `select current_setting('shared_buffers') || ' ' || current_setting('work_mem')`); got != "64MB 5MB" {
		t.Errorf("settings %s, want 64MB 5MB", got)
	}
}

func TestCloseWaitsForTheServerToStop(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	first, second := open(t, dir), open(t, dir)
	if err := first.Close(); err != nil || !running(dir) {
		t.Errorf("the first of two left: %v, server running %v; want it running", err, running(dir))
	}
	if err := second.Close(); err != nil || running(dir) {
		t.Errorf("the last has left: %v, server running %v; want it stopped", err, running(dir))
	}
}

func TestAnInterruptedCreationIsMadeAgain(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	if err := os.MkdirAll(filepath.Join(dir, "data.new", "base"), 0o700); err != nil {
		t.Fatal(err)
	}
	open(t, dir)
}

func TestBrokenData(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	s := open(t, dir)
	s.Close()
	control := s.place.file("data/global/pg_control")
	if err := os.Truncate(control, 0); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), dir, func(string) {})
	if err == nil || !strings.Contains(err.Error(), "pg_control") {
		t.Errorf("broken data: %v, want the end of PostgreSQL's log", err)
	}
	open(t, dir, Disposable())
}

func TestDataElsewhereWhenTheFolderIsClosed(t *testing.T) {
	t.Parallel()
	closed := tempDir(t)
	mode := os.FileMode(0o500) // we cannot write
	if os.Geteuid() == 0 {
		mode = 0o700 // PostgreSQL's account cannot enter, as in /root
	}
	if err := os.Chmod(closed, mode); err != nil {
		t.Fatal(err)
	}
	s := open(t, filepath.Join(closed, "var", "pg"))
	t.Cleanup(func() {
		s.Close()
		os.RemoveAll(s.Dir())
	})
	if !strings.HasPrefix(s.Dir(), "/var/tmp/") {
		t.Errorf("data in %s, want /var/tmp", s.Dir())
	}
}

func TestNoPostgreSQL(t *testing.T) {
	t.Parallel()
	nothing := func(c *config) {
		c.find = func(ctx context.Context, p place, _ func(string)) (string, error) { return p.search(ctx) }
	}
	_, err := Open(t.Context(), tempDir(t), func(string) {}, nothing)
	if err == nil || !strings.Contains(err.Error(), "apt-get install postgresql") || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v, want one sentence that says what to install", err)
	}
}

func BenchmarkSecondStart(b *testing.B) {
	dir := tempDir(b)
	open(b, dir).Close()
	for b.Loop() {
		open(b, dir).Close()
	}
}

// open opens a server until the end of the test.
func open(t testing.TB, dir string, options ...Option) *Server {
	t.Helper()
	s, err := Open(t.Context(), dir, func(line string) { t.Log(line) }, options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func waitForKeeper(t testing.TB, home string) {
	t.Helper()
	waitFor(t, "the keeper to leave "+home, func() bool {
		free, err := isFree(filepath.Join(home, "gardien.lock"), exclusive)
		return free || err != nil
	})
}

// tempDir is t.TempDir that another account may enter and that goes away after its server.
func tempDir(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "pgdev-test-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		os.Chmod(dir, 0o755)
		waitForKeeper(t, dir)
		os.RemoveAll(dir)
	})
	return dir
}

func connect(t testing.TB, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

func text(t testing.TB, conn *pgx.Conn, sql string) (value string) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), `select v::text from (`+sql+`) q(v)`).Scan(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

// waitFor gives a machine that may be busy all the time it needs.
func waitFor(t testing.TB, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !done(); time.Sleep(tick) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
}
