package app_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// identifiantsSQL finds every identifier of a row that a page may name.
const identifiantsSQL = `
	select table_name from information_schema.columns
	where table_schema = 'public' and column_name = 'id' and data_type = 'uuid' order by 1`

// ACL-6: an identifier says nothing and is not guessed: each is drawn at random (RFC 9562, version 4), and a hundred
// thousand drawn as an attacker would draw them name nobody. The control: those there are found by the same search.
func TestIdentifiersCannotBeGuessed(t *testing.T) {
	m := fixture.New(t)
	settle(m, chez)
	looked := 0
	for _, table := range lignes[string](m, identifiantsSQL) {
		rows := fixture.Valeur[int](m, `select count(*)::int from `+table)
		looked += rows
		if n := fixture.Valeur[int](m, `select count(*)::int from `+table+` where substr(id::text, 15, 1) <> '4'`); n > 0 {
			t.Errorf("%s: %d of %d identifiers are not drawn at random", table, n, rows)
		}
	}
	if looked < 100 { // control
		t.Errorf("only %d identifiers were looked at", looked)
	}
	const hits = `select count(*)::int from eleve where id in (select gen_random_uuid() from generate_series(1, 100000) %s)`
	if n := fixture.Valeur[int](m, fmt.Sprintf(hits, "")); n != 0 {
		t.Errorf("%d pupils were guessed", n)
	}
	if n := fixture.Valeur[int](m, fmt.Sprintf(hits, "union all select id from eleve")); n == 0 {
		t.Error("those there are would not be found either")
	}
}

func lignes[T any](m *fixture.Monde, sql string) []T {
	m.Helper()
	return fixture.Valeur[[]T](m, `select array_agg(v) from (`+sql+`) t (v)`)
}

// poison is what an attacker adds to a form under the name of each column that no form may write.
const poison = "9Z9Z9Z9Z9ZZ"

// interdites are the columns that are never typed: who did, when, for whom the line counts, a secret.
var interditesSQL = `
	select distinct column_name from information_schema.columns where table_schema = 'public'
		and (column_name ~ '(_par|_le)$' or column_name in ('ine', 'mot_de_passe', 'secret_chiffre', 'departement_code', 'compte_id', 'habilitation_id', 'etat',
			'version_ligne', 'supprimee_le', 'actif', 'a_changer', 'protegee_par', 'empreinte', 'contenu', 'hachage'))`

// saisies are those of them that some form asks for, under that name and with a meaning of its own.
var saisies = []string{"demande_le", "decision_le", "ine", "etat", "version", "naissance_le", "admis_le", "le"}

// ACL-7: a form is read field by field: whatever else is sent with it under the name of a column is written nowhere. Each
// act of each role is tried. The control: what a form does ask for would be found.
func TestExtraFieldsAreWrittenNowhere(t *testing.T) {
	m := fixture.New(t)
	own := settle(m, chez)
	extra := url.Values{}
	for _, column := range lignes[string](m, interditesSQL) {
		if !slices.Contains(saisies, column) {
			extra.Set(column, poison)
		}
	}
	if len(extra) < 30 {
		t.Fatalf("only %d columns", len(extra))
	}
	tables := lignes[string](m, `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`)
	tried := 0
	for _, w := range walks {
		own.liste, own.travail = garderListe(m, w.agent), demanderFichier(m, w.agent)
		for _, r := range m.App.Routes {
			if r.Method != http.MethodPost || r.Droit == 0 || !w.role.Holds(r.Droit) {
				continue
			}
			tried++
			m.Essayer(func() {
				m.Post(w.agent, own.path(r.Path), extra)
				if table := ecrit(m, tables, poison); table != "" {
					t.Errorf("%s %s: an extra field is written in %s", w.agent, r.Path, table)
				}
			})
		}
	}
	if tried < 150 {
		t.Errorf("only %d acts were tried", tried)
	}
	m.Essayer(func() {
		m.Post("service", "/comptes/nouveau", url.Values{"nom": {poison}, "prenom": {"Luc"}})
		if ecrit(m, tables, poison) != "compte" {
			t.Error("the control: what a form asks for is not found")
		}
	})
}

// ecrit is a table that holds a value, "" for none. What a refused form said may be kept as a draft, sealed.
func ecrit(m *fixture.Monde, tables []string, value string) string {
	m.Helper()
	parts := make([]string, len(tables))
	for i, table := range tables {
		parts[i] = fmt.Sprintf(`select '%s' where exists (select from %s t where t::text like '%%' || $1 || '%%')`, table, table)
	}
	var found string
	err := m.Tx.QueryRow(context.Background(), `select coalesce(min(v), '') from (`+strings.Join(parts, " union all ")+`) t (v)`, value).Scan(&found)
	if err != nil {
		m.Fatal(err)
	}
	return found
}

// territoiresSQL says whose pupils each role reads, without row security: what the pages must agree with.
var territoiresSQL = map[string]string{
	"directeur": `s.ecole_uai = (select ecole_uai from habilitation where id = $1)`,
	"mairie":    `(select commune_insee from habilitation where id = $1) in (e.commune_insee, l.residence_insee)`,
	"ien":       `e.circonscription_uai = (select circonscription_uai from habilitation where id = $1)`,
	"ia":        `e.departement_code = (select departement_code from habilitation where id = $1)`,
}

