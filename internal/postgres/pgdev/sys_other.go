//go:build !linux

package pgdev

import (
	"os"
	"os/exec"
	"strconv"
)

// dieWithUs does nothing where the system cannot: the next keeper stops the server that a killed one left.
func dieWithUs(*exec.Cmd) {}

func self() string {
	if name, err := os.Executable(); err == nil {
		return name
	}
	return os.Args[0]
}

func commandLine(pid int) []byte {
	line, err := exec.Command("ps", "-o", "command=", "-p", strconv.Itoa(pid)).Output()
	if err != nil {
		return nil
	}
	return line
}
