package httpx_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
)

const (
	nouvelle = "/inscriptions/nouvelle"
	garder   = "/brouillons?page=" + nouvelle
	un       = "0b000000-0000-4000-8000-000000000001"
)

// saisie is a form as its page sends it before it is finished.
func saisie(id string) url.Values {
	return url.Values{"brouillon": {id}, "nom_famille": {"Cazaux"}, "prenom": {"Zoé"}, "voie": {"3 rue des Fossés"},
		"responsable.1.nom_famille": {"Pujo"}}
}

func garde(t *testing.T, m *fixture.Monde, agent, path string, v url.Values) {
	t.Helper()
	if r := m.Post(agent, path, v); r.Code != http.StatusNoContent {
		t.Fatalf("%s: %d, the draft is not kept", path, r.Code)
	}
}

func brouillons(m *fixture.Monde) int {
	return fixture.Valeur[int](m, `select count(*) from brouillon`)
}

// aNouveau logs in again and asks for a page.
func aNouveau(t *testing.T, m *fixture.Monde, agent habilitation.Agent, path string) string {
	t.Helper()
	ctx, err := m.Site.Sessions.Load(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Site.Open(ctx, agent); err != nil {
		t.Fatal(err)
	}
	token, _, err := m.Site.Sessions.Commit(ctx)
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.AddCookie(&http.Cookie{Name: m.Site.Sessions.Cookie.Name, Value: token})
	w := httptest.NewRecorder()
	m.App.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d after the log-in", path, w.Code)
	}
	return w.Body.String()
}

const offre = "Vous aviez commencé cette saisie le 20/11/2026 à 11"

// What was being typed is offered by its page, and shown again as it was left.
func TestBrouillonRepris(t *testing.T) {
	m := fixture.New(t)
	if got := m.Get("mairie", nouvelle); strings.Contains(got.Body, "Vous aviez commencé") { // control
		t.Error("a draft is offered before one was begun")
	}
	garde(t, m, "mairie", garder, saisie(un))
	got := m.Get("mairie", nouvelle).Body
	if !strings.Contains(got, offre) || !strings.Contains(got, "Zoé Cazaux") {
		t.Error("the draft is not offered")
	}
	got = m.Get("mairie", nouvelle+"?brouillon="+un).Body
	for _, typed := range []string{`value="Cazaux"`, `value="3 rue des Fossés"`, `value="Pujo"`, `value="` + un + `"`} {
		if !strings.Contains(got, typed) {
			t.Errorf("the form shown again lacks %s", typed)
		}
	}
	if got := m.Get("mairie", nouvelle+"?brouillon="+uuid.NewString()); got.Code != http.StatusOK || strings.Contains(got.Body, `value="Pujo"`) {
		t.Errorf("a draft that is gone: %d", got.Code)
	}
}

// Two children begun at once are two drafts; the same form kept again is one, as last typed.
func TestBrouillonParFormulaire(t *testing.T) {
	m := fixture.New(t)
	garde(t, m, "mairie", garder, saisie(un))
	garde(t, m, "mairie", garder, saisie(uuid.NewString()))
	again := saisie(un)
	again.Set("prenom", "Inès")
	garde(t, m, "mairie", garder, again)
	got := m.Get("mairie", nouvelle).Body
	if brouillons(m) != 2 || strings.Count(got, offre) != 2 || !strings.Contains(got, "Inès Cazaux") {
		t.Errorf("%d drafts, %d offered", brouillons(m), strings.Count(got, offre))
	}
}

