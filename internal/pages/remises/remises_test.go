package remises_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/fixture"
)

const eleves, accuse = "/api/6e/2027/eleves", "/api/6e/2027/accuse"

// saison is a world in which some pupils are assigned to the collège of Tarbes, in an open season, with a token for it.
func saison(t *testing.T, prenoms ...string) (m *fixture.Monde, jeton string) {
	m = fixture.New(t)
	var list []fixture.Enfant
	for _, p := range prenoms {
		list = append(list, m.EnCM2(p))
	}
	m.Affecter6e("ia", fixture.College, list...)
	m.OuvrirSaison("ia")
	return m, creer(t, m, "ia", fixture.College)
}

var forme = regexp.MustCompile(`be6_[A-Za-z0-9_-]{43}`)

// creer has an agent make a token, and reads it on the page that shows it once.
func creer(t *testing.T, m *fixture.Monde, agent, college string) string {
	t.Helper()
	if got := m.Post(agent, "/colleges/"+college, url.Values{"duree": {"90"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	jeton := forme.FindString(m.Get(agent, "/colleges/"+college).Body)
	if jeton == "" {
		t.Fatal("the token is not shown")
	}
	return jeton
}

func call(m *fixture.Monde, jeton, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if jeton != "" {
		r.Header.Set("Authorization", "Bearer "+jeton)
	}
	w := httptest.NewRecorder()
	m.App.ServeHTTP(w, r)
	return w
}

type eleve struct {
	ID      uuid.UUID
	Numero  int
	Prenoms []string
	Adresse *struct{ Voie string }

	AdresseProtegee bool `json:"adresse_protegee"`
	Responsables    []struct {
		Prenom  string
		Adresse *struct{ Voie string }
	}
}

type page struct {
	College string
	Rentree int
	Eleves  []eleve
	Suivant string
}

func read(t *testing.T, m *fixture.Monde, jeton, path string) (p page) {
	t.Helper()
	w := call(m, jeton, http.MethodGet, path, "")
	if w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &p) != nil || w.Header().Get("Repr-Digest") == "" {
		t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	return p
}

func TestPagesAndCursor(t *testing.T) {
	m, jeton := saison(t, "Alba", "Basile", "Côme", "Doria", "Elio")
	var names []string
	next := eleves + "?limite=2"
	for calls := 0; next != ""; calls++ {
		p := read(t, m, jeton, next)
		if again := read(t, m, jeton, next); !reflect.DeepEqual(again.Eleves, p.Eleves) { // as after a cut
			t.Errorf("the same cursor gives other pupils: %v", again.Eleves)
		}
		for _, e := range p.Eleves {
			names = append(names, e.Prenoms[0])
		}
		if calls == 0 { // assigned in the middle of the reading: comes last
			m.Affecter6e("ia", fixture.College, m.EnCM2("Faustine"))
		}
		if next = ""; p.Suivant != "" {
			next = eleves + "?limite=2&curseur=" + p.Suivant
		}
	}
	if want := []string{"Alba", "Basile", "Côme", "Doria", "Elio", "Faustine"}; !slices.Equal(names, want) {
		t.Errorf("got %v, want each once: %v", names, want)
	}
	for _, bad := range []string{"?curseur=zz", "?curseur=bjE6LTE", "?limite=0", "?limite=201", "?limite=x"} {
		if w := call(m, jeton, http.MethodGet, eleves+bad, ""); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

// Acknowledged once: a second time changes nothing, a third collège's pupils are unknown.
func TestAccuseOnce(t *testing.T) {
	m, jeton := saison(t, "Alba", "Basile")
	loin := m.EnCM2("Zoé")
	m.Affecter6e("ia", fixture.CollegeVoisin, loin)
	autre := fixture.Valeur[uuid.UUID](m, `select id from affectation_6e where eleve_id = $1`, loin.ID)
	p := read(t, m, jeton, eleves)
	body, _ := json.Marshal(map[string][]uuid.UUID{"eleves": {p.Eleves[0].ID, autre}})
	type answer struct{ Accuses, Deja, Inconnus []uuid.UUID }
	send := func() (a answer) {
		w := call(m, jeton, http.MethodPost, accuse, string(body))
		if w.Code != http.StatusOK || json.Unmarshal(w.Body.Bytes(), &a) != nil {
			t.Fatalf("%d %s", w.Code, w.Body)
		}
		return a
	}
	first, second := send(), send()
	if len(first.Accuses) != 1 || len(first.Deja) != 0 || !slices.Equal(first.Inconnus, []uuid.UUID{autre}) {
		t.Errorf("first: %+v", first)
	}
	if len(second.Accuses) != 0 || len(second.Deja) != 1 || len(second.Inconnus) != 1 {
		t.Errorf("second: %+v", second)
	}
	if left := read(t, m, jeton, eleves); len(left.Eleves) != 1 || left.Eleves[0].Prenoms[0] != "Basile" {
		t.Errorf("left to receive: %v", left.Eleves)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'accuser_sixieme'`); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}
	for _, bad := range []string{"", "{}", `{"eleves":[]}`, `{"eleves":["x"]}`, `{"autre":1}`} {
		if w := call(m, jeton, http.MethodPost, accuse, bad); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", bad, w.Code)
		}
	}
}

// Whoever has no token, or one that is of no more use, gets no pupil; a session opens nothing here.
func TestWhoMayCall(t *testing.T) {
	m, jeton := saison(t, "Alba")
	if w := call(m, jeton, http.MethodGet, eleves, ""); w.Code != http.StatusOK || len(w.Result().Cookies()) > 0 { // control
		t.Fatalf("with the token: %d, cookies %v", w.Code, w.Result().Cookies())
	}
	if got := m.Get("college", eleves); got.Code != http.StatusUnauthorized {
		t.Errorf("with a session: %d", got.Code)
	}
	for _, bad := range []string{"", "be6_", sixieme.NouveauJeton(), jeton[:len(jeton)-1], strings.ToUpper(jeton)} {
		w := call(m, bad, http.MethodGet, eleves, "")
		if w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") != "Bearer" || strings.Contains(w.Body.String(), "Alba") {
			t.Errorf("%q: %d", bad, w.Code)
		}
	}
	voisin := creer(t, m, "ia", fixture.CollegeVoisin)
	if p := read(t, m, voisin, eleves); len(p.Eleves) != 0 || p.College != fixture.CollegeVoisin {
		t.Errorf("the neighbour's token reads %v", p)
	}
	if got := m.Post("ia", "/colleges/"+fixture.College+"/jetons/"+fixture.Valeur[string](m, `select id::text from jeton_6e where college_uai = $1`, fixture.College)+"/revoquer", url.Values{}); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if w := call(m, jeton, http.MethodGet, eleves, ""); w.Code != http.StatusUnauthorized {
		t.Errorf("revoked: %d", w.Code)
	}
	m.Heure = m.Heure.AddDate(0, 0, 91)
	if w := call(m, voisin, http.MethodGet, eleves, ""); w.Code != http.StatusUnauthorized {
		t.Errorf("expired: %d", w.Code)
	}
}

func TestOutOfSeason(t *testing.T) {
	m := fixture.New(t)
	m.Affecter6e("ia", fixture.College, m.EnCM2("Alba"))
	jeton := creer(t, m, "ia", fixture.College)
	w := call(m, jeton, http.MethodGet, eleves, "")
	if w.Code != http.StatusUnprocessableEntity || w.Header().Get("Content-Type") != "application/problem+json" || strings.Contains(w.Body.String(), "Alba") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	m.OuvrirSaison("ia")
	if w := call(m, jeton, http.MethodGet, "/api/6e/2026/eleves", ""); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("another rentrée: %d", w.Code)
	}
	if p := read(t, m, jeton, eleves); len(p.Eleves) != 1 { // control
		t.Errorf("in the season: %v", p)
	}
}

// Beyond sixty calls in a minute a token waits; the next minute it goes on.
func TestCallsAreBounded(t *testing.T) {
	m, jeton := saison(t, "Alba")
	for range sixieme.ParMinute {
		if w := call(m, jeton, http.MethodGet, eleves, ""); w.Code != http.StatusOK {
			t.Fatal(w.Code)
		}
	}
	w := call(m, jeton, http.MethodGet, eleves, "")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" {
		t.Errorf("one too many: %d", w.Code)
	}
	m.Heure = m.Heure.Add(time.Minute)
	if w := call(m, jeton, http.MethodGet, eleves, ""); w.Code != http.StatusOK {
		t.Errorf("a minute later: %d", w.Code)
	}
}

// A protected home goes by no program either.
func TestProtectedAddress(t *testing.T) {
	m, jeton := saison(t, "Alba")
	if e := read(t, m, jeton, eleves).Eleves[0]; e.Adresse == nil || e.Responsables[0].Adresse == nil { // control
		t.Fatal("an ordinary home is not handed over")
	}
	if _, err := m.Tx.Exec(t.Context(), `update adresse set protegee = true`); err != nil {
		t.Fatal(err)
	}
	if e := read(t, m, jeton, eleves).Eleves[0]; e.Adresse != nil || e.Responsables[0].Adresse != nil || !e.AdresseProtegee {
		t.Errorf("%+v", e)
	}
}

// The token is kept nowhere but as a hash, and its account has no password.
func TestTokenIsKeptHashed(t *testing.T) {
	m, jeton := saison(t, "Alba")
	for _, sql := range []string{
		`select count(*) from jeton_6e j where j::text like '%' || $1 || '%'`, `select count(*) from compte c where c::text like '%' || $1 || '%'`,
		`select count(*) from envoi e where e::text like '%' || $1 || '%'`,
	} {
		if n := fixture.Valeur[int](m, sql, jeton[len("be6_")+8:]); n != 0 {
			t.Errorf("%s: %d", sql, n)
		}
	}
	if strings.Contains(m.Get("ia", "/colleges/"+fixture.College).Body, jeton) {
		t.Error("the token is shown a second time")
	}
	if n := fixture.Valeur[int](m, `select count(*) from compte c join jeton_6e j on j.compte_id = c.id where c.mot_de_passe = '!'
		and not exists (select from cle k where k.compte_id = c.id)`); n != 1 {
		t.Errorf("%d accounts without password nor key", n)
	}
}
