package editions_test

import (
	"context"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// menent are the entries of the registry that lead to others: each of their documents is tried with its own page.
var menent = map[string]string{
	"/listes":      "every ready list is one of /listes/composer",
	"/extractions": "a file for a spreadsheet is not a document", "/extractions/ent": "a file for another program neither",
	"/classes": "leads to the page of a class", "/groupes": "leads to the page of a group", "/courriers": "leads to the letters of the school",
	"/elections": "leads to the election of a year", "/effectifs": "figures, with their own files", "/reprise": "files of another program",
	"/passages": "leads to the letters of each pupil",
}

// documents are what an agent finds at /editions, in its order.
var documents = regexp.MustCompile(`<dt><a href="([^"]+)"[^>]*>([^<]+)</a>`)

// peupler settles a class that every document has something to say about: ages of both medical visits, a pupil who has left.
func peupler(m *fixture.Monde) {
	m.Helper()
	exec := func(sql string, args ...any) {
		if _, err := m.Tx.Exec(m.TB.Context(), sql, args...); err != nil {
			m.Fatal(err)
		}
	}
	parti := m.Present("Ugo")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, parti.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement", DestinationUAI: fixture.Voisine})
	})
	petite, grande := m.Placer("directeur", m.Present("Lina"), fixture.CE1), m.Placer("directeur", m.Present("Noé"), fixture.CE1)
	exec(`update eleve set date_naissance = '2023-02-01' where id = $1`, petite.ID)
	exec(`update eleve set date_naissance = '2021-03-01' where id = $1`, grande.ID)
}

// Every document is a page and a file, and both say the same words (issue: the same content as an accessible page).
func TestEveryDocumentIsAPageAndAFile(t *testing.T) {
	for _, agent := range []string{"directeur", "mairie", "ia"} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			peupler(m)
			papers := 0
			for _, d := range documents.FindAllStringSubmatch(m.Get(agent, "/editions").Body, -1) {
				path, titre := html.UnescapeString(d[1]), html.UnescapeString(d[2])
				papers += essayer(t, m, agent, path, titre)
			}
			if agent == "directeur" && papers < 18 {
				t.Errorf("%d papers only were compared", papers)
			}
		})
	}
}

var (
	printed = regexp.MustCompile(`<a [^>]*href="([^"]+)"[^>]*>Imprimer \(PDF\)</a>`)
	export  = regexp.MustCompile(`href="([^"]+\.pdf[^"]*)"`)
)

// essayer tries an entry, and tells how many papers it has compared.
func essayer(t *testing.T, m *fixture.Monde, agent, path, titre string) int {
	t.Helper()
	page := m.Get(agent, path)
	switch {
	case strings.Contains(page.Body, `name="classe"`) && strings.Contains(page.Body, `value="toute"`):
		page = m.Get(agent, path+"?classe=toute")
	case agent == "ia" && strings.HasPrefix(path, "/registre"):
		page = m.Get(agent, path+"?ecole="+fixture.Ecole)
	}
	if link := printed.FindStringSubmatch(page.Body); link != nil {
		file := m.Get(agent, html.UnescapeString(link[1]))
		if strings.Contains(path, "certificats") {
			page = m.Get(agent, path+"?classe=toute") // its number is that of the file now
		}
		onPaper, onPage := fixture.Ecarts(t, page.Body, file.Body)
		if len(onPaper)+len(onPage) > 0 {
			t.Errorf("%s (%s)\n\ton paper only: %q\n\ton the page only: %q", titre, path, onPaper, onPage)
		}
		return 1
	}
	if link := export.FindStringSubmatch(page.Body); link != nil {
		file := m.Get(agent, html.UnescapeString(link[1]))
		if said := fixture.Papier(t, file.Body); strings.Contains(said, "Lina") != strings.Contains(page.Body, "Lina") {
			t.Errorf("%s (%s): the list names Lina on one side only\n%s", titre, path, said)
		}
		return 0
	}
	if _, leads := menent[path]; leads {
		return 0
	}
	route, query, _ := strings.Cut(path, "?")
	if file := m.Get(agent, route+".pdf?"+query); file.Code != 200 || !strings.HasPrefix(file.Body, "%PDF") { // a list with nobody on it
		t.Errorf("%s (%s): %d, neither a paper nor a list that is printed: %d", titre, path, page.Code, file.Code)
	}
	return 0
}

// The control: a page beside the file of another paper is seen.
func TestAnotherPaperIsSeen(t *testing.T) {
	m := fixture.New(t)
	peupler(m)
	page, file := m.Get("directeur", "/editions/fiches-urgence?classe=toute"), m.Get("directeur", "/editions/recepisses.pdf?classe=toute")
	if onPaper, onPage := fixture.Ecarts(t, page.Body, file.Body); len(onPaper) == 0 || len(onPage) == 0 {
		t.Errorf("on paper only %q, on the page only %q", onPaper, onPage)
	}
}

// feuilles are what an entry of the registry gives to read: its page for the whole school, and each file that it leads to.
func feuilles(t *testing.T, m *fixture.Monde, agent, path string) []string {
	t.Helper()
	page := m.Get(agent, path)
	if strings.Contains(page.Body, `value="toute"`) {
		page = m.Get(agent, path+"?classe=toute")
	}
	said := []string{page.Body}
	for _, link := range export.FindAllStringSubmatch(page.Body, -1) {
		if file := m.Get(agent, html.UnescapeString(link[1])); strings.HasPrefix(file.Body, "%PDF") {
			said = append(said, fixture.Papier(t, file.Body))
		}
	}
	return said
}

// No paper of a mairie bears the INE, nor does any that a school prints for its families (design.md §2.3): each entry of
// the registry is read, on the screen and on paper. The control: the number is there, and leaves where one asks for it.
func TestNoPaperBearsTheNumber(t *testing.T) {
	const number = "990000001EB"
	for _, agent := range []string{"mairie", "directeur"} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			peupler(m)
			if _, err := m.Tx.Exec(t.Context(), `update immatriculation set etat = 'attribue', ine = $1
				where eleve_id = (select id from eleve where prenom = 'Lina')`, number); err != nil {
				t.Fatal(err)
			}
			read := 0
			for _, d := range documents.FindAllStringSubmatch(m.Get(agent, "/editions").Body, -1) {
				for _, said := range feuilles(t, m, agent, html.UnescapeString(d[1])) {
					if read++; strings.Contains(said, number) {
						t.Errorf("%s (%s) bears the number", d[2], d[1])
					}
				}
			}
			asked := url.Values{"groupes": {"identite", "ine"}, "format": {"csv"}, "motif": {"outil"}}
			if file := m.Post("directeur", "/extractions/fichier", asked); read < 12 || !strings.Contains(file.Body, number) {
				t.Errorf("%d sheets were read; the number leaves where it is asked for: %v", read, strings.Contains(file.Body, number))
			}
		})
	}
}
