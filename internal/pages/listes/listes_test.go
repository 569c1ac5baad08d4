package listes_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// monde has Lina and Noé in the school, Zoé accepted, Ugo inscrit, Max in the next school.
func monde(t testing.TB) *fixture.Monde {
	m := fixture.New(t)
	lina := m.Present("Lina")
	m.Placer("directeur", lina, fixture.CE1)
	m.Present("Noé")
	m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Zoé"))
	m.Inscrire("mairie", fixture.Ecole, "Ugo")
	m.PresentAilleurs("Max")
	return m
}

// Every ready list of every role opens on the screen, and leaves as a file, one of each grain in the three formats.
func TestReadyLists(t *testing.T) {
	for agent, role := range map[string]habilitation.Role{
		"directeur": habilitation.Directeur, "mairie": habilitation.Mairie, "ien": habilitation.IEN, "ia": habilitation.IA,
	} {
		t.Run(agent, func(t *testing.T) {
			m := monde(t)
			for _, p := range liste.Pretes(role) {
				q := "?prete=" + p.Code
				got := m.Get(agent, "/listes/composer"+q)
				if got.Code != http.StatusOK || !strings.Contains(got.Body, p.Titre) {
					t.Errorf("%s: %d\n%s", p.Code, got.Code, got.Body)
				}
				for format, begins := range map[string]string{"csv": "\ufeff", "pdf": "%PDF", "xlsx": "PK"} {
					if format != "csv" && !slices.Contains([]string{"alphabetique", "telephones", "fratries", "responsables"}, p.Code) {
						continue
					}
					if got := m.Get(agent, "/listes/composer."+format+q); got.Code != http.StatusOK || !strings.HasPrefix(got.Body, begins) {
						t.Errorf("%s as %s: %d, %.200q", p.Code, format, got.Code, got.Body)
					}
				}
			}
		})
	}
}

// csv is the lines of a list, as the spreadsheet has them.
func csv(m *fixture.Monde, agent string, q url.Values) []string {
	m.Helper()
	q.Set("compose", "1")
	got := m.Get(agent, "/listes/composer.csv?"+q.Encode())
	if got.Code != http.StatusOK {
		m.Fatalf("%s: %d\n%s", q.Encode(), got.Code, got.Body)
	}
	lines := strings.Split(strings.TrimSpace(strings.TrimPrefix(got.Body, "\ufeff")), "\r\n")
	return lines[1:]
}

