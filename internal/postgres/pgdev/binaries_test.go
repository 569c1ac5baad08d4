package pgdev

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSearch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		sources [][]int // major versions that each source has
		data    int     // major version of the data that exist
		want    int
		err     string
	}{
		{"the newest of a source", [][]int{{15, 17, 16}}, 0, 17, ""},
		{"the first source that has one", [][]int{{}, {15}, {18}}, 0, 15, ""},
		{"too old is as good as none", [][]int{{13, 14}, {16}}, 0, 16, ""},
		{"data are read by the version that made them", [][]int{{15, 17}}, 15, 15, ""},
		{"even from a later source", [][]int{{15}, {18}}, 18, 18, ""},
		{"data of a version that is gone", [][]int{{17}}, 15, 0, "PostgreSQL 15, qui n’est plus installé"},
		{"nothing", [][]int{{}, {}}, 0, 0, "aucun PostgreSQL"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := place{home: tempDir(t)}
			if tt.data != 0 {
				writeFile(t, p.file("data/PG_VERSION"), fmt.Sprintln(tt.data), 0o600)
			}
			bin, err := p.search(context.Background(), fakes(t, tt.sources)...)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Errorf("error %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil || filepath.Base(bin) != fmt.Sprint(tt.want) {
				t.Errorf("found %q, %v; want %d", bin, err, tt.want)
			}
		})
	}
}

// fakes makes folders with programs that only tell a version.
func fakes(t *testing.T, majors [][]int) (sources []source) {
	for _, of := range majors {
		var folders []string
		for _, major := range of {
			bin := filepath.Join(tempDir(t), fmt.Sprint(major))
			writeFile(t, filepath.Join(bin, "initdb"), "", 0o755)
			writeFile(t, filepath.Join(bin, "postgres"), fmt.Sprintf("#!/bin/sh\necho 'postgres (PostgreSQL) %d.4 (x)'\n", major), 0o755)
			folders = append(folders, bin)
		}
		sources = append(sources, func() []string { return folders })
	}
	return sources
}

func writeFile(t *testing.T, name, content string, mode os.FileMode) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(content), mode); err != nil {
		t.Fatal(err)
	}
}
