package main

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// child is the program at work in a process of its own.
type child struct {
	cmd     *exec.Cmd
	address string
}

// serve starts the program on a base, as an installation would: by its environment.
func serve(ctx context.Context, program, base, secret string) (*child, error) {
	cmd := exec.CommandContext(ctx, program, "serve", "--adresse", "127.0.0.1:0")
	cmd.Env = append(os.Environ(), "DATABASE_URL="+base, "BASE_ELEVES_SECRET="+secret)
	cmd.Stderr = complaints{}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", program, err)
	}
	c := &child{cmd: cmd}
	lines := bufio.NewReader(out)
	line, err := lines.ReadString('\n')
	if err != nil {
		c.stop()
		return nil, fmt.Errorf("%s did not start: %w", program, err)
	}
	go func() { _, _ = io.Copy(io.Discard, lines) }()
	u, err := url.Parse(strings.TrimSpace(line[strings.Index(line, "http"):]))
	if err != nil {
		c.stop()
		return nil, fmt.Errorf("%s says no address: %q", program, line)
	}
	c.address = u.Host
	return c, nil
}

// complaints lets through what the program says on its standard error, but neither its news nor its warnings.
type complaints struct{}

func (complaints) Write(p []byte) (int, error) {
	if !bytes.Contains(p, []byte("level=INFO")) && !bytes.Contains(p, []byte("level=WARN")) {
		_, _ = os.Stderr.Write(p)
	}
	return len(p), nil
}

// stop asks the program to end and waits for it.
func (c *child) stop() {
	if c == nil || c.cmd.Process == nil {
		return
	}
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	_ = c.cmd.Wait()
}

// cpu is the processor time the program has used; 0 where the system does not tell.
func (c *child) cpu() time.Duration { return processTimes(c.cmd.Process.Pid).own }

// memory is the proportional set size of the program in bytes: its share of what it maps.
func (c *child) memory() int64 {
	f, err := os.Open(fmt.Sprintf("/proc/%d/smaps_rollup", c.cmd.Process.Pid))
	if err != nil {
		return 0
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if name, value, _ := strings.Cut(lines.Text(), ":"); name == "Pss" {
			kb, _ := strconv.ParseInt(strings.Fields(value)[0], 10, 64)
			return kb << 10
		}
	}
	return 0
}
