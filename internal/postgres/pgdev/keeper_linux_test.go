package pgdev

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"testing"
)

// TestKilledKeeper kills the process that owns the server: the kernel stops the server, and who opens next
// starts both again although the first user still holds on.
func TestKilledKeeper(t *testing.T) {
	t.Parallel()
	dir := madeDir(t)
	startHolder(t, os.Args[0], dir, account{})
	write(t, dir)
	syscall.Kill(parent(t, serverPID(dir)), syscall.SIGKILL)
	waitFor(t, "the server to stop", func() bool { return !running(dir) })
	checkWritten(t, dir)
}

func TestServerDoesNotHoldTheKeepersLock(t *testing.T) {
	t.Parallel()
	s := open(t, madeDir(t))
	pid := serverPID(s.place.home)
	files, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		target, _ := os.Readlink(fmt.Sprintf("/proc/%d/fd/%s", pid, f.Name()))
		if strings.HasSuffix(target, ".lock") {
			t.Errorf("PostgreSQL inherited %s", target)
		}
	}
}

// parent reads the fourth field of /proc/PID/stat; the second, the name, may hold spaces but ends with ')'.
func parent(t testing.TB, pid int) (ppid int) {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	if _, err := fmt.Sscanf(rest, "%1s %d", new(string), &ppid); err != nil {
		t.Fatal(err)
	}
	return ppid
}
