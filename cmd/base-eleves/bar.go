package main

import (
	"fmt"
	"os"
	"strings"
	"time"
)

// bar is one line of standard error that tells how far a long work is. Where nobody watches, in a file, it is silent.
type bar struct {
	start, shown time.Time
	watched      bool
}

func newBar() *bar {
	info, err := os.Stderr.Stat()
	return &bar{start: time.Now(), watched: err == nil && info.Mode()&os.ModeCharDevice != 0}
}

// Width of the bar, and how often it moves.
const (
	barWidth = 30
	barEvery = 200 * time.Millisecond
)

func (b *bar) show(what string, done, total int) {
	now := time.Now()
	if !b.watched || total == 0 || done < total && now.Sub(b.shown) < barEvery {
		return
	}
	b.shown = now
	full := barWidth * done / total
	fmt.Fprintf(os.Stderr, "\r\x1b[K%s%s %3d %% %s, %s", strings.Repeat("█", full), strings.Repeat("·", barWidth-full),
		100*done/total, what, b.elapsed())
}

func (b *bar) end() {
	if b.watched {
		fmt.Fprint(os.Stderr, "\r\x1b[K")
	}
}

func (b *bar) elapsed() time.Duration {
	elapsed := time.Since(b.start)
	if elapsed < time.Minute {
		return elapsed.Round(10 * time.Millisecond)
	}
	return elapsed.Round(time.Second)
}
