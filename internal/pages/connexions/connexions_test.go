package connexions_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestLogIn(t *testing.T) {
	n := newMonde(t).navigateur()
	if n.inside() {
		t.Fatal("inside before any log-in")
	}
	n.login()
	if !n.inside() {
		t.Error("both steps do not open the session")
	}
	if r := n.get("/connexion"); r.code != http.StatusSeeOther || r.vers() != "/" {
		t.Errorf("the log-in page is shown to one who is logged in: %d", r.code)
	}
}

// Each step gives a new session token and the old one is dead (security.md SES-2): password, key, new password, choice
// of a habilitation, change of it, log-out.
func TestNewTokenAtEachStep(t *testing.T) {
	m := newMonde(t)
	m.exec(`update compte set a_changer = true, initial_jusqu_au = $1`, m.now.Add(time.Hour))
	m.exec(`insert into habilitation (id, compte_id, role, commune_insee, debut)
		values (gen_random_uuid(), $1, 'mairie', '65047', $2)`, m.id, m.now)
	n := m.navigateur()
	n.password("claire.fabre")
	const chosen = "un gypaète barbu plane"
	for _, step := range []struct {
		path  string
		pairs []string
		to    string
	}{
		{"/connexion", []string{"identifiant", "claire.fabre", "mot_de_passe", bon}, "/connexion/cle"},
		{"/connexion/cle", []string{"code", m.code()}, "/connexion/mot-de-passe"},
		{"/connexion/mot-de-passe", []string{"mot_de_passe", chosen, "mot_de_passe_confirmation", chosen}, "/connexion/habilitation"},
		{"/connexion/habilitation", []string{"habilitation", m.habilitation("65047")}, "/"},
		{"/connexion/habilitation", []string{"habilitation", m.habilitation("0650001A")}, "/"},
		{"/deconnexion", nil, "/connexion?raison=deconnexion"},
	} {
		n.get(step.path)
		before := n.clone()
		n.follows(n.post(step.path, step.pairs...), step.to)
		if n.cookies["session"] == before.cookies["session"] {
			t.Errorf("%s keeps the token", step.path)
		}
		if r := before.get("/connexion/habilitation"); before.inside() || r.vers() != "/connexion" {
			t.Errorf("after %s the former token still serves: %d to %q", step.path, r.code, r.vers())
		}
	}
}

// Logging in from within a session ends it at once: the password of another account is not the first one's key.
func TestLogInAgain(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur().login()
	n.get("/connexion/habilitation")
	n.follows(n.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", bon), "/connexion/cle")
	if n.inside() {
		t.Error("the former session is still open behind the new password")
	}
}

func (m *monde) habilitation(code string) string {
	m.Helper()
	return valeur[string](m, `select id::text from habilitation where coalesce(ecole_uai, commune_insee) = $1`, code)
}

// A session token chosen by somebody else is never taken (fixation).
func TestForeignTokenIsNotTaken(t *testing.T) {
	n := newMonde(t).navigateur()
	n.cookies["session"] = "chosen-by-somebody-else"
	n.login()
	if n.cookies["session"] == "chosen-by-somebody-else" {
		t.Error("the token given from outside was kept")
	}
}

func TestCookies(t *testing.T) {
	n := newMonde(t).navigateur()
	n.password("claire.fabre")
	r := n.post("/connexion/cle", "code", n.code())
	for _, c := range (&http.Response{Header: r.header}).Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%+v", c)
		}
		if c.Name == "session" && (c.MaxAge != 0 || !c.Expires.IsZero()) {
			t.Errorf("the session outlives the browser: %+v", c)
		}
	}
	if n.cookies["appareil"] == "" {
		t.Error("the browser is not known after a whole log-in")
	}
}

func TestWrongPassword(t *testing.T) {
	n := newMonde(t).navigateur()
	n.get("/connexion")
	r := n.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", "les vaches descendent", "suite", "/eleves")
	n.refused(r, "Identifiant ou mot de passe incorrect.")
	if !strings.Contains(r.body, `value="claire.fabre"`) || strings.Contains(r.body, "descendent") {
		t.Error("the identifier must come back, the password must not")
	}
	if !strings.Contains(r.body, `name="suite" value="/eleves"`) {
		t.Error("the page to go to is lost")
	}
	n.refused(n.post("/connexion", "identifiant", "claire.fabre"), "Indiquez votre mot de passe.")
	n.refused(n.post("/connexion", "mot_de_passe", bon), "Indiquez votre identifiant.")
}

// An unknown account and a wrong password get the same bytes, apart from what is drawn at random for each answer.
func TestUnknownAccountGetsTheSameBytes(t *testing.T) {
	m := newMonde(t)
	drawn := regexp.MustCompile(`(nonce|name="jeton" value)="[^"]*"`)
	answer := func(identifiant string) string {
		n := m.navigateur()
		n.get("/connexion")
		r := n.post("/connexion", "identifiant", identifiant, "mot_de_passe", "les vaches descendent")
		r.header.Del("Content-Security-Policy")
		return drawn.ReplaceAllString(strings.ReplaceAll(r.body, identifiant, "X"), "") + http.StatusText(r.code) +
			strings.Join(r.header.Values("Set-Cookie"), "")
	}
	known, unknown := answer("claire.fabre"), answer("claire.dupont")
	if known != unknown {
		t.Errorf("they differ:\n%s\n%s", known, unknown)
	}
	if answer("") == unknown { // control: another refusal is seen as different
		t.Error("the comparison sees nothing")
	}
}

