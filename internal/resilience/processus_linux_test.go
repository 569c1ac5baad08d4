package resilience_test

import (
	"bufio"
	"context"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres"
)

// TestServerKilledUnderWrites kills the service itself, as built for an installation, with the rights that an installation
// gives it. Whatever it acknowledged is there once, and its sessions outlive it.
func TestServerKilledUnderWrites(t *testing.T) {
	dsn := newBase(t)
	openYears(t, dsn)
	m := fixture.OnBase(t, dsn)
	m.Heure = time.Now() // the service has the real clock
	s := newService(t, dsn, m.Cookie("mairie"))
	r := registre{send: s.post, breakIt: s.kill, times: 4}
	for n := range 60 {
		p := prenom(n + 1)
		r.ecritures = append(r.ecritures, &ecriture{prenom: p, form: enfant(p, s.jeton(t), m.Heure)})
	}
	r.run(t)
	if b := r.verify(t, dsn); !b.clean() {
		t.Error(b)
	}
}

// openYears opens the school year of the real clock, whenever the test is run.
func openYears(t *testing.T, dsn string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	year := int(ecole.AnneeDe(time.Now()))
	if _, err := conn.Exec(t.Context(), `insert into annee_scolaire
		select y, make_date(y, 9, 1), make_date(y + 1, 8, 31) from generate_series($1::int - 1, $1 + 1) y
		where y not in (2025, 2026, 2027)`, year); err != nil { // those of the world
		t.Fatal(err)
	}
}

// service is base-eleves at work in a process of its own, started again each time it is killed.
type service struct {
	t       *testing.T
	binary  string
	env     []string
	session *http.Cookie
	client  *http.Client

	cmd     *exec.Cmd
	address atomic.Pointer[string]
}

func newService(t *testing.T, dsn string, session *http.Cookie) *service {
	t.Helper()
	s := &service{
		t: t, binary: build(t), session: session,
		env: []string{
			"DATABASE_URL=" + postgres.ForRole(dsn, "be_connexion"),
			"BASE_ELEVES_SECRET=" + base64.StdEncoding.EncodeToString(make([]byte, coffre.Taille)),
			"ADRESSE=127.0.0.1:0",
		},
		client: &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }},
	}
	s.start()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		_ = s.cmd.Wait()
	})
	return s
}

// build builds the program. Its own files are looked at, so that go test knows that the result depends on them.
func build(t *testing.T) (binary string) {
	t.Helper()
	sources, err := filepath.Glob("../../cmd/base-eleves/*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sources {
		if _, err := os.Stat(name); err != nil {
			t.Fatal(err)
		}
	}
	binary = filepath.Join(t.TempDir(), "base-eleves")
	if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "../../cmd/base-eleves").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return binary
}

// start starts the service and waits until it says where it answers.
func (s *service) start() {
	s.cmd = exec.CommandContext(context.Background(), s.binary, "serve")
	s.cmd.Env = s.env
	s.cmd.Dir = filepath.Dir(s.binary)
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err == nil {
		err = s.cmd.Start()
	}
	if err != nil {
		s.t.Error(err)
		return
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	at := strings.Index(line, "http://")
	if err != nil || at < 0 {
		s.t.Errorf("the service says %q, %v", line, err)
		return
	}
	address := strings.TrimSpace(line[at:])
	s.address.Store(&address)
}

// kill ends the service by kill -9 and starts it again, as systemd does.
func (s *service) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
	s.start()
}

// post sends a form. No answer at all is, to who sends it, one more way of not knowing.
func (s *service) post(form url.Values) fixture.Reponse {
	return s.do(http.MethodPost, strings.NewReader(form.Encode()))
}

func (s *service) do(method string, body io.Reader) fixture.Reponse {
	none := fixture.Reponse{Code: http.StatusServiceUnavailable}
	r, err := http.NewRequest(method, *s.address.Load()+pathNouvelle, body)
	if err != nil {
		return none
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(s.session)
	got, err := s.client.Do(r)
	if err != nil {
		return none
	}
	defer got.Body.Close()
	content, err := io.ReadAll(got.Body)
	if err != nil {
		return none
	}
	return fixture.Reponse{Code: got.StatusCode, Body: string(content), Header: got.Header}
}

// jeton is the token of a new form, as the service gives it.
func (s *service) jeton(t *testing.T) string {
	t.Helper()
	page := untilAnswered(func() fixture.Reponse { return s.do(http.MethodGet, nil) })
	if page.Code != http.StatusOK {
		t.Fatalf("the form of the search: %d %v", page.Code, page.Header)
	}
	return fields(t, page.Body, "/inscriptions/recherche").Get("jeton")
}
