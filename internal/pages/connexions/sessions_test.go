package connexions_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Fifteen minutes idle, eight hours in all, to the second (security.md SES-3).
func TestSessionEnds(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur().login()
	m.now = m.now.Add(15 * time.Minute)
	if !n.inside() {
		t.Error("ended within fifteen minutes")
	}
	m.now = m.now.Add(15*time.Minute + time.Second)
	r := n.follows(n.get("/session/prolonger"), "/connexion?raison=inactivite&suite=%2Fsession%2Fprolonger")
	if !strings.Contains(r.body, "après 15 minutes sans activité") {
		t.Error("the page does not say why")
	}
}

func TestSessionGrowsOld(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur().login()
	opened := m.now
	for m.now.Sub(opened) < 8*time.Hour {
		m.now = m.now.Add(10 * time.Minute)
		if !n.inside() {
			t.Fatalf("ended after %v", m.now.Sub(opened))
		}
		// Choosing a habilitation again does not make it younger.
		n.get("/connexion/habilitation")
		n.follows(n.post("/connexion/habilitation", "habilitation", m.habilitation("0650001A")), "/")
	}
	m.now = m.now.Add(time.Second)
	r := n.follows(n.get("/session/prolonger"), "/connexion?raison=duree&suite=%2Fsession%2Fprolonger")
	if !strings.Contains(r.body, "huit heures") {
		t.Error("the page does not say why")
	}
	n.login()
	if !n.inside() {
		t.Error("a new log-in does not start a new session")
	}
}

func TestReasons(t *testing.T) {
	m := newMonde(t)
	for reason, want := range map[string]string{
		"habilitation": "Votre habilitation n’est plus ouverte.", "deconnexion": "Vous êtes déconnecté.", "": "", "<b>": "",
	} {
		r := m.navigateur().get("/connexion?raison=" + url.QueryEscape(reason))
		if got := strings.Contains(r.body, `class="alert info"`); r.code != http.StatusOK || got != (want != "") || !strings.Contains(r.body, want) {
			t.Errorf("%q: %d, want %q", reason, r.code, want)
		}
	}
}

func TestLogOut(t *testing.T) {
	n := newMonde(t).navigateur().login()
	n.get("/connexion/habilitation")
	r := n.post("/deconnexion")
	if got := r.header.Get("Clear-Site-Data"); !strings.Contains(got, `"cache"`) {
		t.Errorf("Clear-Site-Data: %q", got)
	}
	n.follows(r, "/connexion?raison=deconnexion")
	if n.inside() {
		t.Error("still inside")
	}
}

// Nothing happens on GET, without the token of one's session, or from another site.
func TestForgedForms(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur().login()
	if r := n.get("/deconnexion"); r.code != http.StatusNotFound || !n.inside() {
		t.Errorf("GET /deconnexion answers %d", r.code)
	}
	n.jeton = ""
	if r := n.post("/deconnexion"); r.code != http.StatusForbidden || !n.inside() {
		t.Errorf("without a token: %d", r.code)
	}
	stranger := m.navigateur()
	stranger.get("/connexion")
	n.jeton = stranger.jeton
	if r := n.post("/deconnexion"); r.code != http.StatusForbidden || !n.inside() {
		t.Errorf("with the token of another session: %d", r.code)
	}
	r := form("/connexion", url.Values{"jeton": {stranger.jeton}, "identifiant": {"claire.fabre"}, "mot_de_passe": {bon}})
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if got := stranger.send(r); got.code != http.StatusForbidden {
		t.Errorf("from another site: %d", got.code)
	}
	stranger.follows(stranger.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", bon), "/connexion/cle") // control
}

func TestBrake(t *testing.T) {
	m := newMonde(t)
	n := m.navigateur()
	n.get("/connexion")
	for range 5 {
		n.refused(n.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", "x"), "incorrect")
	}
	n.refused(n.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", bon), "Réessayez dans 1\u00a0seconde.")
	m.now = m.now.Add(time.Second)
	n.follows(n.post("/connexion", "identifiant", "claire.fabre", "mot_de_passe", bon), "/connexion/cle")
}

// The address counted is that of the connection, unless the site says which header its own proxy writes.
func TestAddressOfTheVisitor(t *testing.T) {
	for _, tt := range []struct{ header, want string }{
		{"", "adresse:192.0.2.1"}, // httptest's
		{"X-Real-IP", "adresse:203.0.113.9"},
	} {
		t.Run(tt.header, func(t *testing.T) {
			m := newMonde(t)
			m.site.EnTeteAdresse = tt.header
			n := m.navigateur()
			n.get("/connexion")
			r := form("/connexion", url.Values{"jeton": {n.jeton}, "identifiant": {"x"}, "mot_de_passe": {"x"}})
			r.Header.Set("X-Real-IP", "203.0.113.9")
			n.send(r)
			if got := valeur[string](m, `select cle from frein where cle like 'adresse:%'`); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
