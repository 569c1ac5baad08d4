package resilience_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres"
	"base-eleves/internal/postgres/pgdev"
)

// server is a PostgreSQL of these tests alone, durable as a real one, which they may kill: its keeper starts it again.
var server *pgdev.Server

func TestMain(m *testing.M) {
	code, err := runWithServer(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

func runWithServer(m *testing.M) (code int, err error) {
	dir, err := os.MkdirTemp("", "base-eleves-resilience-")
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(dir)
	server, err = pgdev.Open(context.Background(), dir, func(string) {})
	if err != nil {
		return 1, err
	}
	defer os.RemoveAll(server.Dir())
	defer server.Close()
	return m.Run(), nil
}

// newBase is the owner's connection string of a migrated base of the test's own, with these settings of PostgreSQL.
func newBase(t *testing.T, settings ...string) (dsn string) {
	t.Helper()
	name := "essai_" + strings.ToLower(rand.Text())
	if err := server.EnsureDatabase(t.Context(), name); err != nil {
		t.Fatal(err)
	}
	if _, _, err := postgres.Migrate(t.Context(), server.URL(name)); err != nil {
		t.Fatal(err)
	}
	for _, setting := range settings {
		administer(t, `alter database `+name+` set `+setting)
	}
	t.Cleanup(func() { administer(t, `drop database `+name+` with (force)`) })
	return server.URL(name)
}

// administer runs a statement as superuser once the server answers, whatever the test has done to it.
func administer(t *testing.T, sql string) {
	t.Helper()
	conn := superuser(t)
	defer conn.Close(context.Background())
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		t.Error(err)
	}
}

// superuser connects as soon as the server answers. Only the limit of the whole test bounds the wait.
func superuser(t *testing.T) *pgx.Conn {
	t.Helper()
	for {
		conn, err := pgx.Connect(context.Background(), server.AdminURL("postgres"))
		if err == nil {
			return conn
		}
		time.Sleep(pause)
	}
}

// pause is how long one who was told to try again waits before he does.
const pause = 20 * time.Millisecond

// processes are those of the server, the postmaster first.
func processes(t *testing.T) []int {
	t.Helper()
	conn := superuser(t)
	defer conn.Close(context.Background())
	rows, err := conn.Query(context.Background(), `select pid from pg_stat_activity`)
	if err != nil {
		t.Fatal(err)
	}
	pids, err := pgx.CollectRows(rows, pgx.RowTo[int])
	if err != nil {
		t.Fatal(err)
	}
	return append([]int{postmaster(t)}, pids...)
}

func postmaster(t *testing.T) int {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(server.Dir(), "data", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := bytes.Cut(content, []byte("\n"))
	pid, err := strconv.Atoi(string(first))
	if err != nil {
		t.Fatal(err)
	}
	return pid
}

// kill ends the server as a power cut does: no process of it gets to run one more instruction.
func kill(t *testing.T) {
	t.Helper()
	for _, pid := range processes(t) {
		_ = syscall.Kill(pid, syscall.SIGKILL) // one may have ended meanwhile
	}
}

// killAndHold kills the server and keeps it from starting again until release.
func killAndHold(t *testing.T) (release func()) {
	t.Helper()
	keeper := parent(t, postmaster(t))
	if err := syscall.Kill(keeper, syscall.SIGSTOP); err != nil {
		t.Fatal(err)
	}
	release = func() { _ = syscall.Kill(keeper, syscall.SIGCONT) }
	t.Cleanup(release)
	kill(t)
	return release
}

// parent reads the fourth field of /proc/PID/stat, past the name, which may hold anything: proc(5).
func parent(t *testing.T, pid int) int {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	ppid, err := strconv.Atoi(fields[1])
	if err != nil {
		t.Fatal(err)
	}
	return ppid
}

// youth is the age under which the keeper takes a death for a failed start, of which it bears few.
const youth = 6 * time.Second

// age waits until the keeper trusts the server.
func age(t *testing.T) {
	t.Helper()
	conn := superuser(t)
	defer conn.Close(context.Background())
	_, err := conn.Exec(context.Background(),
		`select pg_sleep_until(pg_postmaster_start_time() + $1::interval)`, youth.String())
	if err != nil {
		t.Fatal(err)
	}
}
