package pgdev

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

const holderEnv = "PGDEV_TEST_HOLDER"

// TestMain lets this program be started again as another user of a server.
func TestMain(m *testing.M) {
	if dir := os.Getenv(holderEnv); dir != "" {
		hold(dir)
		return
	}
	code := m.Run()
	os.RemoveAll(pristine)
	os.Exit(code)
}

// pristine holds data that are made once and copied, for tests that are not about making them.
var pristine string

var makePristine = sync.OnceValue(func() (err error) {
	pristine, err = os.MkdirTemp("/tmp", "pgdev-test-")
	if err != nil {
		return err
	}
	s, err := Open(context.Background(), pristine, func(string) {})
	if err != nil {
		return err
	}
	return s.Close()
})

// madeDir is tempDir with data in it.
func madeDir(t testing.TB) string {
	t.Helper()
	if err := makePristine(); err != nil {
		t.Fatal(err)
	}
	dir := tempDir(t)
	if out, err := exec.Command("cp", "-a", filepath.Join(pristine, "data"), dir).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return dir
}

// hold opens the server, says so, and keeps it until its input ends.
func hold(dir string) {
	s, err := Open(context.Background(), dir, func(string) {})
	if err == nil {
		err = s.EnsureDatabase(context.Background(), "demo")
	}
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("open")
	io.Copy(io.Discard, os.Stdin)
	s.Close()
}

// holder is another process that uses a server.
type holder struct {
	cmd   *exec.Cmd
	stdin io.Closer
}

// startHolder starts another user of the server of dir and waits until it has it.
func startHolder(t testing.TB, program, dir string, as account) *holder {
	t.Helper()
	cmd := as.become(exec.Command(program))
	cmd.Env = append(os.Environ(), holderEnv+"="+dir)
	if as.Other {
		cmd.Env = append(cmd.Env, "HOME="+filepath.Dir(dir)) // for npm, should it have to install PostgreSQL
	}
	cmd.Dir = "/"
	stdin, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	h := &holder{cmd, stdin}
	t.Cleanup(h.leave)
	if line, _ := bufio.NewReader(stdout).ReadString('\n'); strings.TrimSpace(line) != "open" {
		t.Fatalf("the other process: %s", line)
	}
	return h
}

func (h *holder) leave() {
	h.stdin.Close()
	h.cmd.Wait()
}

func (h *holder) kill() {
	h.cmd.Process.Kill()
	h.cmd.Wait()
}

func TestProcessesShareOneServer(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	first := startHolder(t, os.Args[0], dir, account{})
	before := serverPID(dir)
	s := open(t, dir)
	conn := connect(t, s.URL("demo"))
	first.kill()
	if got := text(t, conn, `select 'alive'`); got != "alive" {
		t.Error("the server died with the process that had started it")
	}
	if after := serverPID(dir); after != before {
		t.Errorf("server %d, want the one that ran, %d", after, before)
	}
}

func TestManyStartAtOnce(t *testing.T) {
	t.Parallel()
	dir := tempDir(t)
	var all sync.WaitGroup
	pids := make([]int, 4)
	for i := range pids {
		all.Go(func() {
			s, err := Open(t.Context(), dir, func(string) {})
			if err != nil {
				t.Error(err)
				return
			}
			pids[i] = serverPID(dir)
			t.Cleanup(func() { s.Close() })
		})
	}
	all.Wait()
	for _, pid := range pids {
		if pid == 0 || pid != pids[0] {
			t.Errorf("servers %v, want one", pids)
		}
	}
}

func TestKilledUserLeavesNoServer(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	user := startHolder(t, os.Args[0], dir, account{})
	write(t, dir)
	user.kill()
	waitFor(t, "the server to stop", func() bool { return !running(dir) })
	checkWritten(t, dir)
}

func TestKilledServerComesBack(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	startHolder(t, os.Args[0], dir, account{})
	write(t, dir)
	before := serverPID(dir)
	syscall.Kill(before, syscall.SIGKILL)
	waitFor(t, "another server", func() bool {
		pid := serverPID(dir)
		return pid != 0 && pid != before
	})
	checkWritten(t, dir)
}

// TestOrdinaryAccount runs as nobody when the tests run as root, and otherwise as who runs them.
func TestOrdinaryAccount(t *testing.T) {
	t.Parallel()
	dir, program, as := tempDir(t), os.Args[0], account{}
	t.Cleanup(func() { waitForKeeper(t, filepath.Join(dir, "pg")) })
	if os.Geteuid() == 0 {
		as = account{UID: 65534, GID: 65534, Other: true}
		program = copyFor(t, as, dir)
	}
	startHolder(t, program, filepath.Join(dir, "pg"), as)
	pid := serverPID(filepath.Join(dir, "pg"))
	info, err := os.Stat(filepath.Join(dir, "pg", "data"))
	if err != nil {
		t.Fatal(err)
	}
	want := uint32(os.Geteuid())
	if as.Other {
		want = as.UID
	}
	if got := info.Sys().(*syscall.Stat_t).Uid; got != want {
		t.Errorf("data of account %d, server %d; want account %d", got, pid, want)
	}
}

// copyFor puts this program where another account can run it; `go test` builds it in a closed folder.
func copyFor(t testing.TB, a account, dir string) string {
	t.Helper()
	content, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, "pgdev.test")
	if err := os.WriteFile(program, content, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chown(dir, int(a.UID), int(a.GID)); err != nil {
		t.Fatal(err)
	}
	return program
}

func write(t testing.TB, dir string) {
	t.Helper()
	s := joined(t, dir)
	defer s.Close()
	conn := connect(t, s.URL("demo"))
	defer conn.Close(t.Context())
	if _, err := conn.Exec(t.Context(), `create table temoin as select 42 as valeur`); err != nil {
		t.Fatal(err)
	}
}

func checkWritten(t testing.TB, dir string) {
	t.Helper()
	conn := connect(t, open(t, dir).URL("demo"))
	if got := text(t, conn, `select valeur from temoin`); got != "42" {
		t.Errorf("read %s, want the 42 that was acknowledged", got)
	}
}

func joined(t testing.TB, dir string) *Server {
	t.Helper()
	s, err := Open(t.Context(), dir, func(string) {})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func running(dir string) bool {
	_, err := os.Stat(filepath.Join(dir, "data", "postmaster.pid"))
	return err == nil
}

// serverPID is 0 while there is no server that lives.
func serverPID(dir string) int {
	pid, _ := livingProcess(filepath.Join(dir, "data", "postmaster.pid"))
	return pid
}
