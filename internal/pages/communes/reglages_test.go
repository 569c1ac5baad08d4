package communes_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

const tarbes = "/communes/reglages/" + fixture.Tarbes

func reglage(version, stricte, saisie string) url.Values {
	return url.Values{"version": {version}, "mairie_stricte": {stricte}, "saisie": {saisie}}
}

// The IA decides what a mairie knows: it holds from then on, and is undone the same way.
func TestStrictCommune(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	seen := func() bool { return strings.Contains(m.Get("mairie", "/eleves/"+lina.ID.String()).Body, "Anne") }
	if !seen() { // control
		t.Fatal("the mairie does not see the mother to begin with")
	}
	if got := m.Get("ia", "/communes/reglages"); got.Code != http.StatusOK || !strings.Contains(got.Body, tarbes) || strings.Contains(got.Body, "Auch") {
		t.Errorf("the list: %d %s", got.Code, got.Body)
	}
	if got := m.Post("ia", tarbes, reglage("1", "true", "les_deux")); got.Code != http.StatusSeeOther || seen() {
		t.Errorf("strict: %d, the mairie sees the mother: %v", got.Code, seen())
	}
	if got := m.Post("ia", tarbes, reglage("1", "false", "les_deux")); got.Code == http.StatusSeeOther || seen() {
		t.Errorf("by an old page: %d", got.Code)
	}
	if got := m.Post("ia", tarbes, reglage("2", "false", "mairie")); got.Code != http.StatusSeeOther || !seen() {
		t.Errorf("open again: %d, the mairie sees the mother: %v", got.Code, seen())
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'regler_commune' and motif = $1`, fixture.Tarbes); n != 2 {
		t.Errorf("%d lines in the journal", n)
	}
	if got := fixture.Valeur[string](m, `select saisie from commune where insee = $1`, fixture.Tarbes); got != "mairie" {
		t.Errorf("typed first by %s", got)
	}
}

// Nobody else decides, and not of another département.
func TestWhoSetsACommune(t *testing.T) {
	for agent, want := range map[string]int{
		"ia": http.StatusOK, "ia voisine": http.StatusNotFound, "ien": http.StatusForbidden, "mairie": http.StatusForbidden,
		"directeur": http.StatusForbidden, "service": http.StatusForbidden,
	} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			if got := m.Get(agent, tarbes); got.Code != want {
				t.Errorf("read: %d, want %d", got.Code, want)
			}
			if got := m.Post(agent, tarbes, reglage("1", "true", "les_deux")); (got.Code == http.StatusSeeOther) != (want == http.StatusOK) {
				t.Errorf("set: %d", got.Code)
			}
		})
	}
}

func TestReglageRefused(t *testing.T) {
	m := fixture.New(t)
	for _, form := range []url.Values{reglage("1", "", "les_deux"), reglage("1", "true", "nulle part")} {
		if got := m.Post("ia", tarbes, form); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, `role="alert"`) {
			t.Errorf("%v: %d", form, got.Code)
		}
	}
}
