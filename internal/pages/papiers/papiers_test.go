package papiers_test

import (
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/pages/papiers"
	"base-eleves/internal/pdf/pdftest"
)

// apart gives a pupil a mother at home and a father elsewhere; protege protects the mother's address.
func apart(m *fixture.Monde, e fixture.Enfant, protege bool) {
	m.Helper()
	exec := func(sql string, args ...any) {
		if _, err := m.Tx.Exec(m.TB.Context(), sql, args...); err != nil {
			m.Fatal(err)
		}
	}
	exec(`delete from lien_responsable where eleve_id = $1`, e.ID)
	exec(`insert into adresse (id, voie, code_postal, commune, pays, protegee) values
		('0ad00000-0000-4000-8000-000000000001', '3 rue des Lilas', '65000', 'Pau', 'Espagne', $1),
		('0ad00000-0000-4000-8000-000000000002', '9 quai du Gave', '64000', 'Pau', 'Espagne', false)`, protege)
	exec(`update eleve set adresse_id = '0ad00000-0000-4000-8000-000000000001' where id = $1`, e.ID)
	exec(`insert into responsable (id, nature, civilite, nom_famille, prenom, tel_portable, adresse_id) values
		('0be00000-0000-4000-8000-000000000001', 'personne', 'Mme', 'Abadie', 'Chloé', '06 00 00 00 71', '0ad00000-0000-4000-8000-000000000001'),
		('0be00000-0000-4000-8000-000000000002', 'personne', 'M.', 'Carrère', 'Luc', '06 00 00 00 72', '0ad00000-0000-4000-8000-000000000002')`)
	exec(`insert into lien_responsable (eleve_id, responsable_id, lien, autorite_parentale, rang) values
		($1, '0be00000-0000-4000-8000-000000000001', 'mere', true, 1), ($1, '0be00000-0000-4000-8000-000000000002', 'pere', true, 2)`, e.ID)
	exec(`insert into personne_autorisee (id, eleve_id, nom_famille, prenom, tel_portable, urgence, autorisee, rang)
		values (gen_random_uuid(), $1, 'Voisine', 'Rose', '06 00 00 00 73', true, true, 1)`, e.ID)
}

// sheets cuts a page into the pieces that it shows.
func sheets(body string) []string { return strings.Split(body, `<article class="papier">`)[1:] }

func TestEveryDocument(t *testing.T) {
	m := fixture.New(t)
	apart(m, m.Present("Lina"), false)
	for _, path := range papiers.Chemins() {
		t.Run(path, func(t *testing.T) {
			if asked := m.Get("directeur", path); asked.Code != 200 || strings.Contains(asked.Body, "Lina") {
				t.Errorf("before a choice: %d, and somebody is named", asked.Code)
			}
			if strings.Contains(path, "liste-") && !strings.Contains(path, "listes-") { // of an age that nobody there has: TestVisites
				return
			}
			if got := m.Get("directeur", path+"?classe=toute"); got.Code != 200 || len(sheets(got.Body)) == 0 {
				t.Errorf("the whole school: %d, %d sheets", got.Code, len(sheets(got.Body)))
			}
			if got := m.Get("directeur", path+".pdf?classe=toute"); got.Code != 200 || !strings.HasPrefix(got.Body, "%PDF") {
				t.Errorf("the file: %d, %.20q", got.Code, got.Body)
			}
			if got := m.Get("directeur voisin", path+"?classe=toute"); strings.Contains(got.Body, "Lina") {
				t.Error("another school reads it")
			}
		})
	}
}

func TestOneFicheForEachHome(t *testing.T) {
	for _, protege := range []bool{false, true} {
		t.Run(map[bool]string{false: "ordinary", true: "the mother is protected"}[protege], func(t *testing.T) {
			m := fixture.New(t)
			apart(m, m.Present("Lina"), protege)
			got := sheets(m.Get("directeur", "/editions/fiches-renseignements?classe=toute").Body)
			if len(got) != 2 {
				t.Fatalf("%d fiches, want one for each home", len(got))
			}
			mother, father := got[0], got[1]
			for _, c := range []struct {
				sheet, text string
				want        bool
			}{
				{mother, "3 rue des Lilas", !protege}, {mother, "06 00 00 00 71", true}, {mother, "06 00 00 00 72", false},
				{mother, "quai du Gave", false}, {mother, "Luc", true}, {mother, "VOISINE", true},
				{father, "quai du Gave", true}, {father, "06 00 00 00 72", true}, {father, "06 00 00 00 71", false},
				{father, "rue des Lilas", false}, {father, "Chloé", true}, {father, "VOISINE", !protege},
			} {
				if strings.Contains(c.sheet, c.text) != c.want {
					t.Errorf("%q is there: %v, want %v", c.text, !c.want, c.want)
				}
			}
		})
	}
}

