package app_test

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
	"base-eleves/internal/tableau"
)

// rue is a street that nobody else lives in.
const rue = "17 impasse du Loup-Pendu"

// montrent are the pages where a protected address is read: the file and its history, for the directeur, and the forms
// that change it.
var montrent = []string{
	"/eleves/{id}", "/eleves/{id}/historique", "/eleves/{id}/adresse", "/eleves/{id}/adresse2", "/eleves/{id}/responsables/{responsable}",
}

// words is what an answer says, whatever its format.
func words(t *testing.T, got fixture.Reponse) string {
	t.Helper()
	switch kind := got.Header.Get("Content-Type"); {
	case kind == "application/pdf":
		cmd := exec.Command("pdftotext", "-raw", "-enc", "UTF-8", "-", "-")
		cmd.Stdin = strings.NewReader(got.Body)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("pdftotext, of the package poppler-utils: %v", err)
		}
		return strings.Join(strings.Fields(string(out)), " ")
	case strings.HasPrefix(got.Body, "PK"):
		return unzipped(t, got.Body)
	case strings.HasPrefix(kind, "text/html"):
		return html.UnescapeString(got.Body)
	}
	return got.Body
}

func unzipped(t *testing.T, body string) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		t.Fatal(err)
	}
	var all bytes.Buffer
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(&all, r); err != nil {
			t.Fatal(err)
		}
		_ = r.Close()
	}
	return html.UnescapeString(all.String())
}

