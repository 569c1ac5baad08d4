package resilience_test

import (
	"maps"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// TestKilledBetweenTwoForms kills PostgreSQL while a form is being typed: the answer says so and keeps what was typed,
// the button of that page records it once the base is back, and nobody has to restart anything.
func TestKilledBetweenTwoForms(t *testing.T) {
	dsn := newBase(t)
	m := fixture.OnBase(t, dsn)
	form := typedForm(t, m)
	release := killAndHold(t)

	unavailable(t, m.Get("mairie", "/inscriptions"))
	got := m.PostAs("mairie", pathNouvelle, form)
	unavailable(t, got)
	if !strings.Contains(got.Body, "Envoyer à nouveau") || !strings.Contains(got.Body, "est conservé sur cette page") {
		t.Errorf("the page offers no second sending:\n%s", got.Body)
	}
	kept := fields(t, got.Body, "")
	if !reflect.DeepEqual(kept, form) {
		t.Errorf("kept %v\ntyped %v", kept, form)
	}

	release()
	send := func() fixture.Reponse { return m.PostAs("mairie", pathNouvelle, kept) }
	first := untilAnswered(send)
	second := untilAnswered(send)
	if first.Code != http.StatusSeeOther || second.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("recorded %d %v, sent again %d %v", first.Code, first.Header, second.Code, second.Header)
	}
	if n := count(t, dsn, `eleve`); n != 1 {
		t.Errorf("%d pupils, want 1", n)
	}
	if page := m.Get("mairie", first.Header.Get("Location")); page.Code != http.StatusOK || !strings.Contains(page.Body, "DUPRAT Zoé") {
		t.Errorf("the inscription shows %d", page.Code)
	}
}

// typedForm goes through the pages up to the form of a new child, and fills it.
func typedForm(t *testing.T, m *fixture.Monde) url.Values {
	t.Helper()
	typed := enfant("Zoé", "", m.Heure)
	ask := fields(t, m.Get("mairie", pathNouvelle).Body, "/inscriptions/recherche")
	for _, name := range []string{"nom_famille", "prenom", "date_naissance"} {
		ask[name] = typed[name]
	}
	form := fields(t, m.PostAs("mairie", "/inscriptions/recherche", ask).Body, pathNouvelle)
	delete(typed, "jeton")
	maps.Copy(form, typed)
	return form
}

func unavailable(t *testing.T, got fixture.Reponse) {
	t.Helper()
	if got.Code != http.StatusServiceUnavailable || got.Header.Get("Retry-After") == "" ||
		!strings.Contains(got.Body, `role="alert"`) || !strings.Contains(got.Body, "La base de données ne répond pas") {
		t.Errorf("got %d %v\n%s", got.Code, got.Header, got.Body)
	}
}
