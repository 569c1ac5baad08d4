package journaux_test

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/journal"
	"base-eleves/internal/fixture"
)

var balise = regexp.MustCompile(`(?s)<[^>]*>`)

func texte(body string) string {
	return strings.Join(strings.Fields(balise.ReplaceAllString(body, " ")), " ")
}

// Everybody reads what he did himself, and nothing of the others.
func TestOnesOwnLines(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	m.Get("directeur", "/eleves/"+lina.ID.String())
	for agent, sees := range map[string]bool{"directeur": true, "mairie": false, "ia": false, "service": false} {
		r := m.Get(agent, "/journal")
		if got := strings.Contains(r.Body, "Dossier ouvert"); r.Code != http.StatusOK || got != sees {
			t.Errorf("%s: %d, sees the opening: %t, want %t", agent, r.Code, got, sees)
		}
	}
	if link := `href="/eleves/` + lina.ID.String(); !strings.Contains(m.Get("directeur", "/journal").Body, link) {
		t.Error("no way back to the file")
	}
}

// The IA reads who opened a file, by name; the others do not (security.md AUD-9).
func TestWhoOpenedAFile(t *testing.T) {
	m := fixture.New(t)
	path := "/eleves/" + m.Present("Lina").ID.String()
	m.Get("directeur", path)
	m.Get("ien", path)
	page := texte(m.Get("ia", "/journal"+path).Body)
	for _, who := range []string{m.Agent("directeur").Nom, m.Agent("ien").Nom} {
		if !strings.Contains(page, who) {
			t.Errorf("%s has opened the file and is not said: %s", who, page)
		}
	}
	if r := m.Get("ia voisine", "/journal"+path); r.Code != http.StatusNotFound {
		t.Errorf("another département gets %d", r.Code)
	}
}

// What an account has seen between two days: the pupils, and the file of a breach.
func TestWhatAnAccountHasSeen(t *testing.T) {
	m := fixture.New(t)
	lina, noe := m.Present("Lina"), m.Present("Noé")
	for range 3 {
		m.Get("ien", "/eleves/"+lina.ID.String())
	}
	account := "/journal/comptes/" + m.Agent("ien").Compte.String()
	page := texte(m.Get("ia", account).Body)
	if !strings.Contains(page, "ABADIE Lina") || strings.Contains(page, "ABADIE Noé") {
		t.Errorf("wrong pupils: %s", page)
	}
	m.Get("ien", "/eleves/"+noe.ID.String())
	r := m.Get("ia", account+"/eleves.csv")
	rows, err := rows(r.Body)
	if err != nil || len(rows) != 3 || rows[1][0] != "ABADIE Lina" || rows[1][3] != "3" || rows[2][0] != "ABADIE Noé" {
		t.Errorf("%v: %q", err, rows)
	}
	all, err := lire(m, account+"/lignes.csv")
	if err != nil || len(all) != 5 {
		t.Errorf("%v: %d lines", err, len(all))
	}
	before := url.Values{"du": {"01/01/2020"}, "au": {"31/12/2020"}}
	if page := texte(m.Get("ia", account+"?"+before.Encode()).Body); !strings.Contains(page, "n’a vu aucun dossier") {
		t.Errorf("something was seen before anything was: %s", page)
	}
}