func TestLabels(t *testing.T) {
	m := fixture.New(t)
	apart(m, m.Present("Lina"), true)
	body := m.Get("directeur", "/editions/etiquettes?classe=toute&qui=familles").Body
	if strings.Contains(body, "rue des Lilas") || !strings.Contains(body, "À remettre en main propre") || !strings.Contains(body, "9 quai du Gave") {
		t.Errorf("the protected home is handed over, the other is written to:\n%s", body)
	}
	for _, q := range []url.Values{{"debut": {"n’importe"}}, {"planche": {"rien"}}, {"debut": {"999"}, "planche": {"5x13"}}} {
		q.Set("classe", "toute")
		if got := m.Get("directeur", "/editions/etiquettes.pdf?"+q.Encode()); got.Code != 200 {
			t.Errorf("%v: %d", q, got.Code)
		}
	}
}

func TestJournal(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	before := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer'`)
	m.Get("directeur", "/editions/fiches-urgence")
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer'`); n != before {
		t.Errorf("%d lines before anybody was chosen", n-before)
	}
	m.Get("directeur", "/editions/fiches-urgence.pdf?eleve="+e.ID.String())
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'editer' and objet_id = $1`, e.ID); n != 1 {
		t.Errorf("%d lines about the pupil, want 1", n)
	}
}

// Who is 4, or 6, within the school year is on the list of that year, and on no other.
func TestVisites(t *testing.T) {
	for path, born := range map[string]string{"liste-pmi": "2023-02-01", "liste-medecine-scolaire": "2021-08-31"} {
		t.Run(path, func(t *testing.T) {
			m := fixture.New(t)
			e := m.Present("Lina")
			if _, err := m.Tx.Exec(t.Context(), `update eleve set date_naissance = $2::date where id = $1`, e.ID, born); err != nil {
				t.Fatal(err)
			}
			got := m.Get("directeur", "/editions/"+path+"?classe=toute")
			if len(sheets(got.Body)) != 1 || !strings.Contains(got.Body, "ABADIE Lina") || strings.Contains(got.Body, "5 rue des Pyrénées") {
				t.Errorf("%d sheets\n%s", len(sheets(got.Body)), got.Body)
			}
			if _, err := m.Tx.Exec(t.Context(), `update eleve set date_naissance = $2::date + 366 where id = $1`, e.ID, born); err != nil {
				t.Fatal(err)
			}
			if got := m.Get("directeur", "/editions/"+path+"?classe=toute"); len(sheets(got.Body)) != 0 || !strings.Contains(got.Body, "Aucun élève") {
				t.Errorf("a year later: %d sheets", len(sheets(got.Body)))
			}
		})
	}
}

// A fiche comes back in loose sheets: the second, which is signed, says whose it is and from which school.
func TestEverySheetOfAFicheSaysWhose(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	ecole := fixture.Valeur[string](m, `select nom from ecole where uai = (select ecole_uai from scolarite where eleve_id = $1 limit 1)`, e.ID)
	for path, says := range map[string]string{
		"fiches-renseignements.pdf?eleve=" + e.ID.String(): "ABADIE Lina", "fiche-vierge.pdf": "Fiche de renseignements",
	} {
		pages := strings.Split(pdftest.Text(t, []byte(m.Get("directeur", "/editions/"+path).Body)), "--- page")
		if len(pages) != 2 {
			t.Fatalf("%s: %d sheets, want 2", path, len(pages))
		}
		for i, page := range pages { // the first is the control
			if !strings.Contains(page, says) || !strings.Contains(page, ecole) {
				t.Errorf("%s: sheet %d says neither %q nor %q:\n%s", path, i+1, says, ecole, page)
			}
		}
	}
}

// A choice that nobody answers to gives no blank sheet: the page says why there is nothing to print.
func TestNothingToPrintIsSaid(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	for _, path := range papiers.Chemins() {
		got := m.Get("directeur", path+".pdf")
		if got.Code != 303 || !strings.HasPrefix(got.Header.Get("Location"), path) {
			t.Errorf("%s.pdf, nobody chosen: %d to %q, %.20q", path, got.Code, got.Header.Get("Location"), got.Body)
		}
	}
	if got := m.Get("directeur", "/editions/trombinoscope.pdf?classe=toute"); got.Code != 200 || !strings.HasPrefix(got.Body, "%PDF") { // control
		t.Errorf("somebody chosen: %d", got.Code)
	}
}
