package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

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

// server is a running serve.
type server struct {
	url string
	cmd *exec.Cmd
	log *bytes.Buffer
}

// serving starts serve and waits for the line that gives its address.
func serving(t *testing.T, cmd *exec.Cmd) server {
	t.Helper()
	s := server{cmd: cmd, log: &bytes.Buffer{}}
	cmd.Stderr = s.log
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		_ = cmd.Wait()
		t.Fatalf("no address: %v\n%s", err, s.log)
	}
	s.url = regexp.MustCompile(`http://\S+`).FindString(line)
	return s
}

// stop asks for a clean end and gets it.
func (s server) stop(t *testing.T) {
	t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := s.cmd.Wait(); err != nil {
		t.Errorf("the server did not end cleanly: %v\n%s", err, s.log)
	}
}

func get(t *testing.T, url string) (int, string) {
	t.Helper()
	resp, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

// freePort is an address that nobody listens to.
func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func TestServeADemonstration(t *testing.T) {
	env := on(t)
	metrics := freePort(t)
	s := serving(t, command(t, append(env, "METRIQUES="+metrics, "ADRESSE=http://127.0.0.1:0"), "serve", "--demo"))
	for path, want := range map[string]string{"/healthz": "ok\n", "/readyz": "ready\n", "/connexion": "mairie-tarbes"} {
		if code, body := get(t, s.url+path); code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%s: %d %.200s", path, code, body)
		}
	}
	if _, body := get(t, "http://"+metrics); !strings.Contains(body, `route="/connexion",status="200"`) || strings.Contains(body, "readyz?") {
		t.Errorf("metrics: %.500s", body)
	}
	checkComptes(t, output(t, env, "demo", "comptes"))
	if code := output(t, env, "demo", "code", "ia-65"); !regexp.MustCompile(`^[0-9]{6}\n$`).MatchString(code) {
		t.Errorf("code %q", code)
	}
	output(t, env, "demo", "reset") // under the feet of the server
	if code, _ := get(t, s.url+"/readyz"); code != http.StatusOK {
		t.Errorf("after a reset: %d", code)
	}
	s.stop(t)
}

func checkComptes(t *testing.T, csv string) {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(csv), "\n")
	if lines[0] != "role;identifiant;mot_de_passe;territoire" {
		t.Errorf("header %q", lines[0])
	}
	count := map[string]int{}
	for _, line := range lines[1:] {
		f := strings.Split(line, ";")
		if len(f) != 4 || len(f[2]) < 15 {
			t.Errorf("line %q", line)
		}
		count[f[0]]++
	}
	for _, role := range []string{"mairie", "directeur", "ien", "ia", "service", "college", "statistique"} {
		if count[role] < 2 {
			t.Errorf("%d accounts of %s", count[role], role)
		}
	}
}

// A base without an account waits for its first administrator.
func TestServeAnEmptyBase(t *testing.T) {
	env := on(t)
	s := serving(t, command(t, env, "serve", "--adresse", "127.0.0.1:0"))
	if _, body := get(t, s.url+"/connexion"); strings.Contains(body, "démonstration") {
		t.Error("the banner of a demonstration is shown")
	}
	if token := output(t, env, "amorce"); len(strings.TrimSpace(token)) < 20 {
		t.Errorf("token %q", token)
	}
	s.stop(t)
}

