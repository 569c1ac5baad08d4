package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The rights code, and what has to be killed of its mutants (security.md WEB-12).
const (
	rights    = "internal/domain/habilitation"
	minKilled = 95 // per cent
)

var rightsRoles = []string{"Mairie", "Directeur", "IEN", "IA", "Service", "College", "Statistique"}

// mutation puts faults in the rights code, one at a time, and has its tests find them. The sources are not touched: the
// compiler reads the mutant in their place.
func (a attack) mutation(ctx context.Context) error {
	var all []mutant
	files := map[string]int{}
	for _, name := range []string{"droit.go", "delegation.go", "agent.go"} {
		source, err := os.ReadFile(filepath.Join(rights, name))
		if err != nil {
			return err
		}
		list, err := mutate(name, string(source), rightsRoles)
		if err != nil {
			return err
		}
		all, files[name] = append(all, list...), len(list)
	}
	if out, err := testWith(ctx, a.folder, "droit.go", ""); err != nil { // control: without a fault the tests pass
		return fmt.Errorf("the tests fail without a fault: %w\n%s", err, out)
	}
	killed, lame := 0, 0
	start := time.Now()
	for _, m := range all {
		name, _, _ := strings.Cut(m.fault, ":")
		out, err := testWith(ctx, a.folder, name, m.source)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case strings.Contains(out, "[build failed]"):
			lame++
		case err != nil:
			killed++
		default:
			a.tell("not found: %s", m.fault)
		}
	}
	tried := len(all) - lame
	a.tell("%d faults in the rights code (%v), %d found, %d do not compile, %.0f s", tried, files, killed, lame, time.Since(start).Seconds())
	if killed*100 < tried*minKilled || tried < 100 {
		return fmt.Errorf("under %d %%", minKilled)
	}
	return nil
}

// testWith runs the tests of the rights with another source for one file; "" for none.
func testWith(ctx context.Context, folder, name, source string) (string, error) {
	args := []string{"test", "-count=1", "-vet=off", "./" + rights}
	if source != "" {
		file := filepath.Join(folder, "mutant.go")
		if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
			return "", err
		}
		original, err := filepath.Abs(filepath.Join(rights, name))
		if err != nil {
			return "", err
		}
		overlay, err := json.Marshal(map[string]map[string]string{"Replace": {original: file}})
		if err != nil {
			return "", err
		}
		replaced := filepath.Join(folder, "overlay.json")
		if err := os.WriteFile(replaced, overlay, 0o600); err != nil {
			return "", err
		}
		args = append(args, "-overlay="+replaced)
	}
	out, err := exec.CommandContext(ctx, "go", args...).CombinedOutput()
	return string(out), err
}