// Nobody else reads it, nor the same person acting for somebody else; the base itself cannot.
func TestBrouillonDUnSeul(t *testing.T) {
	m := fixture.New(t)
	garde(t, m, "mairie", garder, saisie(un))
	for _, agent := range []string{"mairie voisine", "mairie lointaine"} {
		for _, path := range []string{nouvelle, nouvelle + "?brouillon=" + un} {
			if got := m.Get(agent, path).Body; strings.Contains(got, "Cazaux") || strings.Contains(got, offre) {
				t.Errorf("%s reads it at %s", agent, path)
			}
		}
	}
	autre := m.Agent("mairie voisine")
	autre.Compte = m.Agent("mairie").Compte
	if _, err := m.Tx.Exec(t.Context(), `update habilitation set compte_id = $1 where id = $2`, autre.Compte, autre.Habilitation); err != nil {
		t.Fatal(err)
	}
	if got := aNouveau(t, m, autre, nouvelle); strings.Contains(got, offre) {
		t.Error("it is offered under another habilitation")
	}
	if got := aNouveau(t, m, m.Agent("mairie"), nouvelle); !strings.Contains(got, offre) { // control
		t.Error("it is not offered to who typed it")
	}
	if text := fixture.Valeur[string](m, `select string_agg(contenu || page, ' ') from brouillon`); strings.Contains(text, "Cazaux") {
		t.Error("the base reads what was typed")
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal`); n != 0 {
		t.Errorf("%d lines in the journal", n)
	}
}

// A session that ends while one types loses nothing, with or without a script: the log-in leads back to the page, which
// offers what was typed.
func TestBrouillonApresLaFinDeSession(t *testing.T) {
	for name, path := range map[string]string{"la saisie envoyée trop tard": nouvelle, "le script arrivé trop tard": garder} {
		t.Run(name, func(t *testing.T) {
			m := fixture.New(t)
			form := saisie(un)
			form.Set("jeton", m.Jeton("mairie"))
			m.Heure = m.Heure.Add(16 * time.Minute)
			r := m.PostAs("mairie", path, form)
			if to := r.Header.Get("Location"); r.Code != http.StatusSeeOther || to != "/connexion?raison=inactivite&suite=%2Finscriptions%2Fnouvelle" {
				t.Fatalf("answered %d, %s", r.Code, to)
			}
			if got := aNouveau(t, m, m.Agent("mairie"), nouvelle+"?brouillon="+un); !strings.Contains(got, `value="Pujo"`) {
				t.Error("what was typed is lost")
			}
		})
	}
}

// A form whose token is not of the session that ended is nobody's: nothing of it is kept.
func TestBrouillonDAilleursPerdu(t *testing.T) {
	m := fixture.New(t)
	m.Get("mairie", "/")
	form := saisie(un)
	form.Set("jeton", m.Jeton("mairie voisine"))
	m.Heure = m.Heure.Add(16 * time.Minute)
	if r := m.PostAs("mairie", nouvelle, form); r.Code != http.StatusSeeOther || brouillons(m) != 0 {
		t.Errorf("answered %d, %d kept", r.Code, brouillons(m))
	}
}

func TestBrouillonRefuse(t *testing.T) {
	long := saisie(un)
	long.Set("voie", strings.Repeat("a", 65<<10))
	for _, tt := range []struct {
		name, agent, path string
		form              url.Values
		code              int
	}{
		{"une saisie démesurée", "mairie", garder, long, 422},
		{"sans identifiant", "mairie", garder, saisie(""), 422},
		{"sans page", "mairie", "/brouillons", saisie(un), 422},
		{"une page sans fin", "mairie", garder + strings.Repeat("a", 200), saisie(un), 422},
		{"l’IEN ne saisit rien", "ien", garder, saisie(un), 403},
		{"le directeur, sur sa page", "directeur", "/brouillons?page=/admissions/nouvelle", saisie(un), 204}, // control
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			if r := m.Post(tt.agent, tt.path, tt.form); r.Code != tt.code || (brouillons(m) == 1) != (tt.code == 204) {
				t.Errorf("got %d, want %d; %d kept", r.Code, tt.code, brouillons(m))
			}
		})
	}
}

func TestBrouillonsLesPlusAnciensCedent(t *testing.T) {
	m := fixture.New(t)
	for range 21 {
		garde(t, m, "mairie", garder, saisie(uuid.NewString()))
		m.Heure = m.Heure.Add(time.Second)
	}
	if n := brouillons(m); n != 20 {
		t.Errorf("%d drafts are kept", n)
	}
}

func TestBrouillonEfface(t *testing.T) {
	m := fixture.New(t)
	garde(t, m, "mairie", garder, saisie(un))
	m.Post("mairie voisine", "/brouillons/effacer", url.Values{"page": {nouvelle + "#" + un}})
	if brouillons(m) != 1 { // control
		t.Error("a neighbour has erased it")
	}
	r := m.Post("mairie", "/brouillons/effacer", url.Values{"page": {nouvelle + "#" + un}})
	if r.Code != http.StatusSeeOther || r.Header.Get("Location") != nouvelle || brouillons(m) != 0 {
		t.Errorf("answered %d, %q, %d left", r.Code, r.Header.Get("Location"), brouillons(m))
	}
	for _, page := range []string{"", "#", "//ailleurs.fr#" + un, "https://ailleurs.fr#" + un} {
		if r := m.Post("mairie", "/brouillons/effacer", url.Values{"page": {page}}); r.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", page, r.Code)
		}
	}
}

func TestBrouillonsOublies(t *testing.T) {
	m := fixture.New(t)
	garde(t, m, "mairie", garder, saisie(un))
	for i, left := range []int{1, 0} { // a week later, then a minute more
		m.Heure = m.Heure.Add([]time.Duration{7 * 24 * time.Hour, time.Minute}[i])
		if err := m.Site.OublierBrouillons(t.Context()); err != nil || brouillons(m) != left {
			t.Errorf("on %s: %d are left, want %d (%v)", m.Heure, brouillons(m), left, err)
		}
	}
}
