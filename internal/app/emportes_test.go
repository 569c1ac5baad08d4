package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"net/http"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/fixture"
)

// nommerSQL gives each pupil a name that nobody else has, by which a file is seen to name him.
const nommerSQL = `
	update eleve e set nom_usage = '', nom_famille = 'QZ' || translate(lpad(n.rang::text, 4, '0'), '0123456789', 'ABCDEFGHIJ')
	from (select id, row_number() over (order by id) as rang from eleve) n where n.id = e.id`

// nommer gives them, and says whose each is.
func nommer(m *fixture.Monde) map[string]uuid.UUID {
	m.Helper()
	if _, err := m.Tx.Exec(context.Background(), nommerSQL); err != nil {
		m.Fatal(err)
	}
	rows, err := m.Tx.Query(context.Background(), `select nom_famille, id from eleve`)
	if err != nil {
		m.Fatal(err)
	}
	defer rows.Close()
	noms := map[string]uuid.UUID{}
	for rows.Next() {
		var nom string
		var id uuid.UUID
		if err := rows.Scan(&nom, &id); err != nil {
			m.Fatal(err)
		}
		noms[nom] = id
	}
	return noms
}

var unNom = regexp.MustCompile(`QZ[A-J]{4}`)

// lisible is what a file says, whatever its format.
func lisible(m *fixture.Monde, kind string, content []byte) string {
	m.Helper()
	if kind == "application/pdf" {
		cmd := exec.Command("pdftotext", "-enc", "UTF-8", "-", "-")
		cmd.Stdin = bytes.NewReader(content)
		out, err := cmd.Output()
		if err != nil {
			m.Fatalf("pdftotext, of the package poppler-utils: %v", err)
		}
		return string(out)
	}
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return string(content)
	}
	var all strings.Builder
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			m.Fatal(err)
		}
		inside, err := io.ReadAll(r)
		if err != nil {
			m.Fatal(err)
		}
		all.WriteString(lisible(m, "", inside))
	}
	return all.String()
}

// fichier is what an answer is, "" when it is a page.
func fichier(got fixture.Reponse) string {
	kind, _, _ := strings.Cut(got.Header.Get("Content-Type"), ";")
	if got.Code != http.StatusOK || kind == "text/html" || kind == "application/json" {
		return ""
	}
	return kind
}

// dernier is the last line of the journal.
func dernier(m *fixture.Monde) int64 {
	return fixture.Valeur[int64](m, `select coalesce(max(id), 0) from journal`)
}

// tus are the pupils whom a file names and the lines written since do not.
func tus(m *fixture.Monde, noms map[string]uuid.UUID, text string, since int64) (nommes int, list []string) {
	found := unNom.FindAllString(strings.ToUpper(text), -1)
	slices.Sort(found)
	lignes := fixture.Valeur[[]string](m, `select coalesce(array_agg(distinct objet_id::text), '{}') from journal
		where id > $1 and objet = 'eleve' and objet_id is not null`, since)
	found = slices.Compact(found)
	for _, nom := range found {
		if !slices.Contains(lignes, noms[nom].String()) {
			list = append(list, nom)
		}
	}
	return len(found), list
}

// LAW-13, AUD-9: whatever file an agent takes away, each pupil whom it names has a line of his own in the journal, so that
// the families told of a breach are all of them.
func TestEachPupilOfAFileHasHisLine(t *testing.T) {
	m := fixture.New(t)
	own := settle(m, chez)
	noms := nommer(m)
	files, named := 0, map[string]bool{}
	for _, w := range walks {
		for _, path := range addresses(m, w.role, own) {
			before := dernier(m)
			got := m.Get(w.agent, path)
			kind := fichier(got)
			if kind == "" {
				continue
			}
			files++
			n, left := tus(m, noms, lisible(m, kind, []byte(got.Body)), before)
			if n > 0 {
				named[path] = true
			}
			if len(left) > 0 {
				t.Errorf("%s %s (%s): %d of %d pupils have no line", w.agent, path, kind, len(left), n)
			}
		}
	}
	if files < 100 || len(named) < 60 { // control: the files were found, and read
		t.Errorf("%d files, %d of them name pupils", files, len(named))
	}
	if n, left := tus(m, noms, got(m, noms), dernier(m)); n != len(noms) || len(left) != n {
		t.Errorf("control: %d of %d pupils seen without a line", len(left), n)
	}
}

// got is a text that names every pupil, of which nobody has been told.
func got(m *fixture.Monde, noms map[string]uuid.UUID) string {
	m.Helper()
	var all strings.Builder
	for nom := range noms {
		all.WriteString(nom + "\n")
	}
	return all.String()
}