var suggeres = regexp.MustCompile(`/eleves/([0-9a-f-]{36})`)

// reads are the pupils whom row security lets an agent read.
func reads(m *fixture.Monde, agent string) (ids []string) {
	m.Helper()
	err := m.DB.Lire(context.Background(), m.Agent(agent).Portee(), func(l *territoire.Lecture) {
		territoire.Valeur(l, &ids, `select coalesce(array_agg(id::text), '{}') from eleve`)
	})
	if err != nil {
		m.Fatal(err)
	}
	return ids
}

var dossiers = regexp.MustCompile(`href="/eleves/([0-9a-f-]{36})"`)

// ACL-9: the list, its count and its file show the pupils of the territory, all of them and no other, for each role that reads
// names: what PostgreSQL counts without row security is what the pages show.
func TestListsAgreeWithTheTerritory(t *testing.T) {
	m := fixture.New(t)
	settle(m, chez)
	settle(m, cote)
	seen, suggested := map[int]bool{}, 0
	for agent, territory := range territoiresSQL {
		want := fixture.Valeur[[]string](m, `
			select coalesce(array_agg(distinct l.id::text), '{}') from eleve l join scolarite s on s.eleve_id = l.id join ecole e on e.uai = s.ecole_uai
			where s.etat = 'admis_definitif' and l.nom_famille ilike 'aba%' and `+territory, m.Agent(agent).Habilitation)
		var got []string
		for page := 1; page <= 9; page++ {
			for _, l := range dossiers.FindAllStringSubmatch(m.Get(agent, fmt.Sprintf("/eleves?q=aba&etat=admis_definitif&page=%d", page)).Body, -1) {
				got = append(got, l[1])
			}
		}
		slices.Sort(want)
		slices.Sort(got)
		if got = slices.Compact(got); !slices.Equal(got, want) {
			t.Errorf("%s: the list shows %d pupils, the territory has %d", agent, len(got), len(want))
		}
		file := m.Get(agent, "/eleves.csv?q=aba&etat=admis_definitif")
		if n := strings.Count(file.Body, "ABADIE"); file.Code != http.StatusOK || n != len(want) {
			t.Errorf("%s: the file has %d pupils, the territory %d (%d)", agent, n, len(want), file.Code)
		}
		words := m.Get(agent, "/recherche.json?q=abadie")
		for _, l := range suggeres.FindAllStringSubmatch(words.Body, -1) {
			if suggested++; !slices.Contains(reads(m, agent), l[1]) {
				t.Errorf("%s: the search suggests somebody of elsewhere", agent)
			}
		}
		seen[len(want)] = true
	}
	if len(seen) < 2 || suggested == 0 { // control
		t.Errorf("all territories have as many pupils, or nobody is suggested (%d): the comparison proves nothing", suggested)
	}
}

var adresses = regexp.MustCompile(`(?:href|action|src|formaction)="([^"]*)"`)

// SES-9: no page leads to an address that says who somebody is: neither name, nor date of birth, nor INE, nor the token of a
// session. The words of a search are in the address of its page, which no log keeps (design.md §7).
func TestNoAddressNamesAnybody(t *testing.T) {
	m := fixture.New(t)
	own := settle(m, chez)
	personal := regexp.MustCompile(`(?i)\b(` + fixture.Valeur[string](m, personnelSQL) + `)\b`)
	addresses := 0
	for _, w := range walks[:4] {
		token := m.Cookie(w.agent).Value
		for _, r := range m.App.Routes {
			if r.Method != http.MethodGet || r.Droit == 0 || !w.role.Holds(r.Droit) {
				continue
			}
			got := m.Get(w.agent, own.path(r.Path))
			for _, a := range append(adresses.FindAllStringSubmatch(got.Body, -1), []string{"", got.Header.Get("Location")}) {
				addresses++
				if said := personal.FindString(a[1]); said != "" && !strings.HasPrefix(a[1], "tel:") && !strings.HasPrefix(a[1], "mailto:") {
					t.Errorf("%s %s leads to %s, which says %q", w.agent, r.Path, a[1], said)
				}
				if strings.Contains(a[1], token) {
					t.Errorf("%s %s leads to an address with the session's token", w.agent, r.Path)
				}
			}
		}
	}
	if addresses < 5000 || !personal.MatchString("/eleves?nom=abadie") { // controls
		t.Errorf("%d addresses were looked at, or a name in one would not be seen", addresses)
	}
}

// AUD-10: who looks after accounts, keys and the technical journal reads no pupil; who reads pupils does not look after
// accounts and keys.
func TestWhoKeepsTheLogsReadsNoPupil(t *testing.T) {
	keeps := []habilitation.Droit{habilitation.GererComptes, habilitation.GererCles}
	reads := []habilitation.Droit{habilitation.ConsulterEleves, habilitation.OuvrirDossier, habilitation.Extraire, habilitation.ConsulterEditions, habilitation.RevelerINE}
	holders := 0
	for _, role := range habilitation.Roles {
		k := slices.ContainsFunc(keeps, role.Holds)
		if k && slices.ContainsFunc(reads, role.Holds) {
			t.Errorf("%s keeps accounts and reads pupils", role)
		}
		if k {
			holders++
		}
	}
	if holders == 0 {
		t.Error("nobody keeps accounts: the comparison proves nothing")
	}
}
