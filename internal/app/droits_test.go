package app_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/httpx"
)

func ask(m *fixture.Monde, agent string, r httpx.Route, path string) fixture.Reponse {
	if r.Method == http.MethodPost {
		return m.Post(agent, path, url.Values{})
	}
	return m.Get(agent, path)
}

// Every route, every role: without the right 403; with it one's own opens, the neighbour's and the unknown are not
// found and get the same bytes.
func TestEveryRouteEveryRole(t *testing.T) {
	for _, w := range walks {
		t.Run(w.agent, func(t *testing.T) {
			m := fixture.New(t)
			own, foreign := settle(m, chez), settle(m, w.neighbour)
			own.liste, own.travail, own.acces = garderListe(m, w.agent), demanderFichier(m, w.agent), accesDe(m, w.agent)
			for _, r := range m.App.Routes {
				if r.Droit == 0 {
					continue
				}
				if !w.role.Holds(r.Droit) {
					refused(t, m, w.agent, r, own)
					continue
				}
				if names(r.Path) {
					hidden(t, m, w.agent, r, foreign)
				}
				if r.Method == http.MethodGet {
					opens(t, m, w.agent, r, own)
				}
			}
		})
	}
}

// The acts on one's own change the world: each is taken back before the next.
func TestEveryActOnOnesOwn(t *testing.T) {
	for _, w := range walks {
		t.Run(w.agent, func(t *testing.T) {
			m := fixture.New(t)
			own := settle(m, chez)
			own.liste, own.travail, own.acces = garderListe(m, w.agent), demanderFichier(m, w.agent), accesDe(m, w.agent)
			for _, r := range m.App.Routes {
				if r.Method == http.MethodPost && r.Droit != 0 && w.role.Holds(r.Droit) {
					m.Essayer(func() { opens(t, m, w.agent, r, own) })
				}
			}
		})
	}
}

func refused(t *testing.T, m *fixture.Monde, agent string, r httpx.Route, own objects) {
	t.Helper()
	if got := ask(m, agent, r, own.path(r.Path)); got.Code != http.StatusForbidden {
		t.Errorf("%s %s %s: %d, want 403", agent, r.Method, r.Path, got.Code)
	}
}

func opens(t *testing.T, m *fixture.Monde, agent string, r httpx.Route, own objects) {
	t.Helper()
	got := ask(m, agent, r, own.path(r.Path))
	lost := got.Code == http.StatusNotFound && names(r.Path) // a form sent empty names nobody
	if got.Code == http.StatusForbidden || lost || got.Code >= 500 {
		t.Errorf("%s %s %s: %d on one's own", agent, r.Method, r.Path, got.Code)
	}
}

func hidden(t *testing.T, m *fixture.Monde, agent string, r httpx.Route, foreign objects) {
	t.Helper()
	got, none := ask(m, agent, r, foreign.path(r.Path)), ask(m, agent, r, unknown.path(r.Path))
	if got.Code != http.StatusNotFound || none.Code != http.StatusNotFound {
		t.Errorf("%s %s %s: %d for the neighbour's, %d for the unknown, want 404", agent, r.Method, r.Path, got.Code, none.Code)
	}
	if got.Body != none.Body {
		t.Errorf("%s %s %s: the neighbour's and the unknown do not get the same bytes", agent, r.Method, r.Path)
	}
}

// publiques are the routes that ask for no session: the log-in, what is not of this application, help, what a paper says.
var publiques = []string{
	"GET /V/{sceau}",
	"GET /accessibilite",
	"GET /aide",
	"GET /aide/premiere-connexion",
	"GET /aide/premiere-connexion.pdf",
	"GET /aide/{sujet}",
	"GET /amorce",
	"GET /amorce/cle",
	"GET /connexion",
	"GET /connexion/cle",
	"GET /connexion/habilitation",
	"GET /connexion/mot-de-passe",
	"GET /mentions-legales",
	"GET /verifier",
	"POST /amorce",
	"POST /amorce/cle",
	"POST /connexion",
	"POST /connexion/cle",
	"POST /connexion/habilitation",
	"POST /connexion/mot-de-passe",
	"POST /deconnexion",
}

// Without a session no page opens but the public ones, and these are few and known.
func TestVisitor(t *testing.T) {
	m := fixture.New(t)
	var public []string
	for _, r := range m.App.Routes {
		if r.Machine {
			if got := ask(m, "", r, unknown.path(r.Path)); got.Code != http.StatusUnauthorized {
				t.Errorf("%s %s: %d without a token", r.Method, r.Path, got.Code)
			}
			continue
		}
		if r.Droit == 0 {
			public = append(public, r.Method+" "+r.Path)
			continue
		}
		got := ask(m, "", r, unknown.path(r.Path))
		toLogin := got.Code == http.StatusSeeOther && strings.HasPrefix(got.Header.Get("Location"), "/connexion")
		if !toLogin {
			t.Errorf("%s %s: %d to a visitor", r.Method, r.Path, got.Code)
		}
	}
	slices.Sort(public)
	if !slices.Equal(public, publiques) {
		t.Errorf("public routes:\n%s", strings.Join(public, "\n"))
	}
}

// The control of the walk: a route given to everybody, on a page that forgets the territory, is seen.
func TestWalkSeesAHole(t *testing.T) {
	m := fixture.New(t)
	own, foreign := settle(m, chez), settle(m, cote)
	r := httpx.Route{Method: http.MethodGet, Path: "/eleves/{id}", Droit: habilitation.OuvrirDossier}
	if _, err := m.Tx.Exec(t.Context(), `alter table eleve disable row level security`); err != nil {
		t.Fatal(err)
	}
	if got := m.Get("directeur", foreign.path(r.Path)); got.Code == http.StatusNotFound {
		t.Error("without row security the neighbour’s pupil is still not found: the walk proves nothing")
	}
	if got := m.Get("directeur", own.path(r.Path)); got.Code != http.StatusOK {
		t.Errorf("one's own: %d", got.Code)
	}
}
