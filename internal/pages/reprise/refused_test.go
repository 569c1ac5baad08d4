package reprise_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
)

// What is refused changes nothing, and says why.
func TestRefused(t *testing.T) {
	for _, tt := range []struct{ name, content, said string }{
		{"un fichier vide", "", "vide"},
		{"une image", "\x89PNG\x00\x00", "ni un fichier CSV"},
		{"des titres seuls", titres, "ligne de titres"},
		{"un guillemet ouvert", titres + `"ABADIE;` + strings.Repeat("x;y\r\n", 900), "guillemet"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			got := m.Envoyer("directeur", "/reprise", "fichier", "f.csv", []byte(tt.content))
			if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, tt.said) || !strings.Contains(got.Body, `role="alert"`) {
				t.Errorf("%d %s", got.Code, got.Body)
			}
			if n := fixture.Valeur[int](m, `select count(*) from depot`); n != 0 {
				t.Errorf("%d files kept", n)
			}
		})
	}
}

// A file too large is refused before it is read whole; another form keeps its own bound.
func TestTooLarge(t *testing.T) {
	m := fixture.New(t)
	if got := m.Envoyer("directeur", "/reprise", "fichier", "f.csv", make([]byte, 10<<20)); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "8\u00a0Mo") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if got := m.Post("directeur", "/reprise", url.Values{"x": {strings.Repeat("x", 2<<20)}}); got.Code < 400 {
		t.Errorf("a form of 2 MB: %d", got.Code)
	}
}

// A column that is not recognised is chosen by hand; one that is missing is asked for.
func TestMapping(t *testing.T) {
	m := fixture.New(t)
	path := deposer(t, m, "Patronyme;Prénom;Né le;Sexe;Niveau\r\nPUJOL;Hugo;01/02/2018;M;CE2\r\n")
	if got := choisir(t, m, path, nil); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "Nom de famille") {
		t.Errorf("%d without a name", got.Code)
	}
	if got := m.Get("directeur", path+"/apercu"); got.Code != http.StatusSeeOther {
		t.Errorf("%d before the columns", got.Code)
	}
	reprendre2(t, m, path, url.Values{"colonne.0": {"nom_famille"}})
	if n := fixture.Valeur[int](m, `select count(*) from eleve where nom_famille = 'Pujol'`); n != 1 {
		t.Errorf("%d pupils", n)
	}
}

// When the school changes between the preview and the act, nothing is done and the new preview is shown.
func TestStalePreview(t *testing.T) {
	m := fixture.New(t)
	path, _, form := apercu(t, m, titres+maelle, nil)
	m.Present("Maëlle")
	got := m.Post("directeur", path+"/appliquer", form)
	if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "ont changé depuis cet aperçu") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
	if n := fixture.Valeur[int](m, `select count(*) from eleve`); n != 1 {
		t.Errorf("%d pupils", n)
	}
}

// A file sent is its sender's alone, for a day. A child known elsewhere is never created twice.
func TestKeptForADayAndElsewhere(t *testing.T) {
	m := fixture.New(t)
	m.PresentAilleurs("Maëlle")
	path, body, form := apercu(t, m, titres+maelle, nil)
	if form != nil || !strings.Contains(body, "hors de votre école") {
		t.Errorf("a child of another school: %s", body)
	}
	if got := m.Get("directeur voisin", path+"/apercu"); got.Code != http.StatusNotFound {
		t.Errorf("%d to a neighbour", got.Code)
	}
	m.Heure = m.Heure.Add(10 * time.Minute)
	if got := m.Get("directeur", path+"/apercu"); got.Code != http.StatusOK { // control
		t.Errorf("%d after ten minutes", got.Code)
	}
	if _, err := m.Tx.Exec(t.Context(), `update depot set le = le - interval '1 day'`); err != nil {
		t.Fatal(err)
	}
	if got := m.Get("directeur", path+"/apercu"); got.Code != http.StatusNotFound {
		t.Errorf("%d after a day", got.Code)
	}
}

// Whether a child exists elsewhere is told for twenty files an hour, each noted; a file of children whom the school has
// tells nothing, and counts for nothing.
func TestLookingElsewhereIsCounted(t *testing.T) {
	m := fixture.New(t)
	m.PresentAilleurs("Maëlle")
	noted := func() int {
		return fixture.Valeur[int](m, `select count(*) from journal where acte = 'chercher_ailleurs'`)
	}
	before := noted()
	unknown := deposer(t, m, titres+maelle)
	for range 20 {
		if got := choisir(t, m, unknown, nil); got.Code != http.StatusSeeOther {
			t.Fatalf("%d %s", got.Code, got.Body)
		}
	}
	if got := choisir(t, m, unknown, nil); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "vingt fois") || noted() != before+20 {
		t.Errorf("%d, %d noted", got.Code, noted()-before)
	}
	m.Present("Inès")
	if got := choisir(t, m, deposer(t, m, titres+strings.Replace(maelle, "Maëlle", "Inès", 1)), nil); got.Code != http.StatusSeeOther {
		t.Errorf("children of the school: %d", got.Code)
	}
	if _, err := m.Tx.Exec(t.Context(), `set local be.reecrire_journal = 'oui'; update journal set le = le - interval '1 hour'`); err != nil {
		t.Fatal(err)
	}
	if got := choisir(t, m, unknown, nil); got.Code != http.StatusSeeOther || noted() != before+21 {
		t.Errorf("an hour later: %d, %d noted", got.Code, noted()-before)
	}
}

// The exports of the school, imported again, change nothing; each is noted in the journal.
func TestExportRoundTrip(t *testing.T) {
	m := fixture.New(t)
	m.Placer("directeur", m.Present("Maëlle"), fixture.CE1)
	reprendre(t, m, titres+hugo, nil)
	for path, more := range map[string]url.Values{
		"/reprise/onde-eleves.csv": nil, "/reprise/onde-eleves.csv?encodage=utf-8": nil, "/reprise/onde-responsables.csv": {"liens": {"civilite"}},
	} {
		file := m.Get("directeur", path)
		if file.Code != http.StatusOK || !strings.Contains(file.Body, "ABADIE") {
			t.Fatalf("%d %s", file.Code, file.Body)
		}
		if _, body, form := apercu(t, m, file.Body, more); form != nil || strings.Contains(body, "À vérifier") {
			t.Errorf("%s: %s\n%s", path, file.Body, body)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'exporter' and objet_id is null`); n != 3 {
		t.Errorf("%d exports noted", n)
	}
	if got := m.Get("directeur", "/reprise/exports"); got.Code != http.StatusOK || !strings.Contains(got.Body, "2\u00a0lignes") && !strings.Contains(got.Body, "2 lignes") {
		t.Errorf("%d %s", got.Code, got.Body)
	}
}
