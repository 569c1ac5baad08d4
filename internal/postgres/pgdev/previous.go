package pgdev

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// forgetPrevious settles what an earlier server left when it was not stopped properly. It may still be
// stopping, its keeper killed: wait. Or its number now belongs to another program of the same user,
// after a reboot: PostgreSQL would take that one for a server and refuse to start.
func forgetPrevious(data, sockets string) error {
	pidFile := filepath.Join(data, "postmaster.pid")
	for deadline := time.Now().Add(patience); ; {
		pid, alive := livingProcess(pidFile)
		if !alive {
			return nil
		}
		if !serves(pid, data) {
			os.Remove(filepath.Join(sockets, ".s.PGSQL."+port+".lock"))
			return os.Remove(pidFile)
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("an earlier server (process %d) still runs on %s", pid, data)
		}
		syscall.Kill(pid, syscall.SIGINT)
		time.Sleep(20 * time.Millisecond)
	}
}

// livingProcess reads the first line of postmaster.pid; pid is 0 when that process is no more.
func livingProcess(pidFile string) (pid int, alive bool) {
	content, err := os.ReadFile(pidFile)
	if err != nil {
		return 0, false
	}
	first, _, _ := bytes.Cut(content, []byte("\n"))
	pid, err = strconv.Atoi(string(first))
	if err != nil || syscall.Kill(pid, 0) != nil {
		return 0, false
	}
	return pid, true
}

// serves says whether a process was started by a keeper on these data.
func serves(pid int, data string) bool {
	return bytes.Contains(commandLine(pid), []byte(data))
}
