package app_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"

	"base-eleves/internal/bench/spy"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres/postgrestest"
	"base-eleves/internal/territoire"
)

// What a page may send to PostgreSQL, its session and its scope included (design.md §8).
const (
	maxStatements = 6
	maxTrips      = 2
)

// watched is a world with the pools and the sessions of the service, on a base of its own, through a spy.
func watched(t *testing.T) (*spy.Spy, *fixture.Monde) {
	t.Helper()
	base := postgrestest.Clone(t)
	folder, err := os.MkdirTemp("", "spy-") // t.TempDir is too long for a socket
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	s, err := spy.Listen(folder, base)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s, fixture.OnBase(t, s.URL(base))
}

// cost says how a page goes beyond the limit, or costs more when there are more pupils; "" when it does neither.
func cost(few, many spy.Page) string {
	n, trips := len(many.Statements), len(many.Trips)
	if n == len(few.Statements) && n <= maxStatements && trips <= maxTrips {
		return ""
	}
	var list strings.Builder
	for _, st := range many.Statements {
		list.WriteString("\n\t" + strings.Join(strings.Fields(st.SQL), " "))
	}
	return fmt.Sprintf("%d statements in %d round trips, %d statements for fewer pupils%s", n, trips, len(few.Statements), &list)
}

// wider are the same pages asked with a word, a filter, or all of a year.
var wider = map[string][]string{
	"/eleves":       {"?q=aba", "?q=abadie+lina&tri=naissance", "?ecole=" + fixture.Ecole + "&niveau=CE1&etat=tous"},
	"/recherche":    {"?q=abadie+lina", "?q=06+00+00+00+01", "?q=120419"},
	"/inscriptions": {"?q=aba&etat=inscrit"},
	"/admissions":   {"?presents=annee", "?annee=2027"},
	"/effectifs":    {"?circonscription=0651044G", "?etat=radie", "?ecole=" + fixture.Ecole, "?le=2026-11-01"},

	"/effectifs/eleves":  {"?classe=" + fixture.CE1.String() + "&ecole=" + fixture.Ecole, "?le=2026-11-01&niveau=cycle2"},
	"/effectifs/classes": {"?classes=toutes", "?ecole=" + fixture.Ecole + "&le=2026-11-01"},
	"/classes":           {"?annee=2025"},

	"/listes/composer":        {"?prete=telephones", "?prete=fratries", "?prete=familles", "?compose=1&c=nom&c=adresse&ecole=" + fixture.Ecole},
	"/courriers/{id}/envoyer": {"?adresser=personne&niveau=CE1", "?annee=suivante"},
	"/courriers/{id}/lettres": {"?adresser=personne&page=2"},

	"/listes/composer.csv": {"?prete=alphabetique", "?compose=1&c=nom&c=services&ecole=" + fixture.Ecole},
}

