package inscriptions_test

import (
	"maps"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// nouvelle is the form of a new child as a clerk types it: dates short, communes by their beginning or their code.
func nouvelle(change url.Values) url.Values {
	v := url.Values{
		"nom_famille": {"Duprat"}, "prenom": {"Zoé"}, "sexe": {"F"}, "date_naissance": {"120418"},
		"commune_naissance": {"65000 tarbes"}, "voie": {"3 rue des Fossés"}, "commune": {"tarbes"},
		"responsable.0.nom_famille": {"Duprat"}, "responsable.0.prenom": {"Jean"}, "responsable.0.lien": {"pere"},
		"responsable.0.autorite_parentale": {"true"}, "responsable.0.meme_adresse": {"true"}, "responsable.0.tel_portable": {"0600000002"},
		"annee": {"2026"}, "ecole_uai": {fixture.Ecole}, "niveau": {"CE2"}, "date_inscription": {"151126"},
	}
	maps.Copy(v, change)
	return v
}

// inscrire inscribes a child by the form and returns the address of the inscription.
func inscrire(t *testing.T, m *fixture.Monde, change url.Values) string {
	t.Helper()
	got := m.Post("mairie", "/inscriptions/nouvelle", nouvelle(change))
	if got.Code != 303 {
		t.Fatalf("not inscribed: %d %s", got.Code, alert(got.Body))
	}
	return got.Header.Get("Location")
}

// alert is the text of what a page says is wrong.
func alert(body string) string {
	_, rest, _ := strings.Cut(body, `role="alert"`)
	rest, _, _ = strings.Cut(rest, "</div>")
	return strings.Join(strings.Fields(tags.ReplaceAllString(rest, " ")), " ")
}

var tags = regexp.MustCompile(`<[^>]*>`)

// text is the body as it is read: no tags, single spaces.
func text(body string) string {
	body = strings.ReplaceAll(tags.ReplaceAllString(body, " "), "\u00a0", " ")
	return strings.Join(strings.Fields(body), " ")
}

func shows(t *testing.T, body string, want ...string) {
	t.Helper()
	for _, s := range want {
		if !strings.Contains(body, s) && !strings.Contains(text(body), s) {
			t.Errorf("does not show %q", s)
		}
	}
}

func hides(t *testing.T, body string, unwanted ...string) {
	t.Helper()
	for _, s := range unwanted {
		if strings.Contains(body, s) {
			t.Errorf("shows %q", s)
		}
	}
}

func count(m *fixture.Monde, table string) int {
	return fixture.Valeur[int](m, "select count(*) from "+table)
}
