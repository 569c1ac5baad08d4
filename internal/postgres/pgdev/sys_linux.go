package pgdev

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

// dieWithUs has the kernel ask the server for a fast shutdown when the keeper is killed.
func dieWithUs(cmd *exec.Cmd) {
	cmd.SysProcAttr.Pdeathsig = syscall.SIGINT
}

// self names this program even after `go build` has put another in its place, or `go test` has removed it.
func self() string { return "/proc/self/exe" }

func commandLine(pid int) []byte {
	line, err := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", pid))
	if err != nil {
		return nil
	}
	return line
}
