package deploy_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// notForInstallations are variables of development and of tests, or of the machine itself.
var notForInstallations = []string{
	"BASE_ELEVES_GARDIEN_PG", "BASE_ELEVES_PG_REGLAGES", // pgdev, which serves where DATABASE_URL is not set
	"PATH",
}

// TestEveryVariableIsInTheExamples, and no other.
func TestEveryVariableIsInTheExamples(t *testing.T) {
	ofProgram := variablesRead(t, os.DirFS(".."))
	ofScripts := variablesOfScripts(read(t, "sauvegarder") + read(t, "restaurer"))
	if len(ofProgram) < 5 || len(ofScripts) < 4 {
		t.Fatalf("found only %v and %v: this test has gone blind", ofProgram, ofScripts)
	}
	ofProgram = append(ofProgram, "PGPASSFILE") // read by pgx, as by psql
	for name, want := range map[string][]string{"env.example": ofProgram, "proprietaire.env.example": ofScripts} {
		if got := variablesNamed(read(t, name)); !slices.Equal(got, sorted(want)) {
			t.Errorf("%s names %v, want %v", name, got, sorted(want))
		}
	}
}

// The control: a variable read in any of these ways is seen.
func TestVariablesReadFindsThem(t *testing.T) {
	src := `package x
const c = "C"
func readEnvironment(get func(string) string) { get("A"); os.Getenv("B"); os.LookupEnv(c); cli.EnvVars("D", "E"); other("F") }`
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", src, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := variablesIn(f, map[string]string{"c": "C"}); !slices.Equal(got, []string{"A", "B", "C", "D", "E"}) {
		t.Errorf("found %v", got)
	}
}

// variablesRead are the variables of the environment that the program reads, tests left out.
func variablesRead(t *testing.T, root fs.FS) (names []string) {
	t.Helper()
	var files []*ast.File
	constants := map[string]string{}
	for _, top := range []string{"cmd", "internal", "web"} {
		err := fs.WalkDir(root, top, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			src, err := fs.ReadFile(root, path)
			if err != nil {
				return err
			}
			f, err := parser.ParseFile(token.NewFileSet(), filepath.Base(path), src, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			files = append(files, f)
			maps.Copy(constants, constantsIn(f))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range files {
		names = append(names, variablesIn(f, constants)...)
	}
	return slices.DeleteFunc(sorted(names), func(n string) bool { return slices.Contains(notForInstallations, n) })
}

func constantsIn(f *ast.File) map[string]string {
	constants := map[string]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && len(spec.Names) == len(spec.Values) {
			for i, name := range spec.Names {
				if text := literal(spec.Values[i]); text != "" {
					constants[name.Name] = text
				}
			}
		}
		return true
	})
	return constants
}

// readers are the functions that read the environment; get is the one that readEnvironment is given.
var readers = []string{"os.Getenv", "os.LookupEnv", "cli.EnvVars", "get"}

func variablesIn(f *ast.File, constants map[string]string) (names []string) {
	ast.Inspect(f, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || !slices.Contains(readers, callee(call)) {
			return true
		}
		for _, arg := range call.Args {
			name := literal(arg)
			if id, ok := arg.(*ast.Ident); ok {
				name = constants[id.Name]
			}
			if name != "" && strings.ToUpper(name) == name {
				names = append(names, name)
			}
		}
		return true
	})
	return names
}

func callee(call *ast.CallExpr) string {
	switch fun := call.Fun.(type) {
	case *ast.Ident:
		return fun.Name
	case *ast.SelectorExpr:
		if pkg, ok := fun.X.(*ast.Ident); ok {
			return pkg.Name + "." + fun.Sel.Name
		}
	}
	return ""
}

func literal(e ast.Expr) string {
	if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
		text, _ := strconv.Unquote(lit.Value)
		return text
	}
	return ""
}

// variablesOfScripts are the ${NAME:-…} of the scripts: their own variables are in small letters.
func variablesOfScripts(src string) (names []string) {
	for _, m := range regexp.MustCompile(`\$\{?([A-Z][A-Z_]+)\b`).FindAllStringSubmatch(src, -1) {
		names = append(names, m[1])
	}
	return sorted(names)
}

// variablesNamed are the variables that a file of the environment sets, commented out or not.
func variablesNamed(src string) (names []string) {
	for _, m := range regexp.MustCompile(`(?m)^#?([A-Z][A-Z_]+)=`).FindAllStringSubmatch(src, -1) {
		names = append(names, m[1])
	}
	return sorted(names)
}

func sorted(names []string) []string { return slices.Compact(slices.Sorted(slices.Values(names))) }

// TestProxySaysTheAddress in the header that the application is told to trust, and logs no address of a page.
func TestProxyAgreesWithTheApplication(t *testing.T) {
	nginx, env := read(t, "nginx.conf"), read(t, "env.example")
	header := regexp.MustCompile(`(?m)^ENTETE_ADRESSE=(.+)$`).FindStringSubmatch(env)[1]
	address := regexp.MustCompile(`(?m)^ADRESSE=(.+)$`).FindStringSubmatch(env)[1]
	for _, want := range []string{"proxy_set_header " + header + " $remote_addr;", "server " + address + " "} {
		if !strings.Contains(nginx, want) {
			t.Errorf("nginx.conf lacks %q", want)
		}
	}
	format := regexp.MustCompile(`log_format .*`).FindString(nginx)
	for _, leak := range []string{"$request ", "$request_uri", "$uri", "$args", "$query_string", "$http_referer", "$remote_user"} {
		if format == "" || strings.Contains(format, leak) {
			t.Errorf("the access log would hold %s: %s", leak, format)
		}
	}
}
