package sessions_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres/postgrestest"
)

var (
	terminer = regexp.MustCompile(`name="session" value="([^"]+)"`)
	lignes   = regexp.MustCompile(`(?s)<tr[^>]*>.*?</tr>`)
)

// open opens a session of the directeur as the log-in does, in a browser of its own.
func open(t *testing.T, m *fixture.Monde, browser string) *fixture.Monde {
	t.Helper()
	n := m.Ailleurs()
	r := httptest.NewRequest(http.MethodPost, "/connexion", nil)
	r.Header.Set("User-Agent", browser)
	ctx, err := n.Site.Sessions.Load(r.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Site.OpenFrom(r.WithContext(ctx), n.Agent("directeur")); err != nil {
		t.Fatal(err)
	}
	token, _, err := n.Site.Sessions.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	n.Reprendre("directeur", token)
	return n
}

const (
	firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
	mobile  = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0 Mobile Safari/537.36"
)

func inside(m *fixture.Monde) bool { return m.Get("directeur", "/eleves").Code == http.StatusOK }

// One sees where one is logged in, and ends what one left open: it is refused everywhere at once, and says why.
func TestOnesOwnSessions(t *testing.T) {
	m := fixture.OnBase(t, postgrestest.Clone(t))
	office, phone := open(t, m, firefox), open(t, m, mobile)
	page := office.Get("directeur", "/sessions").Body
	for _, want := range []string{"Firefox sur Windows", "Chrome sur Android", "Cette session", "192.0.2.1"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	id := terminer.FindAllStringSubmatch(page, -1)
	if len(id) != 1 {
		t.Fatalf("%d sessions to end, want the other one", len(id))
	}
	if !inside(phone) {
		t.Fatal("the telephone is not logged in: this test proves nothing")
	}
	office.Post("directeur", "/sessions/terminer", url.Values{"session": {id[0][1]}})
	r := phone.Get("directeur", "/eleves")
	if got := r.Header.Get("Location"); !strings.Contains(got, "raison=titulaire") {
		t.Errorf("%d, sent to %q, want to the log-in with the reason", r.Code, got)
	}
	if !inside(office) {
		t.Error("the session that asked has ended too")
	}
}

// Nobody ends the session of another, even with its name.
func TestAnothersSession(t *testing.T) {
	m := fixture.OnBase(t, postgrestest.Clone(t))
	office, phone := open(t, m, firefox), open(t, m, mobile)
	id := terminer.FindStringSubmatch(office.Get("directeur", "/sessions").Body)[1]
	m.Post("directeur voisin", "/sessions/terminer", url.Values{"session": {id}})
	m.Post("directeur voisin", "/sessions/terminer-autres", nil)
	if !inside(phone) || !inside(office) {
		t.Error("the neighbour has ended it")
	}
	if strings.Contains(m.Get("directeur voisin", "/sessions").Body, "Android") {
		t.Error("the neighbour sees it")
	}
}

// Two at a time (security.md SES-7): the third closes the one used least of late, which says so.
func TestAThirdSession(t *testing.T) {
	m := fixture.OnBase(t, postgrestest.Clone(t))
	var all []*fixture.Monde
	for range compte.SessionsMax + 1 {
		m.Heure = m.Heure.Add(1e9)
		all = append(all, open(t, m, firefox))
	}
	r := all[0].Get("directeur", "/")
	if got := r.Header.Get("Location"); !strings.Contains(got, "raison=nombre") {
		t.Errorf("the first session answers %d, sent to %q", r.Code, got)
	}
	if page := m.Get("", r.Header.Get("Location")).Body; !strings.Contains(page, "votre compte en a ouvert deux autres") {
		t.Error("the log-in page does not say why")
	}
	if !inside(all[1]) || !inside(all[2]) {
		t.Error("one of the two last is closed")
	}
	all[2].Post("directeur", "/sessions/terminer-autres", nil)
	if inside(all[1]) || !inside(all[2]) {
		t.Error("ending the others has not ended them, or has ended the one that asked")
	}
}

// A suspended account is out in all its sessions, at their next page.
func TestASuspendedAccount(t *testing.T) {
	dsn := postgrestest.Clone(t)
	m := fixture.OnBase(t, dsn)
	office := open(t, m, firefox)
	if !inside(office) {
		t.Fatal("not logged in")
	}
	exec(t, dsn, `update compte set actif = false where id = $1`, m.Agent("directeur").Compte)
	r := office.Get("directeur", "/eleves")
	if got := r.Header.Get("Location"); !strings.Contains(got, "raison=compte") {
		t.Errorf("%d, sent to %q", r.Code, got)
	}
}

// Nothing open but this one: the page says where, and offers nothing to end.
func TestOneSession(t *testing.T) {
	m := fixture.OnBase(t, postgrestest.Clone(t))
	page := open(t, m, firefox).Get("directeur", "/sessions").Body
	if n := len(lignes.FindAllString(page, -1)); n != 2 || strings.Contains(page, "terminer-autres") {
		t.Errorf("%d lines with the heading, want 2, and nothing to end", n)
	}
}

func exec(t *testing.T, dsn, sql string, args ...any) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.Background()) }()
	if _, err := conn.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}