// taint gives everybody's home that street. There live a pupil who is there, one accepted, one inscrit, their mothers,
// and the second home of the first.
func taint(t *testing.T, m *fixture.Monde, o objects, protegee bool) {
	t.Helper()
	for _, sql := range []string{
		`update adresse set voie = '` + rue + `', protegee = ` + map[bool]string{true: "true", false: "false"}[protegee],
		`insert into adresse (id, voie, commune, pays, protegee) select gen_random_uuid(), voie, 'Pau', 'Espagne', protegee from adresse limit 1`,
		`update eleve set adresse2_id = (select id from adresse where commune = 'Pau') where id = '` + o.eleve + `'`,
	} {
		if _, err := m.Tx.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}

// leaks are the routes that tell an agent the street, for pages that need not. Every route is asked, as a page and as an
// act: with nothing, then with all the pupils ticked.
func leaks(t *testing.T, m *fixture.Monde, o objects, agent string) (found []string) {
	t.Helper()
	protegee := fixture.Valeur[bool](m, `select bool_and(protegee) from adresse where voie = $1`, rue)
	ticked := url.Values{"id": {o.eleve, o.scolarite, o.arrivee}, "classe": {"toute"}, "q": {"abadie"}, "nom_famille": {"Abadie"}, "prenom": {"Lina"}, "date_naissance": {"12/04/2019"}}
	for _, r := range m.App.Routes {
		if strings.HasPrefix(r.Path, "/connexion") || r.Path == "/deconnexion" {
			continue
		}
		for _, eleve := range []string{o.eleve, o.nouveau} {
			about := o
			about.eleve = eleve
			var answers []fixture.Reponse
			if r.Method == http.MethodGet {
				answers = append(answers, m.Get(agent, about.path(r.Path)), m.Get(agent, about.path(r.Path)+"?"+ticked.Encode()))
			} else {
				answers = append(answers, m.Post(agent, about.path(r.Path), url.Values{}), m.Post(agent, about.path(r.Path), ticked))
				// One act lifts the protection: what is read afterwards would be no leak.
				if _, err := m.Tx.Exec(t.Context(), `update adresse set protegee = $1 where voie = $2 and protegee <> $1`, protegee, rue); err != nil {
					t.Fatal(err)
				}
			}
			if slices.ContainsFunc(answers, func(a fixture.Reponse) bool { return strings.Contains(words(t, a), rue) }) {
				found = append(found, r.Method+" "+r.Path)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// A protected address is read in the file by the school that holds it, and nowhere else by anybody: no page, no list, no
// export, no paper (security.md §5, G5bis).
func TestProtectedAddressIsShownToTheSchoolAlone(t *testing.T) {
	for _, w := range walks {
		t.Run(w.agent, func(t *testing.T) {
			m := fixture.New(t)
			o := settle(m, chez)
			taint(t, m, o, true)
			for _, route := range leaks(t, m, o, w.agent) {
				_, path, _ := strings.Cut(route, " ")
				if w.agent != "directeur" || !slices.Contains(montrent, path) {
					t.Errorf("%s reads the protected address on %s", w.agent, route)
				}
			}
		})
	}
	t.Run("le directeur la lit dans le dossier", func(t *testing.T) {
		m := fixture.New(t)
		o := settle(m, chez)
		taint(t, m, o, true)
		if got := m.Get("directeur", "/eleves/"+o.eleve); !strings.Contains(got.Body, rue) {
			t.Error("the school itself does not read it")
		}
		for _, agent := range []string{"mairie", "ien", "ia"} {
			if got := m.Get(agent, "/eleves/"+o.eleve); !strings.Contains(got.Body, "Adresse protégée") {
				t.Errorf("%s does not learn that the address is protected", agent)
			}
		}
	})
}

// The control: an ordinary address, on the same walk, is found on the screens of three roles and on paper.
func TestTheWalkSeesAStreet(t *testing.T) {
	for agent, want := range map[string]string{
		"mairie": "GET /eleves/{id}/certificat-inscription.pdf", "directeur": "GET /admissions/{id}", "ien": "GET /eleves/{id}", "ia": "GET /eleves/{id}",
		"college": "GET /entrants/import-eleves.zip",
	} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			o := settle(m, chez)
			taint(t, m, o, false)
			if found := leaks(t, m, o, agent); !slices.Contains(found, want) {
				t.Errorf("the street was not seen on %s, only on %v", want, found)
			}
		})
	}
	table := tableau.Table{Title: "Adresses", Made: time.Now(), Columns: tableau.Columns("Adresse"), Rows: [][]any{{rue}}}
	for _, format := range tableau.Formats {
		content, kind, err := table.File(format)
		if err != nil {
			t.Fatal(err)
		}
		got := fixture.Reponse{Body: string(content), Header: http.Header{"Content-Type": {kind}}}
		if !strings.Contains(words(t, got), rue) {
			t.Errorf("the street was not seen in a list as %s", format)
		}
	}
}

// The IA reads it once it has said why, for that file and a few minutes; the journal keeps the motive.
func TestProtectedAddressRevealed(t *testing.T) {
	m := fixture.New(t)
	o := settle(m, chez)
	taint(t, m, o, true)
	file := "/eleves/" + o.eleve
	if got := m.Post("ia", file+"/adresse-protegee", url.Values{}); got.Code != 422 || strings.Contains(m.Get("ia", file).Body, rue) {
		t.Errorf("without a motive: %d", got.Code)
	}
	if got := m.Post("ien", file+"/adresse-protegee", url.Values{"motif": {"urgence"}}); got.Code != 403 {
		t.Errorf("ien: %d, want 403", got.Code)
	}
	if got := m.Post("ia", file+"/adresse-protegee", url.Values{"motif": {"urgence"}}); got.Code != 303 {
		t.Fatalf("with a motive: %d\n%s", got.Code, got.Body)
	}
	if !strings.Contains(m.Get("ia", file).Body, rue) {
		t.Error("the address is not shown after all")
	}
	if strings.Contains(m.Get("ia", "/eleves/"+o.nouveau).Body, rue) {
		t.Error("the address of another pupil is shown too")
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'reveler' and objet = 'adresse_protegee' and motif = 'urgence'`); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}
	m.Heure = m.Heure.Add(6 * time.Minute)
	if strings.Contains(m.Get("ia", file).Body, rue) {
		t.Error("the address stays shown")
	}
}