// LAW-13: the pupils of a list that has left the base are those of the report, and those of another school are not; the
// file of each says who took it out. The page says what leaves no line.
func TestBreachReportTellsOfLists(t *testing.T) {
	m := fixture.New(t)
	account := "/journal/comptes/" + m.Agent("directeur").Compte.String()
	lina, noe, rose := m.Present("Lina"), m.Present("Noé"), m.PresentAilleurs("Rose")
	since := fixture.Valeur[int64](m, `select max(id) from journal`)
	m.Get("directeur", "/eleves") // on the screen
	if n := fixture.Valeur[int](m, `select count(*)::int from journal where id > $1 and objet = 'eleve'`, since); n != 0 {
		t.Errorf("a list read on the screen leaves %d lines of pupils", n)
	}
	if r := m.Get("directeur", "/eleves.csv"); r.Code != http.StatusOK || !strings.Contains(r.Body, "Lina") {
		t.Fatal(r.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*)::int from journal where id > $1 and acte = 'exporter' and objet = 'eleve'
		and objet_id = any ($2) and ecole_uai = $3`, since, []uuid.UUID{lina.ID, noe.ID}, fixture.Ecole); n != 2 {
		t.Errorf("%d lines of the two pupils", n)
	}
	if page := texte(m.Get("ia", account).Body); !strings.Contains(page, "Élèves de listes exportées 2") || !strings.Contains(page, "ne laisse pas de ligne par élève") {
		t.Errorf("the page does not say it: %s", page)
	}
	if n := strings.Count(m.Get("directeur", "/journal").Body, "Liste exportée"); n != 1 {
		t.Errorf("his own page says the list %d times", n)
	}
	seen, err := lire(m, account+"/eleves.csv")
	if err != nil || !holds(seen, lina.ID) || !holds(seen, noe.ID) || holds(seen, rose.ID) {
		t.Errorf("%v: %q", err, seen)
	}
	for id, want := range map[uuid.UUID]bool{lina.ID: true, noe.ID: true, rose.ID: false} {
		if page := texte(m.Get("ia", "/journal/eleves/"+id.String()).Body); strings.Contains(page, "Liste exportée") != want {
			t.Errorf("who opened %s: %s", id, page)
		}
	}
}

// holds tells whether a row of a report ends with the pupil.
func holds(rows [][]string, id uuid.UUID) bool {
	return slices.ContainsFunc(rows, func(row []string) bool { return row[len(row)-1] == id.String() })
}

func rows(body string) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(strings.TrimPrefix(body, "\ufeff")))
	r.Comma = ';'
	return r.ReadAll()
}

func lire(m *fixture.Monde, path string) ([][]string, error) { return rows(m.Get("ia", path).Body) }

// The account of another département is unknown; to read about one is noted.
func TestAnotherDepartement(t *testing.T) {
	m := fixture.New(t)
	foreign := "/journal/comptes/" + m.Agent("directeur lointain").Compte.String()
	for _, path := range []string{foreign, foreign + "/eleves.csv", foreign + "/lignes.csv"} {
		if r := m.Get("ia", path); r.Code != http.StatusNotFound {
			t.Errorf("%s: %d", path, r.Code)
		}
	}
	if strings.Contains(m.Get("ia", "/journal/comptes").Body, foreign) {
		t.Error("it is listed")
	}
	m.Get("ia", "/journal/comptes/"+m.Agent("directeur").Compte.String())
	if n := fixture.Valeur[int](m, `select count(*)::int from journal where acte = 'lire_journal' and objet_id = $1`, m.Agent("directeur").Compte); n != 1 {
		t.Errorf("%d lines say that the journal was read, want 1", n)
	}
}

// The service reads what happens to its accounts, and no pupil at all.
func TestTechnicalLines(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	m.Get("directeur", "/eleves/"+lina.ID.String())
	m.Post("directeur", "/sessions/terminer-autres", nil)
	page := m.Get("service", "/journal/technique").Body
	if text := texte(page); !strings.Contains(text, "Session terminée") {
		t.Errorf("the end of a session is not shown: %s", text)
	}
	if strings.Contains(page, "Dossier ouvert") || strings.Contains(page, lina.ID.String()) || strings.Contains(page, "Lina") {
		t.Error("a pupil is shown")
	}
	if page := m.Get("ia voisine", "/journal/technique").Body; strings.Contains(page, "Session terminée") {
		t.Error("another département sees it")
	}
}

// Dates that say nothing are refused beside their field, and stay.
func TestDates(t *testing.T) {
	m := fixture.New(t)
	for query, want := range map[string]string{
		"du=zzz": "Écrivez la date", "du=02/11/2026&au=01/11/2026": "Le dernier jour vient après le premier.",
	} {
		r := m.Get("directeur", "/journal?"+query)
		if r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, want) {
			t.Errorf("%s: %d, want %q", query, r.Code, want)
		}
	}
}

// A page holds fifty lines, the last first.
func TestManyLines(t *testing.T) {
	m := fixture.New(t)
	if _, err := m.Tx.Exec(t.Context(), `insert into journal (le, compte_id, habilitation_id, role, acte, objet)
		select $1::timestamptz - n * interval '1 minute', $2, $3, 'directeur', $4, 'liste' from generate_series(1, 3000) n`,
		m.Heure.Add(-time.Hour), m.Agent("directeur").Compte, m.Agent("directeur").Habilitation, string(journal.Exporter)); err != nil {
		t.Fatal(err)
	}
	r := m.Get("directeur", "/journal?page=2")
	if n := strings.Count(r.Body, "Liste exportée"); n != 50 {
		t.Errorf("%d lines on a page", n)
	}
}