// With the password alone nothing opens but the page of the key and the log-out (security.md AUT-8).
func TestPasswordAloneOpensNothing(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur()
	n.password("claire.fabre")
	guarded := 0
	for _, route := range m.app.Routes {
		path := strings.ReplaceAll(route.Path, "{id}", m.id.String())
		switch {
		case route.Droit != 0:
			guarded++
			r := n.clone().ask(route.Method, path)
			if r.code != http.StatusSeeOther || !strings.HasPrefix(r.vers(), "/connexion") {
				t.Errorf("%s %s answers %d", route.Method, path, r.code)
			}
		case strings.HasPrefix(path, "/connexion/") && path != "/connexion/cle":
			r := n.clone().ask(route.Method, path)
			if r.code != http.StatusSeeOther || r.vers() != "/connexion/cle" {
				t.Errorf("%s %s answers %d to %q, want the page of the key", route.Method, path, r.code, r.vers())
			}
		}
	}
	if guarded == 0 {
		t.Error("no route was tried")
	}
	if r := n.get("/connexion/cle"); r.code != http.StatusOK {
		t.Errorf("the page of the key answers %d", r.code)
	}
	if !m.navigateur().login().inside() { // control
		t.Error("with the code nothing opens either")
	}
}

func (n *navigateur) ask(method, path string) reponse {
	if method == http.MethodGet {
		return n.get(path)
	}
	return n.post(path)
}

func TestCode(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur()
	n.password("claire.fabre")
	n.refused(n.post("/connexion/cle", "code", ""), "Recopiez le code affiché par votre clé.")
	n.refused(n.post("/connexion/cle", "code", "12345"), "Ce code n’est pas le bon.")
	if r := n.get("/connexion/cle"); strings.Contains(r.body, "12345") {
		t.Error("the code typed comes back")
	}
	code := m.code()
	n.follows(n.post("/connexion/cle", "code", code), "/")

	again := m.navigateur()
	again.password("claire.fabre")
	again.refused(again.post("/connexion/cle", "code", code), "Ce code a déjà servi.")
	if again.inside() {
		t.Error("a code served twice")
	}
}

func TestStepsExpire(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur()
	n.password("claire.fabre")
	m.now = m.now.Add(10 * time.Minute)
	if r := n.get("/connexion/cle"); r.code != http.StatusOK {
		t.Errorf("after ten minutes: %d", r.code)
	}
	m.now = m.now.Add(time.Second)
	r := n.follows(n.get("/connexion/cle"), "/connexion?raison=etape")
	if !strings.Contains(r.body, "Recommencez.") {
		t.Errorf("the page does not say why\n%s", r.body)
	}
	if r := n.get("/connexion/cle"); r.vers() != "/connexion" {
		t.Errorf("the step is still open: to %q", r.vers())
	}
}

// Where one goes after the log-in is one of our pages, whatever the address said.
func TestSuite(t *testing.T) {
	for suite, want := range map[string]string{
		"/eleves?q=a&page=2": "/eleves?q=a&page=2", "/": "/", "": "/", "/eleves/": "/eleves/",
		"https://evil.example/": "/", "//evil.example": "/", `/\evil.example`: "/", `\\evil.example`: "/", "javascript:alert(1)": "/",
		"/\t/evil.example": "/", "\t//evil.example": "/", "evil.example": "/", "/%zz": "/", "///evil.example": "/",
		"/connexion": "/", "/connexion/cle": "/", "/connexions": "/connexions", "http:/eleves": "/", "/eleves\r\nSet-Cookie: a=b": "/",
	} {
		t.Run(suite, func(t *testing.T) {
			m := newMonde(t)
			n := m.navigateur()
			n.get("/connexion?suite=" + url.QueryEscape(suite))
			n.follows(n.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", bon, "suite", suite), "/connexion/cle")
			if r := n.post("/connexion/cle", "code", m.code()); r.vers() != want {
				t.Errorf("goes to %q, want %q", r.vers(), want)
			}
			if r := n.get("/connexion?suite=" + url.QueryEscape(suite)); r.vers() != want {
				t.Errorf("already logged in, goes to %q, want %q", r.vers(), want)
			}
		})
	}
}

// Sent away from a page, one comes back to it.
func TestSuiteOfAPage(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur()
	r := n.get("/session/prolonger")
	n.follows(r, "/connexion?suite=%2Fsession%2Fprolonger")
	suite := regexp.MustCompile(`name="suite" value="([^"]*)"`).FindStringSubmatch(n.get(r.vers()).body)[1]
	n.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", bon, "suite", suite)
	n.get("/connexion/cle")
	n.follows(n.post("/connexion/cle", "code", m.code()), "/session/prolonger")
}