func TestWhatAListHolds(t *testing.T) {
	for _, tt := range []struct {
		name, agent, query, want string
	}{
		{"ceux de l’école, dans l’ordre des noms", "directeur", "c=prenom", "Lina|Noé|Zoé"},
		{"en sens inverse", "directeur", "c=prenom&trier=nom&sens=desc", "Zoé|Noé|Lina"},
		{"les présents", "directeur", "c=prenom&etat=admis_definitif", "Lina|Noé"},
		{"les inscrits de la mairie", "mairie", "c=prenom&etat=inscrit", "Ugo"},
		{"les inscrits, pour l’école", "directeur", "c=prenom&etat=inscrit", "Ugo"},
		{"une classe", "directeur", "c=prenom&classe=" + fixture.CE1.String(), "Lina"},
		{"ceux qui n’ont pas de classe", "directeur", "c=prenom&non_reparti=true", "Noé|Zoé"},
		{"les groupes deviennent une colonne", "directeur", "c=prenom&par=classe&etat=admis_definitif", "CE1 A;Lina|Sans classe;Noé"},
		{"une colonne à remplir", "directeur", "c=prenom&c=vide.1&vide.1.titre=Visa&etat=admis_definitif", "Lina;|Noé;"},
		{"l’ordre des colonnes suit les rangs", "directeur", "c=prenom&c=nom_famille&rang.prenom=2&rang.nom_famille=2&etat=inscrit", "Abadie;Ugo"},
		{"nés un autre mois", "directeur", "c=prenom&mois=1", ""},
		{"nés ce mois-là", "directeur", "c=prenom&mois=4", "Lina|Noé|Zoé"},
		{"nés avant", "directeur", "c=prenom&ne_au=01/01/2010", ""},
		{"avant qu’ils arrivent", "directeur", "c=prenom&au=01/08/2026", ""},
		{"une année sans personne", "directeur", "c=prenom&annee=2020", ""},
		{"les radiés d’une période", "directeur", "c=prenom&parti_du=01/09/2026", ""},
		{"l’inspection", "ien", "c=prenom", "Lina|Noé|Zoé"},
		{"l’IA ne feuillette pas le département", "ia", "c=prenom", ""},
		{"l’IA, une école", "ia", "c=prenom&ecole=" + fixture.Ecole, "Lina|Noé|Zoé"},
		{"une école d’ailleurs", "ien", "c=prenom&ecole=" + fixture.Lointaine, ""},
		{"une famille par ligne", "directeur", "lignes=famille&c=nombre", "1|1|1"},
		{"une valeur qui n’existe pas ne garde personne", "directeur", "c=prenom&mois=avril", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			q, err := url.ParseQuery(tt.query)
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(csv(monde(t), tt.agent, q), "|"); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// everything asks for every column of the catalogue, by hand, whatever the role.
func everything(g liste.Grain) url.Values {
	q := url.Values{"lignes": {string(g)}, "compose": {"1"}}
	for _, r := range habilitation.Roles {
		for _, c := range liste.Colonnes(g, r) {
			q.Add("c", c.Code)
		}
	}
	return q
}

// What each role may not read is in no list, even asked for by its name in the address (security.md §5).
func TestTaint(t *testing.T) {
	const rue, tel, classe, ine, assureur = "17 impasse du Loup-Pendu", "06 00 00 00 01", "CE1 A", "0650000001A", "Assurances du Loup"
	taint := []string{
		`update adresse set voie = '` + rue + `'`,
		`update immatriculation set etat = 'attribue', ine = '` + ine + `', attribue_le = demande_le where eleve_id = $1`,
		`insert into autorisation (eleve_id, annee, assureur) values ($1, 2026, '` + assureur + `')`,
	}
	for _, tt := range []struct {
		agent     string
		protegee  bool
		has, none []string
	}{
		{"directeur", false, []string{rue, tel, classe, assureur, "01A"}, []string{ine}},
		{"directeur", true, []string{tel, classe, assureur}, []string{rue, ine}},
		{"mairie", false, []string{rue, tel}, []string{classe, ine, "01A", assureur}},
		{"mairie", true, []string{tel}, []string{rue, classe, ine, assureur}},
		{"ien", false, []string{rue, classe}, []string{tel, ine, "01A", assureur}},
		{"ia", false, []string{rue, classe, "01A"}, []string{tel, ine, assureur}},
		{"ia", true, []string{classe}, []string{rue, tel, ine}},
	} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			lina := m.Present("Lina")
			m.Placer("directeur", lina, fixture.CE1)
			for _, sql := range taint {
				args := []any{lina.ID}
				if !strings.Contains(sql, "$1") {
					args = nil
				}
				if _, err := m.Tx.Exec(t.Context(), sql, args...); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := m.Tx.Exec(t.Context(), `update adresse set protegee = $1`, tt.protegee); err != nil {
				t.Fatal(err)
			}
			said := ""
			for _, g := range liste.Grains {
				q := everything(g)
				q.Set("ecole", fixture.Ecole)
				for i := 0; i < len(q["c"]); i += liste.MaxColonnes {
					part := url.Values{"lignes": q["lignes"], "compose": {"1"}, "ecole": q["ecole"], "c": append([]string{"nom", "noms"}, q["c"][i:min(i+liste.MaxColonnes-2, len(q["c"]))]...)}
					said += m.Get(tt.agent, "/listes/composer?"+part.Encode()).Body + m.Get(tt.agent, "/listes/composer.csv?"+part.Encode()).Body
				}
			}
			for _, word := range tt.has {
				if !strings.Contains(said, word) {
					t.Errorf("%q is not found: the walk proves nothing", word)
				}
			}
			for _, word := range tt.none {
				if strings.Contains(said, word) {
					t.Errorf("%q is read", word)
				}
			}
		})
	}
}

// A strict mairie reads neither addresses nor responsables (design.md §2.4).
func TestStrictMairie(t *testing.T) {
	m := monde(t)
	q := url.Values{"c": {"prenom", "adresse", "responsables", "telephones"}, "ecole": {fixture.Ecole}}
	if got := csv(m, "mairie", q); !strings.Contains(got[0], "rue des Pyrénées") {
		t.Fatalf("an ordinary mairie does not read the address: %q", got)
	}
	if _, err := m.Tx.Exec(t.Context(), `update commune set mairie_stricte = true`); err != nil {
		t.Fatal(err)
	}
	if got := csv(m, "mairie", q); strings.Join(got, "|") != "Lina;;;|Noé;;;|Zoé;;;" {
		t.Errorf("got %q", got)
	}
}

// A list is kept, found again, shared, renamed, replaced, put aside and taken back.
func TestKeptList(t *testing.T) {
	m := monde(t)
	def := url.Values{"compose": {"1"}, "c": {"prenom", "vide.1"}, "vide.1.titre": {"Visa"}, "vide.1.largeur": {"25"}, "par": {"niveau"}, "titre": {"Visas"}}.Encode()
	if got := m.Post("directeur", "/listes", url.Values{"definition": {def}}); got.Code != 422 || !strings.Contains(got.Body, "Donnez un nom à la liste.") || !strings.Contains(got.Body, "Visa") {
		t.Fatalf("without a name: %d\n%s", got.Code, got.Body)
	}
	if got := m.Post("directeur", "/listes", url.Values{"definition": {def}, "nom": {"Groupe RASED"}}); got.Code != 422 {
		t.Errorf("a name that says what may not be recorded: %d", got.Code)
	}
	got := m.Post("directeur", "/listes", url.Values{"definition": {def}, "nom": {"Visas"}, "partagee": {"true"}})
	if got.Code != 303 {
		t.Fatalf("kept: %d\n%s", got.Code, got.Body)
	}
	id := fixture.Valeur[string](m, `select id::text from liste where nom = 'Visas'`)
	if page := m.Get("directeur", got.Header.Get("Location")); !strings.Contains(page.Body, "Visa") || !strings.Contains(page.Body, "CE1") || !strings.Contains(page.Body, "Noé") {
		t.Errorf("opened again: %d\n%s", page.Code, page.Body)
	}
	if csv := m.Get("directeur", "/listes/composer.csv?liste="+id); !strings.Contains(csv.Body, "CE1;Lina;\r\n") {
		t.Errorf("as CSV: %q", csv.Body)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'exporter' and objet = 'liste' and objet_id::text = $1 and motif = 'gardee 3' and ecole_uai = $2`, id, fixture.Ecole); n != 1 {
		t.Errorf("%d lines in the journal", n)
	}
	for agent, want := range map[string]int{"mairie": 404, "directeur du même": 404, "ien": 404} {
		if got := m.Get(agent, "/listes/"+id); got.Code != want {
			t.Errorf("%s: %d", agent, got.Code)
		}
	}
	if got := m.Post("directeur", "/listes/"+id, url.Values{"nom": {"Visas du matin"}, "version": {"1"}}); got.Code != 303 {
		t.Errorf("renamed: %d\n%s", got.Code, got.Body)
	}
	if got := m.Post("directeur", "/listes/"+id, url.Values{"nom": {"Trop tard"}, "version": {"1"}}); got.Code != 409 || !strings.Contains(got.Body, "Visas du matin") {
		t.Errorf("renamed from an old page: %d", got.Code)
	}
	if got := m.Post("directeur", "/listes/"+id+"/remplacer", url.Values{"definition": {"compose=1&c=nom"}, "version": {"2"}}); got.Code != 303 {
		t.Errorf("replaced: %d\n%s", got.Code, got.Body)
	}
	if page := m.Get("directeur", "/listes/composer?liste="+id); strings.Contains(page.Body, "Visa</th>") {
		t.Error("the column is still there")
	}
	m.Post("directeur", "/listes/"+id+"/supprimer", url.Values{})
	if page := m.Get("directeur", "/listes"); strings.Contains(page.Body, "Visas du matin") || !strings.Contains(page.Body, "/retablir") {
		t.Errorf("put aside: %s", page.Body)
	}
	m.Post("directeur", "/listes/"+id+"/retablir", url.Values{})
	if page := m.Get("directeur", "/listes"); !strings.Contains(page.Body, "Visas du matin") {
		t.Error("not taken back")
	}
}

// What is typed wrong is said beside its field, and stays typed.
func TestTypedWrong(t *testing.T) {
	m := monde(t)
	for query, want := range map[string]string{
		"compose=1":                           "Choisissez au moins une colonne.",
		"compose=1&c=nom&au=31/02/2026":       "Cette date n’existe pas.",
		"compose=1&c=nom&vide_titre=Religion": "Ce nom dirait la religion",
	} {
		if got := m.Get("directeur", "/listes/composer?"+query); got.Code != 422 || !strings.Contains(got.Body, want) {
			t.Errorf("%s: %d\n%s", query, got.Code, got.Body)
		}
	}
	if got := m.Get("directeur", "/listes/composer?compose=1&c=nom&au=31/02/2026"); !strings.Contains(got.Body, `value="31/02/2026"`) {
		t.Error("what was typed is lost")
	}
	for _, agent := range []string{"college", "service", "statistique"} {
		if got := m.Get(agent, "/listes/composer"); got.Code != 403 {
			t.Errorf("%s: %d", agent, got.Code)
		}
	}
}

// A list that was put away is erased after thirty days, with nobody's help; one put away yesterday can still come back.
func TestForgottenLists(t *testing.T) {
	m := fixture.New(t)
	if _, err := m.Tx.Exec(t.Context(), `insert into liste (id, compte_id, nom, definition, modifiee_le, supprimee_le)
		select gen_random_uuid(), $1, nom, '{"format": 1}', $2::timestamptz, $2::timestamptz - jours * interval '1 day'
		from (values ('ancienne', 31), ('récente', 29)) as l (nom, jours)`, m.Agent("ia").Compte, m.Heure); err != nil {
		t.Fatal(err)
	}
	if err := m.DB.Connexion(t.Context(), func(tx territoire.Tx) error { liste.Oublier(tx, m.Heure); return nil }); err != nil {
		t.Fatal(err)
	}
	if left := fixture.Valeur[string](m, `select string_agg(nom, ' ') from liste`); left != "récente" {
		t.Errorf("left: %q", left)
	}
}

// The title of a blank column is typed by whoever shares the list: it is no formula in the spreadsheet of who opens it.
func TestATypedTitleIsNoFormula(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	for title, want := range map[string]string{"=1+1": "'=1+1", "Signature": "Signature"} { // the second is the control
		q := url.Values{"compose": {"1"}, "c": {"nom", "vide.1"}, "vide.1.titre": {title}}
		head, _, _ := strings.Cut(m.Get("directeur", "/listes/composer.csv?"+q.Encode()).Body, "\r\n")
		if _, got, _ := strings.Cut(head, ";"); got != want {
			t.Errorf("%q is written %q, want %q", title, got, want)
		}
	}
}
