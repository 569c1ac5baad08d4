package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"maps"
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

// recopierSQL gives it to the rows that keep the name of a pupil: a list reads it there.
const recopierSQL = `
	do $$ declare t name; begin
		for t in select c.table_name from information_schema.columns c join information_schema.columns k using (table_schema, table_name)
			join information_schema.tables b using (table_schema, table_name)
			where table_schema = 'public' and table_type = 'BASE TABLE' and c.column_name = 'eleve_id' and k.column_name = 'nom_famille'
				and table_name not in ('personne_autorisee')
		loop execute format('update %I x set nom_famille = e.nom_famille from eleve e where e.id = x.eleve_id', t); end loop;
	end $$`

// nommer gives them, and says whose each is.
func nommer(m *fixture.Monde) map[string]uuid.UUID {
	m.Helper()
	for _, sql := range []string{nommerSQL, recopierSQL} {
		if _, err := m.Tx.Exec(context.Background(), sql); err != nil {
			m.Fatal(err)
		}
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

// emportes are the lists that name somebody only where they are asked for him.
var emportes = []string{
	"/mutations.csv?mois=2026-09", "/dispositifs.csv?dispositif=upe2a", "/sans-ecole.csv?liste=retrouves", "/passages.csv?voir=maintiens",
	"/listes/composer.csv?prete=fratries", "/listes/composer.csv?prete=familles", "/listes/composer.csv?prete=telephones",
	"/eleves.csv?ecole=" + fixture.Ecole, "/sixieme.csv?ecole=" + fixture.Ecole, "/registre.csv?ecole=" + fixture.Ecole,
	"/registre/annee.pdf?ecole=" + fixture.Ecole, "/ine.csv?etat=tous",
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
	m.Placer("directeur", m.Present("Iris"), fixture.CE1)
	noms := nommer(m)
	files, named := 0, map[string]bool{}
	see := func(agent, path string) {
		before := dernier(m)
		got := m.Get(agent, path)
		kind := fichier(got)
		if kind == "" {
			return
		}
		files++
		n, left := tus(m, noms, lisible(m, kind, []byte(got.Body)), before)
		if n > 0 {
			named[path] = true
		}
		if len(left) > 0 {
			t.Errorf("%s %s (%s): %d of %d pupils have no line", agent, path, kind, len(left), n)
		}
	}
	for _, w := range walks {
		list := addresses(m, w.role, own)
		for _, query := range emportes {
			if slices.Contains(list, strings.Split(query, "?")[0]) {
				list = append(list, query)
			}
		}
		for _, path := range list {
			see(w.agent, path)
		}
	}
	if files < 100 || len(named) < 80 { // control: the files were found, and read
		t.Errorf("%d files, %d of them name pupils", files, len(named))
	}
	for _, path := range []string{own.path("/classes/{id}.csv"), "/eleves.csv", "/mutations.csv?mois=2026-09", "/dispositifs.csv?dispositif=upe2a",
		"/sans-ecole.csv", "/reprise/onde-eleves.csv", "/entrants.csv", "/registre/annee.pdf"} {
		if !named[path] {
			t.Errorf("control: %s names nobody", path)
		}
	}
	everybody := strings.Join(slices.Collect(maps.Keys(noms)), " ")
	if n, left := tus(m, noms, everybody, dernier(m)); n != len(noms) || len(left) != n {
		t.Errorf("control: %d of %d pupils seen without a line", len(left), n)
	}
}
