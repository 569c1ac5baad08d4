package app_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// Budgets of design.md §6 and §8, in bytes once compressed.
const (
	premierePage = 60_000
	pageSuivante = 15_000
	listeDe30    = 4_096
)

func compressed(body string) int {
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, 4) // a level that exists; a Buffer never fails
	_, _ = w.Write([]byte(body))
	_ = w.Close()
	return b.Len()
}

// Every page of every role is light; the first one with all that it loads too.
func TestPagesAreLight(t *testing.T) {
	m := fixture.New(t)
	own := settle(m, chez)
	for _, w := range walks {
		for _, r := range m.App.Routes {
			if r.Method != http.MethodGet || !w.role.Holds(r.Droit) {
				continue
			}
			got := m.Get(w.agent, own.path(r.Path))
			html := got.Header.Get("Content-Type") == "text/html; charset=utf-8"
			if size := compressed(got.Body); html && size > pageSuivante {
				t.Errorf("%s %s: %d bytes", w.agent, r.Path, size)
			}
		}
	}
	first := m.Get("", "/connexion")
	total := compressed(first.Body)
	for _, asset := range regexp.MustCompile(`(?:src|href)="(/static/[^"]+)"`).FindAllStringSubmatch(first.Body, -1) {
		total += compressed(m.Get("", asset[1]).Body)
	}
	if total > premierePage {
		t.Errorf("the first page and its files: %d bytes", total)
	}
	if total < 5_000 { // control: the files were found
		t.Errorf("the first page and its files: only %d bytes", total)
	}
}

func TestListOf30IsLight(t *testing.T) {
	m := fixture.New(t)
	names := []string{"Alba", "Basile", "Côme", "Doria", "Elio", "Faustine", "Gaspard", "Hélène", "Iris", "Jade"}
	ids := url.Values{"classe_id": {fixture.CE1.String()}}
	for i := range 30 {
		e := m.Present(fmt.Sprintf("%s %c", names[i%10], 'A'+rune(i)))
		ids.Add("id", e.Scolarite.String())
	}
	if got := m.Post("directeur", "/repartition", ids); got.Code != http.StatusSeeOther {
		t.Fatalf("placing thirty pupils: %d", got.Code)
	}
	got := m.Get("directeur", "/classes/"+fixture.CE1.String())
	if n := len(regexp.MustCompile(`/eleves/[0-9a-f-]{36}"`).FindAllString(got.Body, -1)); n < 30 {
		t.Fatalf("%d pupils on the page", n)
	}
	size := compressed(got.Body)
	t.Logf("list of 30: %d bytes", size)
	if size > listeDe30 {
		t.Errorf("the list of 30 weighs %d bytes, more than %d", size, listeDe30)
	}
}

// Whatever is answered, the browser is told what to refuse.
func TestHeadersOnEveryAnswer(t *testing.T) {
	m := fixture.New(t)
	own := settle(m, chez)
	asset := regexp.MustCompile(`/static/[^"]+`).FindString(m.Get("", "/connexion").Body)
	ask := func(name, agent, path string, status int) {
		t.Run(name, func(t *testing.T) {
			got := m.Get(agent, path)
			if got.Code != status {
				t.Errorf("%d, want %d", got.Code, status)
			}
			protected(t, got.Header)
		})
	}
	ask("a page", "directeur", "/eleves", 200)
	ask("a file", "directeur", "/eleves.csv", 200)
	ask("a paper", "directeur", "/eleves/"+own.eleve+"/certificat-scolarite.pdf", 200)
	ask("a redirection", "", "/eleves", 303)
	ask("unknown", "directeur", "/nulle-part", 404)
	ask("forbidden", "service", "/eleves", 403)
	ask("refused", "directeur", "/eleves/"+own.eleve+"/certificat-radiation.pdf", 422)
	ask("static", "", asset, 200)
	ask("no such asset", "", "/static/rien.css", 404)
	ask("health", "", "/healthz", 200)
	ask("public", "", "/connexion", 200)
}

