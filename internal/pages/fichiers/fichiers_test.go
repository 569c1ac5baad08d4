package fichiers_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/travail"
	"base-eleves/internal/fixture"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// departement is an export of the names of the whole of it.
var departement = url.Values{"groupes": {"identite"}, "format": {"csv"}, "motif": {"enquete"}}

func monde(t testing.TB) *fixture.Monde {
	m := fixture.New(t)
	m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	return m
}

// demander asks for the names of the département and returns where they are followed.
func demander(m *fixture.Monde) string {
	m.Helper()
	got := m.Post("ia", "/extractions/fichier", departement)
	if got.Code != http.StatusSeeOther || !strings.HasPrefix(got.Header.Get("Location"), "/fichiers/") {
		m.Fatalf("%d, %q\n%.400s", got.Code, got.Header.Get("Location"), got.Body)
	}
	return got.Header.Get("Location")
}

func accorder(m *fixture.Monde, agent, file, accord string) fixture.Reponse {
	m.Helper()
	return m.Post(agent, file+"/decision", url.Values{"accord": {accord}})
}

func etat(m *fixture.Monde) string {
	m.Helper()
	return fixture.Valeur[string](m, `select string_agg(etat, ' ') from travail`)
}

func actes(m *fixture.Monde) string {
	m.Helper()
	return fixture.Valeur[string](m, `select coalesce(string_agg(role || ' ' || acte, ', ' order by id), '') from journal where objet in ('travail', 'extraction')
		and acte <> 'consulter'`)
}

// The page follows the file with a script and without; one may leave, come back, give it up. A form sent twice asks once.
func TestFollow(t *testing.T) {
	m := monde(t)
	twice := url.Values{"jeton": {m.Jeton("ia")}}
	for name, v := range departement {
		twice[name] = v
	}
	first, second := m.PostAs("ia", "/extractions/fichier", twice), m.PostAs("ia", "/extractions/fichier", twice)
	file := first.Header.Get("Location")
	if file != second.Header.Get("Location") || etat(m) != "a_approuver" {
		t.Fatalf("the same form twice: %s, then %s; %s", file, second.Header.Get("Location"), etat(m))
	}
	accorder(m, "service", file, "oui")
	const refresh = `<noscript><meta http-equiv="refresh"`
	if page := m.Get("ia", file).Body; !strings.Contains(page, refresh) || !strings.Contains(page, "Le fichier attend son tour.") {
		t.Errorf("waiting:\n%s", page)
	}
	if page := m.Get("ia", file+"?fixe=1").Body; strings.Contains(page, refresh) {
		t.Error("the page cannot be held still")
	}
	if got := m.Get("ia", file+"/etat"); got.Body != `{"texte":"Le fichier attend son tour.","fait":0,"fini":false}` {
		t.Errorf("for the script: %s", got.Body)
	}
	m.Fabriquer()
	if got := m.Get("ia", file+"/etat"); !strings.Contains(got.Body, `"fini":true`) {
		t.Errorf("finished, for the script: %s", got.Body)
	}
	if page := m.Get("ia", file).Body; strings.Contains(page, refresh) || !strings.Contains(page, "Télécharger le fichier") {
		t.Errorf("finished:\n%s", page)
	}
	if list := m.Get("ia", "/fichiers").Body; !strings.Contains(list, file) || !strings.Contains(list, "Prêt") {
		t.Errorf("among the files:\n%s", list)
	}
	m.Post("ia", file+"/abandonner", nil)
	if n := fixture.Valeur[int](m, `select count(*) from travail_morceau`); n != 0 || etat(m) != "abandonne" {
		t.Errorf("given up: %s, %d pieces kept", etat(m), n)
	}
}

// The file is sealed where it lies: no name can be read in the base, and a piece that was changed or moved is not given.
// It leaves after a fresh proof only.
func TestSealed(t *testing.T) {
	m := monde(t)
	file := demander(m)
	accorder(m, "service", file, "oui")
	m.Fabriquer()
	exec := func(sql string) {
		t.Helper()
		if _, err := m.Tx.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if fixture.Valeur[bool](m, `select bool_or(position('Lina'::bytea in contenu) > 0) from travail_morceau`) {
		t.Error("a name can be read in the base")
	}
	m.Essayer(func() {
		exec(`update travail_morceau set contenu = set_byte(contenu, 40, get_byte(contenu, 40) # 1)`)
		defer func() {
			if recover() != http.ErrAbortHandler {
				t.Error("a file that was changed is given as if it were whole")
			}
		}()
		m.Get("ia", file+"/contenu")
	})
	m.Get("ia", file)
	m.Attendre(httpx.DelaiExport + time.Second)
	if got := m.Get("ia", file+"/contenu"); !strings.Contains(got.Body, "preuve_code") || strings.Contains(got.Body, "Lina") {
		t.Errorf("an old proof: %d", got.Code)
	}
}

// After a day the file is erased, after a week more its trace.
func TestErased(t *testing.T) {
	m := monde(t)
	file := demander(m)
	accorder(m, "service", file, "oui")
	m.Fabriquer()
	for _, tt := range []struct {
		after  time.Duration
		pieces int
		trace  string
	}{{time.Hour, 1, "pret"}, {25 * time.Hour, 0, "expire"}, {9 * 24 * time.Hour, 0, ""}} {
		if err := m.DB.Connexion(t.Context(), func(tx territoire.Tx) error { travail.Purger(tx, m.Heure.Add(tt.after)); return nil }); err != nil {
			t.Fatal(err)
		}
		pieces := fixture.Valeur[int](m, `select count(*) from travail_morceau`)
		trace := fixture.Valeur[string](m, `select coalesce(string_agg(etat, ' '), '') from travail`)
		if pieces != tt.pieces || trace != tt.trace {
			t.Errorf("after %v: %d pieces, %q; want %d, %q", tt.after, pieces, trace, tt.pieces, tt.trace)
		}
		if got := m.Get("ia", file+"/contenu"); tt.pieces == 0 && (got.Code == http.StatusOK || strings.Contains(got.Body, "Lina")) {
			t.Errorf("after %v it is still given: %d", tt.after, got.Code)
		}
	}
}

// The paper of a whole school is made likewise; no second person, no proof for it.
func TestPaperOfASchool(t *testing.T) {
	m := monde(t)
	got := m.Post("directeur", "/editions/preparer", url.Values{"document": {"/editions/fiches-urgence"}, "requete": {"classe=toute"}})
	file := got.Header.Get("Location")
	m.Fabriquer()
	m.Attendre(httpx.DelaiExport + time.Second)
	if paper := m.Get("directeur", file+"/contenu"); paper.Code != http.StatusOK || !strings.Contains(fixture.Papier(t, paper.Body), "Lina") {
		t.Errorf("%d then %d", got.Code, paper.Code)
	}
	if got := m.Post("directeur", "/editions/preparer", url.Values{"document": {"/extractions"}}); got.Code != http.StatusNotFound {
		t.Errorf("what is no document: %d", got.Code)
	}
	if got := m.Get("directeur du même", file); got.Code != http.StatusNotFound {
		t.Errorf("another school: %d", got.Code)
	}
}
