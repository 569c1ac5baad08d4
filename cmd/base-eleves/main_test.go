package main

import (
	"bytes"
	"encoding/base64"
	"os"
	"os/exec"
	"strings"
	"testing"

	"base-eleves/internal/postgres/postgrestest"
)

// asCommand turns the test's own program into the command, so that what is tested is a process with its environment.
const asCommand = "BASE_ELEVES_ESSAI_COMMANDE"

func TestMain(m *testing.M) {
	if os.Getenv(asCommand) != "" {
		main()
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var secret = base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32))

// command is the program with an environment of its own, in an empty folder.
func command(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, args...)
	cmd.Env = append([]string{asCommand + "=1", "PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME")}, env...)
	cmd.Dir = t.TempDir()
	return cmd
}

// on is the environment of a base of the test's own.
func on(t *testing.T) []string {
	t.Helper()
	return []string{"DATABASE_URL=" + postgrestest.Clone(t), "BASE_ELEVES_SECRET=" + secret}
}

// output runs a command that must succeed.
func output(t *testing.T, env []string, args ...string) string {
	t.Helper()
	cmd := command(t, env, args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %v\n%s", args, err, &stderr)
	}
	return string(out)
}

func TestMigrateAndVersion(t *testing.T) {
	env := on(t)
	if out := output(t, env, "migrate"); !strings.HasPrefix(out, "schéma : version ") {
		t.Errorf("migrate: %q", out)
	}
	if out := output(t, nil, "version"); !strings.HasPrefix(out, "base-eleves ") {
		t.Errorf("version: %q", out)
	}
	if out := output(t, nil, "--help"); !strings.Contains(out, "COMMANDES") || strings.Contains(out, "show help") {
		t.Errorf("help: %s", out)
	}
}