// addresses are those that an agent may ask for about these objects, with the words and filters of wider.
func addresses(m *fixture.Monde, role habilitation.Role, all ...objects) (list []string) {
	for _, r := range m.App.Routes {
		if r.Method != http.MethodGet || r.Droit == 0 || !role.Holds(r.Droit) {
			continue
		}
		for _, o := range all {
			for _, query := range append([]string{""}, wider[r.Path]...) {
				list = append(list, o.path(r.Path)+query)
			}
			if strings.HasPrefix(r.Path, "/repartition") {
				list = append(list, r.Path+"?scenario="+o.composition.scenario, r.Path+"?annee=2027")
			}
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// sent is what each page of each role about these objects sends to PostgreSQL.
func sent(t *testing.T, s *spy.Spy, m *fixture.Monde, all ...objects) map[string]spy.Page {
	t.Helper()
	pages := map[string]spy.Page{}
	for _, w := range walks {
		for _, path := range addresses(m, w.role, all...) {
			got := m.Get(w.agent, path) // prepares the statements
			if got.Code != http.StatusOK || got.Header.Get("Content-Type") != "text/html; charset=utf-8" {
				continue // a file, or an act that waits
			}
			page, err := s.Note(func() error { m.Get(w.agent, path); return nil })
			if err != nil {
				t.Fatal(err)
			}
			pages[w.agent+" "+path] = page
		}
	}
	return pages
}

// However many pupils there are, a page costs PostgreSQL the same few statements, and waits for it twice at most.
func TestStatementsPerPage(t *testing.T) {
	s, m := watched(t)
	own := arrive(m, chez)
	inscrit := own // whose file the mairie may still write
	inscrit.eleve = own.nouveau
	few := sent(t, s, m, own, inscrit)
	arrive(m, chez)
	arrive(m, meme)
	for name, page := range sent(t, s, m, own, inscrit) {
		if fault := cost(few[name], page); fault != "" {
			t.Errorf("%s: %s", name, fault)
		}
	}
	if len(few) < 80 { // control: the pages were found
		t.Errorf("only %d pages were seen", len(few))
	}
}

// The control: whichever way a page costs too much, it is seen.
func TestCostIsSeen(t *testing.T) {
	s, m := watched(t)
	note := func(reads ...int) spy.Page { // how many statements each reads, its scope besides
		page, err := s.Note(func() (err error) {
			for _, n := range reads {
				err = errors.Join(err, m.DB.Lire(t.Context(), m.Agent("directeur").Portee(), func(l *territoire.Lecture) {
					for range n {
						l.Exec(`select`)
					}
				}))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return page
	}
	note(1) // prepares
	for _, tt := range []struct {
		name      string
		few, many spy.Page
		seen      bool
	}{
		{"six statements", note(5), note(5), false},
		{"seven", note(6), note(6), true},
		{"two round trips", note(1, 1), note(1, 1), false},
		{"three", note(1, 1, 1), note(1, 1, 1), true},
		{"one more statement for more pupils", note(2), note(3), true},
	} {
		if fault := cost(tt.few, tt.many); (fault != "") != tt.seen {
			t.Errorf("%s: %q", tt.name, fault)
		}
	}
}

// What an act may wait for, its session included: while it waits it holds what others wait for.
func TestRoundTripsPerAct(t *testing.T) {
	s, m := watched(t)
	identite := url.Values{
		"nom_famille": {"Abadie"}, "prenom": {"Lina"}, "sexe": {"F"}, "date_naissance": {"120419"},
		"commune_naissance": {"Tarbes"}, "commune_naissance_insee": {fixture.Tarbes},
	}
	for _, tt := range []struct {
		path  string
		form  url.Values
		trips int
	}{
		{"/admissions/%[1]s/accepter", url.Values{"niveau": {"CE1"}, "date_effet": {"010926"}}, 10},
		{"/admissions/%[1]s/admettre", url.Values{"date_admission": {"010926"}}, 8},
		{"/eleves/%[2]s/identite", identite, 5},
	} {
		var page spy.Page
		for range 3 { // the first two prepare the statements: the first of the day opens the scope otherwise
			e := m.Inscrire("mairie", fixture.Ecole, "Lina")
			if !strings.HasSuffix(tt.path, "accepter") {
				e = m.Accepter("directeur", e)
			}
			page = acted(t, s, m, fmt.Sprintf(tt.path, e.Inscription, e.ID), tt.form)
		}
		if len(page.Trips) > tt.trips {
			t.Errorf("%s: %s", tt.path, cost(spy.Page{}, page))
		}
	}
}

// acted is what an act sends.
func acted(t *testing.T, s *spy.Spy, m *fixture.Monde, path string, form url.Values) spy.Page {
	t.Helper()
	form.Set("jeton", m.Jeton("directeur"))
	code := 0
	page, err := s.Note(func() error { code = m.PostAs("directeur", path, form).Code; return nil })
	if err != nil || code != http.StatusSeeOther {
		t.Fatalf("%s: %d, %v", path, code, err)
	}
	return page
}
