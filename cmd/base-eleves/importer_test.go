package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestImporterAnnuaire(t *testing.T) {
	env := on(t)
	files, err := filepath.Glob("../../internal/domain/annuaire/testdata/*.csv")
	if err != nil || len(files) == 0 {
		t.Fatal("no directory to read")
	}
	file, err := filepath.Abs(files[0])
	if err != nil {
		t.Fatal(err)
	}
	count := func() (n int) {
		conn := connect(t, strings.TrimPrefix(env[0], "DATABASE_URL="))
		if err := conn.QueryRow(t.Context(), `select count(*) from ecole`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if out := output(t, env, "importer", "annuaire", file); !strings.Contains(out, "créés") || count() != 0 {
		t.Errorf("a dry run: %d schools, %s", count(), out)
	}
	if out := output(t, env, "importer", "annuaire", "--appliquer", file); count() == 0 {
		t.Errorf("applied: no school, %s", out)
	}
}
