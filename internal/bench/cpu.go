package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"
)

// cost is the processor time that something took, by whom it was spent. On a machine that works for others too, it is
// a steadier measure than the clock.
type cost struct{ server, base, client time.Duration }

func (c cost) total() time.Duration { return c.server + c.base + c.client }

func (c cost) plus(d cost) cost {
	return cost{c.server + d.server, c.base + d.base, c.client + d.client}
}

func (c cost) minus(d cost) cost {
	return cost{c.server - d.server, c.base - d.base, c.client - d.client}
}

// spent is what has been used up to now by a program, by PostgreSQL and by ourselves.
func (w *world) spent(c *child) cost {
	var self syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &self) // fails on an unknown "who" alone
	return cost{
		server: c.cpu(), base: w.postmaster.cpu(),
		client: time.Duration(self.Utime.Nano() + self.Stime.Nano()),
	}
}

// postmaster is the process that owns those of the connections.
type postmaster int

// findPostmaster finds it by the parent of our own connection's process; 0 on a system without /proc.
func findPostmaster(ctx context.Context, conn *pgx.Conn) (postmaster, error) {
	var pid int
	if err := conn.QueryRow(ctx, `select pg_backend_pid()`).Scan(&pid); err != nil {
		return 0, err
	}
	return postmaster(processTimes(pid).parent), nil
}

// cpu adds the connections that are open to those that have ended.
func (p postmaster) cpu() time.Duration {
	if p == 0 {
		return 0
	}
	own := processTimes(int(p))
	sum := own.own + own.children
	all, _ := filepath.Glob("/proc/[0-9]*")
	for _, name := range all {
		pid, _ := strconv.Atoi(filepath.Base(name))
		if t := processTimes(pid); t.parent == int(p) {
			sum += t.own
		}
	}
	return sum
}

// times are those of a process.
type times struct {
	parent        int
	own, children time.Duration // of children: those that have ended
}

// tick is the unit of the times of /proc, the same on every Linux.
const tick = 10 * time.Millisecond

// processTimes reads proc(5); all is zero for a process that has gone.
func processTimes(pid int) (t times) {
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return t
	}
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	n := func(i int) int { v, _ := strconv.Atoi(fields[i]); return v }
	t.parent = n(1)
	t.own = time.Duration(n(11)+n(12)) * tick
	t.children = time.Duration(n(13)+n(14)) * tick
	return t
}
