// Command attaque has the tools of an attacker try the application: `make attaque` comes here. It serves a disposable base
// of demonstration on the loopback interface, and tries nothing else. Each tool first finds a hole that was made for it:
// a tool that finds nothing there proves nothing. Everything is bounded in time and in number.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"syscall"
	"time"
)

// attack is one run.
type attack struct {
	program string // to attack
	folder  string // of all that the run leaves, emptied at its end
	fuzz    time.Duration
}

func main() {
	a := attack{}
	flag.StringVar(&a.program, "program", "bin/base-eleves", "program to attack")
	flag.DurationVar(&a.fuzz, "fuzz", 20*time.Second, "how long each decoder is tried")
	only := flag.String("parts", "", "only the parts that match: mutation, fuzz, sql, chemins, lenteur")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := a.run(ctx, *only); err != nil {
		fmt.Fprintln(os.Stderr, "attaque:", err)
		os.Exit(1)
	}
}

// run does the parts that match, all of them even if one fails.
func (a attack) run(ctx context.Context, only string) error {
	chosen, err := regexp.Compile(only)
	if err != nil {
		return err
	}
	if a.program, err = filepath.Abs(a.program); err != nil {
		return err
	}
	if a.folder, err = os.MkdirTemp("", "attaque-"); err != nil {
		return err
	}
	defer os.RemoveAll(a.folder)
	failed := a.each(ctx, chosen, []part{{"mutation", 30 * time.Minute, a.mutation}, {"fuzz", 30 * time.Minute, a.fuzzing}})
	served := []part{{"sql", 25 * time.Minute, nil}, {"chemins", 5 * time.Minute, nil}, {"lenteur", 5 * time.Minute, nil}}
	if !slices.ContainsFunc(served, func(p part) bool { return chosen.MatchString(p.name) }) {
		return failed
	}
	s, stop, err := a.serve(ctx)
	if err != nil {
		return errors.Join(failed, err)
	}
	for i, do := range []func(context.Context, site) error{a.sql, a.chemins, a.lenteur} {
		served[i].do = func(ctx context.Context) error { return do(ctx, s) }
	}
	return errors.Join(failed, a.each(ctx, chosen, served), stop())
}

// part is one kind of attack.
type part struct {
	name  string
	limit time.Duration
	do    func(context.Context) error
}

// each does the parts that were chosen.
func (a attack) each(ctx context.Context, chosen *regexp.Regexp, parts []part) (failed error) {
	for _, p := range parts {
		if !chosen.MatchString(p.name) {
			continue
		}
		a.tell("## %s", p.name)
		ctx, cancel := context.WithTimeout(ctx, p.limit)
		if err := p.do(ctx); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s: %w", p.name, err))
		}
		cancel()
	}
	return failed
}

func (a attack) tell(format string, args ...any) { fmt.Printf(format+"\n", args...) }