func protected(t *testing.T, h http.Header) {
	t.Helper()
	for name, want := range map[string]string{
		"Content-Security-Policy":    `^default-src 'none'; .*frame-ancestors 'none'`,
		"X-Content-Type-Options":     `^nosniff$`,
		"Referrer-Policy":            `^same-origin$`,
		"Cross-Origin-Opener-Policy": `^same-origin$`,
		"Permissions-Policy":         `camera=\(\)`,
		"Cache-Control":              `^(no-store|public, max-age=31536000, immutable)$`,
	} {
		if !regexp.MustCompile(want).MatchString(h.Get(name)) {
			t.Errorf("%s: %q", name, h.Get(name))
		}
	}
	if regexp.MustCompile(`unsafe-`).MatchString(h.Get("Content-Security-Policy")) {
		t.Error("the policy allows something unsafe")
	}
}

// A form from elsewhere is refused, whatever token it bears; so is one without its token.
func TestForeignFormsAreRefused(t *testing.T) {
	m := fixture.New(t)
	own := settle(m, chez)
	page := "/eleves/" + own.eleve + "/identite"
	if got := m.PostAs("directeur", page, url.Values{}); got.Code != http.StatusForbidden {
		t.Errorf("without a token: %d", got.Code)
	}
	if got := m.PostAs("directeur", page, url.Values{"jeton": {m.Jeton("mairie")}}); got.Code != http.StatusForbidden {
		t.Errorf("with the token of another session: %d", got.Code)
	}
	if got := m.Post("directeur", page, url.Values{}); got.Code != http.StatusUnprocessableEntity { // control
		t.Errorf("with its own token: %d", got.Code)
	}
	r := httptest.NewRequest(http.MethodPost, page, nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	m.App.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Errorf("from another site: %d", w.Code)
	}
}

// grandeEcoleSQL makes of the school one of 300 pupils in 12 classes, no two of the same name.
const grandeEcoleSQL = `
	insert into classe (id, ecole_uai, annee, libelle_court) select gen_random_uuid(), $1, 2026, 'Classe ' || n from generate_series(1, 12) n;
	insert into classe_niveau (classe_id, ecole_uai, niveau) select id, ecole_uai, 'CE2' from classe where libelle_court like 'Classe %';
	insert into eleve (id, ecole_uai, tenu_par, nom_famille, prenom, sexe, date_naissance, ne_etranger, commune_naissance_insee, cree_le)
	select gen_random_uuid(), $1, 'ecole', initcap(translate(left(md5('nom ' || n), 8), '0123456789', 'aeiourstlm')),
		initcap(translate(left(md5('prenom ' || n), 6), '0123456789', 'aeiourstlm')), case n % 2 when 0 then 'F' else 'M' end, date '2018-01-01' + n, false, '65440', now()
	from generate_series(1, 300) n;
	insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat, niveau, classe_id, date_effet, date_admission)
	select gen_random_uuid(), e.id, $1, 2026, '2027-08-31', 'admis_definitif', 'CE2', k.id, '2026-09-01', '2026-09-01'
	from (select id, row_number() over (order by cle_nom) as n from eleve) e
	join (select id, row_number() over (order by id) as n from classe where libelle_court like 'Classe %') k on k.n = e.n % 12 + 1`

// The board of 300 pupils in 12 classes is a page like any other.
func TestBoardOf300IsLight(t *testing.T) {
	m := fixture.New(t)
	if _, err := m.Tx.Exec(t.Context(), strings.ReplaceAll(grandeEcoleSQL, "$1", "'"+fixture.Ecole+"'")); err != nil {
		t.Fatal(err)
	}
	got := m.Get("directeur", "/repartition?annee=2026")
	size := compressed(got.Body)
	if n := len(regexp.MustCompile(`value="[0-9a-f]{12}[".]`).FindAllString(got.Body, -1)); n < 300 { // control: they are there
		t.Fatalf("%d: %d pupils", got.Code, n)
	}
	if size > pageSuivante {
		t.Errorf("%d bytes", size)
	}
}
