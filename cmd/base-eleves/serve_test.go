package main

import (
	"bufio"
	"bytes"
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
)

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

func Example_address() {
	for _, typed := range []string{"127.0.0.1:8080", "http://127.0.0.1:9090/", ":0"} {
		fmt.Println(address(typed))
	}
	// Output:
	// 127.0.0.1:8080
	// 127.0.0.1:9090
	// :0
}
