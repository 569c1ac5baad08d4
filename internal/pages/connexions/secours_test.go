package connexions_test

import (
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/territoire"
)

// codesSecours are recovery codes of Claire, as her own page makes them.
func (m *monde) codesSecours() (codes []string) {
	m.Helper()
	agents, err := m.site.Gate.Agents(m.Context(), m.id, m.now)
	if err != nil || len(agents) != 1 {
		m.Fatal(agents, err)
	}
	agents[0].Maintenant = m.now
	if err := m.site.DB.Ecrire(m.Context(), agents[0].Portee(), func(tx territoire.Tx) error {
		codes = compte.RefaireSecours(tx, agents[0])
		return nil
	}); err != nil {
		m.Fatal(err)
	}
	return codes
}

// Without her key she comes in by a recovery code, after the password and not before it; it opens once, never comes back in
// the page, and the next log-in tells her of it.
func TestKeyIsLost(t *testing.T) {
	m := newMonde(t)
	code := m.codesSecours()[0]
	n := m.navigateur()
	n.get("/connexion")
	if r := n.post("/connexion/cle", "secours", code); r.vers() != "/connexion" {
		t.Errorf("without the password: %d to %q", r.code, r.vers())
	}
	n.password("claire.fabre")
	if page := n.get("/connexion/cle").body; !strings.Contains(page, `href="/connexion/cle?secours="`) {
		t.Error("the page of the key does not say what to do without it")
	}
	n.get("/connexion/cle?secours=")
	r := n.post("/connexion/cle", "secours", "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")
	n.refused(r, "Ce code de secours n’est pas le bon, il a déjà servi, ou votre clé est suspendue.")
	if strings.Contains(r.body, "AAAA") {
		t.Error("the page shows what was typed")
	}
	n.refused(n.post("/connexion/cle", "secours", ""), "Recopiez un de vos codes de secours.")
	n.follows(n.post("/connexion/cle", "secours", code), "/")
	if !n.inside() {
		t.Fatal("the session is not open")
	}
	again := m.navigateur()
	again.password("claire.fabre")
	again.get("/connexion/cle?secours=")
	again.refused(again.post("/connexion/cle", "secours", code), "Ce code de secours n’est pas le bon, il a déjà servi, ou votre clé est suspendue.")
	m.now = m.now.Add(time.Minute)
	later := m.navigateur().login()
	if page := later.get("/aide").body; !strings.Contains(page, "code de secours utilisé") {
		t.Error("the next log-in says nothing of it")
	}
	if page := later.get("/aide").body; strings.Contains(page, "code de secours utilisé le") {
		t.Error("it says it twice")
	}
}

// A browser that has never come in to the account is told of at the next log-in; a known one, and the first of all, are not.
func TestNewBrowserIsTold(t *testing.T) {
	m := newMonde(t)
	told := func(n *navigateur) bool { return strings.Contains(n.get("/aide").body, "nouveau navigateur") }
	office := m.navigateur().login()
	if told(office) {
		t.Error("the first browser of all is told of")
	}
	m.navigateur().login()
	m.now = m.now.Add(time.Minute)
	if !told(office.login()) {
		t.Error("a new browser is not told of")
	}
	m.now = m.now.Add(time.Minute)
	if told(office.login()) {
		t.Error("a known browser is told of")
	}
}
