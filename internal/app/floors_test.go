package app_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// floors is the building from the ground up: a package imports only from the floors below its own, or from its own
// floor where that floor is not made of separate rooms.
var floors = [][]string{
	{"migrations", "web", "web/ui"},
	{"internal/postgres", "internal/pdf", "internal/browser", "internal/anonyme"},
	{"internal/tableau", "internal/papier", "internal/onde", "internal/siecle"},
	{"internal/territoire"},
	{"internal/domain"},
	{"internal/httpx"},
	{"internal/formulaire"},
	{"internal/pages"},
	{"internal/app"},
	{"internal/fixture", "internal/demo", "internal/bench", "internal/attaque", "internal/resilience", "internal/parcours", "internal/modele"},
	{"cmd"},
}

// rooms are the floors whose packages never open on each other.
var rooms = []string{"internal/pages"}

func floor(pkg string) int {
	return slices.IndexFunc(floors, func(prefixes []string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return pkg == p || strings.HasPrefix(pkg, p+"/") })
	})
}

func TestFloors(t *testing.T) {
	for _, fault := range faults(t, os.DirFS("../..")) {
		t.Error(fault)
	}
}

// The control: a building with a stair that goes up, and two rooms that open on each other, is refused.
func TestFloorsFindsFaults(t *testing.T) {
	file := func(imported string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("package x\nimport _ \"base-eleves/" + imported + "\"\n")}
	}
	bad := fstest.MapFS{
		"internal/domain/x/x.go":    file("internal/httpx"),
		"internal/pages/x/x.go":     file("internal/pages/y"),
		"internal/nowhere/x.go":     file("internal/domain/eleve"),
		"web/ui/x.go":               file("internal/domain/eleve"),
		"internal/pages/good/x.go":  file("internal/httpx"),
		"internal/domain/good/x.go": file("internal/domain/refusal"),
	}
	if got := faults(t, bad); len(got) != 4 {
		t.Errorf("found %d faults, want 4: %v", len(got), got)
	}
}

// It reads the files itself: a test that calls go list is wrongly cached.
func faults(t *testing.T, root fs.FS) []string {
	t.Helper()
	var found []string
	err := fs.WalkDir(root, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (name == "var" || name == "bin" || strings.HasPrefix(d.Name(), ".") && name != ".") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		src, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, src, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, spec := range f.Imports {
			own, ok := strings.CutPrefix(strings.Trim(spec.Path.Value, `"`), "base-eleves/")
			if ok && !allowed(path.Dir(name), own) {
				found = append(found, name+" must not import "+own)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func allowed(pkg, imported string) bool {
	here, there := floor(pkg), floor(imported)
	if here < 0 || there < 0 || there > here {
		return false
	}
	return here != there || !slices.Contains(rooms, floors[here][0])
}
