package habilitation

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"slices"
	"strings"
	"testing"
)

// ecrire has the table of the rights written anew: go test ./internal/domain/habilitation -run TestDroitsEcrits -ecrire.
var ecrire = flag.Bool("ecrire", false, "write testdata/droits.csv anew")

const fichier = "testdata/droits.csv"

// noms are the names of the rights, in their order.
func noms(t *testing.T) (list []string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "droit.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		group, ok := d.(*ast.GenDecl)
		if !ok || group.Tok != token.CONST {
			continue
		}
		for _, spec := range group.Specs {
			list = append(list, spec.(*ast.ValueSpec).Names[0].Name)
		}
	}
	list = list[slices.Index(list, "Accueil"):]
	return list[:slices.Index(list, "fin")]
}

// ecrit is who holds each right, and who keeps it when a directeur delegates.
func ecrit(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	names := noms(t)
	for i, d := range Droits() {
		var who []string
		for _, r := range Roles {
			if (Agent{Role: r}).Can(d) {
				who = append(who, string(r))
			}
		}
		for _, k := range Delegations {
			if (Agent{Role: Directeur, Delegation: k}).Can(d) {
				who = append(who, "+"+string(k))
			}
		}
		b.WriteString(names[i] + ";" + strings.Join(who, " ") + "\n")
	}
	return b.String()
}

// ACL-2: the table of the rights is written beside the code, one line for each; whoever changes one changes the other, and
// the difference is read before it is accepted.
func TestDroitsEcrits(t *testing.T) {
	if *ecrire {
		if err := os.WriteFile(fichier, []byte(ecrit(t)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := os.ReadFile(fichier)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(kept), "\n")
	got := strings.Split(ecrit(t), "\n")
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("the code says %q, %s does not", line, fichier)
		}
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("%s says %q, the code does not", fichier, line)
		}
	}
}
