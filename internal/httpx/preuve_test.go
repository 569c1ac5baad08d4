package httpx_test

import (
	"html"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
	"base-eleves/internal/httpx"
)

// telephones is a list that goes beyond one school, asked for by an address with an accent and an ampersand.
const telephones = "/listes/composer.csv?prete=alphabetique&q=%C3%A9"

// preuve is what the agent types on the page that asks him who he is.
func preuve(motDePasse, code, suite string) url.Values {
	return url.Values{"preuve_mot_de_passe": {motDePasse}, "preuve_code": {code}, "preuve_suite": {suite}}
}

func actes(m *fixture.Monde, acte string) int {
	return fixture.Valeur[int](m, `select count(*) from journal where acte = $1`, acte)
}

// A file of names leaves at once after the log-in; ten minutes later the mairie proves again who it is, once, and the
// file that it had asked for comes by itself. The directeur's own lists stay quick.
func TestProofAskedWhenOld(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	code := m.Armer("mairie")
	if got := m.Get("mairie", telephones); !strings.HasPrefix(got.Body, "\ufeff") {
		t.Fatalf("just logged in: %d, %.80q", got.Code, got.Body)
	}
	m.Get("directeur", "/") // logs in at the same time
	m.Attendre(httpx.DelaiExport + time.Second)
	asked := m.Get("mairie", telephones)
	if !strings.Contains(asked.Body, "Confirmez que c’est vous") || strings.HasPrefix(asked.Body, "\ufeff") {
		t.Fatalf("ten minutes later: %d, %.200s", asked.Code, asked.Body)
	}
	if !strings.Contains(asked.Body, html.EscapeString(telephones)) {
		t.Error("what was asked for is lost")
	}
	if got := m.Get("directeur", "/listes/composer.csv?prete=alphabetique"); !strings.HasPrefix(got.Body, "\ufeff") {
		t.Errorf("the list of one's own school: %d", got.Code)
	}
	before := m.Cookie("mairie").Value
	got := m.Post("mairie", "/session/preuve", preuve(fixture.MotDePasse, code(), telephones))
	if got.Code != http.StatusSeeOther || got.Header.Get("Location") != telephones {
		t.Fatalf("right: %d to %s\n%s", got.Code, got.Header.Get("Location"), got.Body)
	}
	if m.Cookie("mairie").Value == before {
		t.Error("the session keeps its token after a proof")
	}
	if got := m.Get("mairie", telephones); !strings.HasPrefix(got.Body, "\ufeff") {
		t.Errorf("after the proof: %d", got.Code)
	}
	if actes(m, "prouver_identite") != 1 || actes(m, "refuser_preuve") != 0 {
		t.Error("the journal has not one proof")
	}
}

// A form opened before the proof is still good after it, though the session has another token.
func TestOpenFormsStayGood(t *testing.T) {
	m := fixture.New(t)
	code := m.Armer("mairie")
	jeton := m.Jeton("mairie")
	if got := m.Post("mairie", "/session/preuve", preuve(fixture.MotDePasse, code(), "/eleves")); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	v := saisie(un)
	v.Set("jeton", jeton)
	if got := m.PostAs("mairie", garder, v); got.Code != http.StatusNoContent {
		t.Errorf("the form opened before: %d", got.Code)
	}
	v.Set("jeton", m.Jeton("directeur"))
	if got := m.PostAs("mairie", garder, v); got.Code != http.StatusForbidden {
		t.Errorf("the token of another: %d", got.Code)
	}
}

// What does not prove anything is refused in plain words, and noted; who guesses is slowed down.
func TestProofRefused(t *testing.T) {
	for _, tt := range []struct {
		name, motDePasse string
		code             func(string) string
		says             string
		noted            int
	}{
		{"un mauvais mot de passe", "autre chose", func(c string) string { return c }, "Ce mot de passe n’est pas le bon.", 1},
		{"un mauvais code", fixture.MotDePasse, func(string) string { return "000000" }, "Ce code n’est pas le bon.", 1},
		{"rien", "", func(string) string { return "" }, "Indiquez votre mot de passe.", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			code := m.Armer("ia")
			got := m.Post("ia", "/session/preuve", preuve(tt.motDePasse, tt.code(code()), "/eleves"))
			if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, tt.says) || !strings.Contains(got.Body, `role="alert"`) {
				t.Errorf("%d, %.300s", got.Code, got.Body)
			}
			if strings.Contains(got.Body, fixture.MotDePasse) {
				t.Error("the password comes back")
			}
			if actes(m, "refuser_preuve") != tt.noted {
				t.Error("the journal does not know it")
			}
		})
	}
}

// A code that has served, here or at the log-in, proves nothing; five failures make one wait.
func TestProofServesOnceAndSlowsDown(t *testing.T) {
	m := fixture.New(t)
	next := m.Armer("ia")
	once := next()
	m.Post("ia", "/session/preuve", preuve(fixture.MotDePasse, once, "/"))
	if got := m.Post("ia", "/session/preuve", preuve(fixture.MotDePasse, once, "/")); !strings.Contains(got.Body, "Ce code a déjà servi.") {
		t.Errorf("a code served twice: %d", got.Code)
	}
	for range 6 {
		m.Post("ia", "/session/preuve", preuve("deviner", next(), "/"))
	}
	m.Heure = m.Heure.Add(-30 * time.Second) // no waiting between two
	if got := m.Post("ia", "/session/preuve", preuve("deviner", next(), "/")); !strings.Contains(got.Body, "Trop d’essais.") {
		t.Errorf("after many failures: %d", got.Code)
	}
}

// The page that follows is one of ours, whatever the form says.
func TestProofLeadsNowhereElse(t *testing.T) {
	for suite, want := range map[string]string{
		"/eleves?q=a": "/eleves?q=a", "https://ailleurs.example/": "/", "//ailleurs.example": "/", `/\ailleurs`: "/", "": "/", "javascript:alert(1)": "/",
	} {
		if got := httpx.Locale(suite); got != want {
			t.Errorf("%q leads to %q", suite, got)
		}
	}
}
