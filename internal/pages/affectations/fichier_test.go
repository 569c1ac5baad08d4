package affectations_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// deposer sends a file, and returns its preview.
func deposer(t *testing.T, m *fixture.Monde, lines ...string) (path, body string) {
	t.Helper()
	got := m.Envoyer("ia", "/affectations/import", "fichier", "affectations.csv", []byte(strings.Join(lines, "\r\n")))
	if got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	path = got.Header.Get("Location")
	return path, html.UnescapeString(m.Get("ia", path).Body)
}

var empreinte = regexp.MustCompile(`name="empreinte" value="([^"]+)"`)

// A file assigns by number or by identity, after a preview; the act is undone like any other.
func TestFile(t *testing.T) {
	m := fixture.New(t)
	lina, noe := m.EnCM2("Lina"), m.EnCM2("Noé")
	if _, err := m.Tx.Exec(t.Context(), `update immatriculation set etat = 'attribue', ine = '990000001EB', attribue_le = now() where eleve_id = $1`, lina.ID); err != nil {
		t.Fatal(err)
	}
	path, body := deposer(t, m, "INE;Nom de famille;Prénom;Date de naissance;UAI collège",
		"990000001EB;;;;"+fixture.College, ";ABADIE;noé;2019-04-12;"+fixture.CollegeVoisin)
	if !strings.Contains(body, "2\u00a0élèves changent d’affectation") || college(m, lina) != "" {
		t.Errorf("the preview: %s", body)
	}
	found := empreinte.FindStringSubmatch(body)
	if found == nil {
		t.Fatal("nothing to apply")
	}
	if got := m.Post("ia voisine", path, url.Values{"empreinte": found[1:]}); got.Code != http.StatusNotFound {
		t.Errorf("another IA: %d", got.Code)
	}
	if got := m.Post("ia", path, url.Values{"empreinte": found[1:]}); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, got.Body)
	}
	if college(m, lina) != fixture.College || college(m, noe) != fixture.CollegeVoisin {
		t.Errorf("assigned to %q and %q", college(m, lina), college(m, noe))
	}
	if got := m.Get("ia", path); got.Code != http.StatusNotFound {
		t.Errorf("the file is kept: %d", got.Code)
	}
	if _, body := deposer(t, m, "ine;uai_college", "990000001EB;"+fixture.College); !strings.Contains(body, "Ce fichier ne change rien") {
		t.Error("the same file again")
	}
	m.Post("ia", annuler.FindString(m.Get("ia", "/affectations").Body), url.Values{})
	if college(m, lina)+college(m, noe) != "" {
		t.Error("the file is not undone")
	}
}

// One fault, and the file changes nothing; each fault is told with its line, its column, its value and a remedy.
func TestBadFile(t *testing.T) {
	for _, tt := range []struct{ name, line, colonne, valeur, motif string }{
		{"un INE faux", "12345;;;;" + fixture.College, "ine", "12345", "Cet INE n’a pas la bonne forme."},
		{"un INE inconnu", "990000002EA;;;;" + fixture.College, "ine", "990000002EA", "Aucun élève du département"},
		{"un nom inconnu", ";Personne;Lina;12/04/2019;" + fixture.College, "nom_famille", "Personne Lina", "Aucun élève du département"},
		{"sans nom ni numéro", ";;;;" + fixture.College, "nom_famille", "", "n’est désigné ni par son INE"},
		{"une date illisible", ";Abadie;Noé;hier;" + fixture.College, "date_naissance", "hier", "Cette date de naissance"},
		{"un code faux", ";Abadie;Noé;12/04/2019;0650027C", "uai_college", "0650027C", "Ce code de collège est faux"},
		{"un collège inconnu", ";Abadie;Noé;12/04/2019;0650000X", "uai_college", "0650000X", "Aucun collège ouvert"},
		{"deux collèges pour un élève", ";Abadie;Lina;12/04/2019;" + fixture.CollegeVoisin, "uai_college", fixture.CollegeVoisin, "La ligne 2 donne un autre collège"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			lina := m.EnCM2("Lina")
			m.EnCM2("Noé")
			path, body := deposer(t, m, "ine;nom_famille;prenom;date_naissance;uai_college", ";Abadie;Lina;12/04/2019;"+fixture.College, tt.line)
			for _, want := range []string{"<th scope=\"row\">Ligne\u00a03", tt.colonne, tt.valeur, tt.motif, "1\u00a0ligne fausse"} {
				if !strings.Contains(body, want) {
					t.Errorf("%q is not told", want)
				}
			}
			if got := m.Post("ia", path, url.Values{"empreinte": {"x"}}); got.Code != http.StatusUnprocessableEntity || college(m, lina) != "" {
				t.Errorf("applied all the same: %d, %q", got.Code, college(m, lina))
			}
		})
	}
}

func TestNoFileOfAssignments(t *testing.T) {
	m := fixture.New(t)
	for _, content := range []string{"", "a;b\n1;2\n", "ine;nom\n1;2\n", "ine;uai_college\n", "\x00\x01\x02"} {
		got := m.Envoyer("ia", "/affectations/import", "fichier", "x.csv", []byte(content))
		if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, `role="alert"`) {
			t.Errorf("%q: %d", content, got.Code)
		}
	}
	if got := m.Post("ia", "/affectations/import", url.Values{}); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a file: %d", got.Code)
	}
}

// What was shown is what is applied: an assignment made meanwhile shows the preview anew.
func TestPreviewIsStale(t *testing.T) {
	m := fixture.New(t)
	lina := m.EnCM2("Lina")
	noe := m.EnCM2("Noé")
	path, body := deposer(t, m, "nom;prenom;date_naissance;uai_college", "Abadie;Lina;12/04/2019;"+fixture.College, "Abadie;Noé;12/04/2019;"+fixture.College)
	m.Affecter6e("ia", fixture.College, noe)
	got := m.Post("ia", path, url.Values{"empreinte": empreinte.FindStringSubmatch(body)[1:]})
	if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "ont changé depuis cet aperçu") || college(m, lina) != "" {
		t.Errorf("%d, %q", got.Code, college(m, lina))
	}
	if got := m.Post("ia", path, url.Values{"empreinte": empreinte.FindStringSubmatch(got.Body)[1:]}); got.Code != http.StatusSeeOther || college(m, lina) == "" {
		t.Errorf("the new preview: %d", got.Code)
	}
}