// Without DATABASE_URL the program has its own PostgreSQL and its own secret, and leaves nothing running.
func TestServeAlone(t *testing.T) {
	cmd := command(t, nil, "serve", "--demo", "--adresse", "127.0.0.1:0")
	s := serving(t, cmd)
	if code, _ := get(t, s.url+"/readyz"); code != http.StatusOK {
		t.Errorf("readyz %d", code)
	}
	info, err := os.Stat(filepath.Join(cmd.Dir, "var", "secret"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("secret: %v %v", info, err)
	}
	code := command(t, nil, "demo", "code", "ia-65")
	code.Dir = cmd.Dir
	if out, err := code.CombinedOutput(); err != nil || len(out) != 7 {
		t.Errorf("code beside the server: %q, %v", out, err)
	}
	s.stop(t)
	pid := filepath.Join(cmd.Dir, "var", "pg", "data", "postmaster.pid")
	for end := time.Now().Add(time.Minute); ; time.Sleep(50 * time.Millisecond) {
		if _, err := os.Stat(pid); err != nil {
			break
		}
		if time.Now().After(end) {
			t.Fatal("PostgreSQL is left running")
		}
	}
}

func TestRefusals(t *testing.T) {
	demo := on(t)
	output(t, demo, "demo", "reset")
	real := on(t)
	output(t, real, "amorce")
	makeReal(t, real[0])
	bare := []string{"DATABASE_URL=" + postgrestest.Server(t).URL("postgres"), "BASE_ELEVES_SECRET=" + secret}
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, tt := range []struct {
		name string
		env  []string
		args string
		code int
		says string
	}{
		{"une démonstration n’écoute pas au-dehors", demo, "serve --adresse 0.0.0.0:0", 1, "n’écoute que sur la machine"},
		{"ni sur toutes les adresses", demo, "serve --adresse :0", 1, "n’écoute que sur la machine"},
		{"ses mesures non plus", append(demo, "METRIQUES=0.0.0.0:0"), "serve --adresse 127.0.0.1:0", 1, "METRIQUES"},
		{"une adresse prise", demo, "serve --adresse " + taken.Addr().String(), 1, "écoute déjà"},
		{"un autre secret que celui des clés", []string{demo[0], "BASE_ELEVES_SECRET=" + base64.StdEncoding.EncodeToString(make([]byte, 32))},
			"serve --adresse 127.0.0.1:0", 1, "demo reset"},
		{"pas de secret", demo[:1], "serve --adresse 127.0.0.1:0", 1, "BASE_ELEVES_SECRET manque"},
		{"un secret trop court", append(demo, "BASE_ELEVES_SECRET=abcd"), "version", 1, "32 octets"},
		{"un schéma ancien", bare, "serve --adresse 127.0.0.1:0", 1, "base-eleves migrate"},
		{"une vraie base n’a pas de comptes de démonstration", real, "demo comptes", 1, "pas une base de démonstration"},
		{"ni de codes", real, "demo code ia-65", 1, "pas une base de démonstration"},
		{"elle ne se vide pas", real, "demo reset", 1, "rien n’a été touché"},
		{"elle ne se remplit pas", real, "demo generer --eleves 100", 1, "rien n’a été touché"},
		{"ni en servant", real, "serve --demo --adresse 127.0.0.1:0", 1, "rien n’a été touché"},
		{"un compte inconnu", demo, "demo code personne", 1, "aucun compte"},
		{"une base privée et DATABASE_URL", demo, "--base x demo comptes", 2, "--base"},
		{"un fichier absent", demo, "importer annuaire absent.csv", 1, "absent.csv"},
		{"pas d’identifiant", demo, "demo code", 2, "identifiant"},
		{"une commande inconnue", demo, "demo truc", 2, "« truc » n’existe pas"},
		{"une option inconnue", demo, "serve --truc", 2, "l’option -truc n’existe pas"},
		{"une option oubliée", demo, "demo generer", 2, "il manque --eleves"},
		{"un nombre qui n’en est pas un", demo, "demo generer --eleves mille", 2, "n’accepte pas"},
		{"un mot de trop", demo, "migrate maintenant", 2, "« maintenant » est de trop"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := command(t, tt.env, strings.Fields(tt.args)...)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			out, _ := cmd.Output()
			if cmd.ProcessState.ExitCode() != tt.code || !strings.Contains(stderr.String(), tt.says) || len(out) > 0 {
				t.Errorf("exit %d, %q and %q on standard output, want %d and %q", cmd.ProcessState.ExitCode(), &stderr, out, tt.code, tt.says)
			}
		})
	}
}

// makeReal puts a school in a base.
func makeReal(t *testing.T, url string) {
	t.Helper()
	conn := connect(t, strings.TrimPrefix(url, "DATABASE_URL="))
	_, err := conn.Exec(t.Context(), `insert into academie values ('16', 'Toulouse'); insert into departement values ('65', 'x', '16');
		insert into commune (insee, nom, departement_code) values ('65440', 'Tarbes', '65');
		insert into ecole (uai, nom, type, secteur, commune_insee, departement_code)
		values ('0650119B', 'x', 'primaire', 'public', '65440', '65')`)
	if err != nil {
		t.Fatal(err)
	}
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

func Example_address() {
	for _, typed := range []string{"127.0.0.1:8080", "http://127.0.0.1:9090/", ":0"} {
		fmt.Println(address(typed))
	}
	// Output:
	// 127.0.0.1:8080
	// 127.0.0.1:9090
	// :0
}
