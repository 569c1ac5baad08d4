package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// fuzzers finds the targets in a source.
var fuzzers = regexp.MustCompile(`(?m)^func (Fuzz\w+)\(`)

// fuzzing tries every decoder of what comes from outside (security.md WEB-6).
func (a attack) fuzzing(ctx context.Context) error {
	if err := a.faulty(ctx); err != nil {
		return err
	}
	n := 0
	err := filepath.WalkDir("internal", func(path string, _ os.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range fuzzers.FindAllSubmatch(source, -1) {
			n++
			if out, err := a.fuzzOne(ctx, ".", "./"+filepath.Dir(path), string(m[1])); err != nil {
				return fmt.Errorf("%s %s: %w\n%s", path, m[1], err, out)
			}
		}
		return nil
	})
	if err == nil {
		a.tell("go test -fuzz: the fault made for it is found; %d decoders, %s each, none", n, a.fuzz)
	}
	return err
}

func (a attack) fuzzOne(ctx context.Context, folder, pkg, target string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-run=^$", "-fuzz=^"+target+"$", "-fuzztime="+a.fuzz.String(), "-parallel=2", pkg)
	cmd.Dir = folder
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// faultySource is a decoder that fails on a letter after a semicolon.
const faultySource = `package faulty

import "testing"

func FuzzFaulty(f *testing.F) {
	f.Add("nom;prenom")
	f.Fuzz(func(t *testing.T, s string) {
		for i := 1; i < len(s); i++ {
			if s[i-1] == ';' && s[i] == 'Z' {
				t.Fatal("found")
			}
		}
	})
}
`

// faulty has the fuzzer find a fault made for it.
func (a attack) faulty(ctx context.Context) error {
	folder := filepath.Join(a.folder, "faulty")
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for name, source := range map[string]string{"go.mod": "module faulty\n", "faulty_test.go": faultySource} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(source), 0o600); err != nil {
			return err
		}
	}
	if out, err := a.fuzzOne(ctx, folder, ".", "FuzzFaulty"); err == nil || !strings.Contains(out, "found") {
		return errors.New("the fuzzer does not find the fault made for it")
	}
	return nil
}
