package admissions_test

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres"
	"base-eleves/internal/postgres/pgdev"
	"base-eleves/internal/territoire"
)

const nouvelle = "/admissions/nouvelle"

// cherche are the fields of the search, then pairs of names and values.
func cherche(prenom string, pairs ...string) url.Values {
	f := form("nom_famille", "Abadie", "prenom", prenom, "date_naissance", "12/04/2019")
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

// enfant is a whole child, as a directeur types him.
func enfant(prenom string, pairs ...string) url.Values {
	f := cherche(prenom, "etape", "creer", "sexe", "F", "commune_naissance", "Tarbes", "voie", "5 rue des Pyrénées", "commune", "65000 Tarbes",
		"niveau", "CE1", "date_effet", "20/11/2026",
		"responsable.0.lien", "mere", "responsable.0.nom_famille", "Abadie", "responsable.0.prenom", "Anne",
		"responsable.0.autorite_parentale", "true", "responsable.0.meme_adresse", "true")
	for i := 0; i < len(pairs); i += 2 {
		f.Set(pairs[i], pairs[i+1])
	}
	return f
}

// T07: inscription and acceptance in one act, by the school.
func TestAdmissionDirecte(t *testing.T) {
	m := fixture.New(t)
	if got := m.Post("directeur", nouvelle, cherche("Lina")); got.Code != 200 || !strings.Contains(got.Body, `name="responsable.0.lien"`) ||
		!strings.Contains(got.Body, `value="Lina"`) || !strings.Contains(got.Body, `<option value="CE1" selected>`) {
		t.Errorf("a search that finds nobody does not lead to the form: %d", got.Code)
	}
	got := m.Post("directeur", nouvelle, enfant("Lina"))
	if got.Code != 303 {
		t.Fatalf("got %d\n%s", got.Code, got.Body)
	}
	for sql, want := range map[string]string{
		`select concat_ws(' ', etat, saisie_par, commune_insee, date_inscription) from inscription`:      "transformee ecole 65440 2026-11-20",
		`select concat_ws(' ', etat, niveau, ecole_uai, date_effet) from scolarite`:                      "admis_accepte CE1 0659001F 2026-11-20",
		`select concat_ws(' ', tenu_par, ecole_uai, mairie_insee, residence_insee) from eleve`:           "ecole 0659001F 65440 65440",
		`select concat_ws(' ', count(*), count(distinct adresse_id)) from responsable`:                   "1 1",
		`select string_agg(acte, ' ' order by acte) from journal where acte not like 'chercher%'`:        "accepter_admission creer inscrire",
		`select concat_ws(' ', count(*), count(objet_id)) from journal where acte = 'chercher_ailleurs'`: "1 0",
	} {
		if got := fixture.Valeur[string](m, sql); got != want {
			t.Errorf("%s: %q, want %q", sql, got, want)
		}
	}
}

// An acceptance typed after the rentrée is as of the rentrée.
func TestAdmissionDirecteTypedLate(t *testing.T) {
	m := fixture.New(t)
	if got := m.Post("directeur", nouvelle, enfant("Lina", "date_effet", "01/09/2026")); got.Code != 303 {
		t.Fatalf("got %d\n%s", got.Code, got.Body)
	}
	if got := fixture.Valeur[string](m, `select date_inscription::text from inscription`); got != "2026-09-01" {
		t.Errorf("inscrit on %s", got)
	}
}

func TestAdmissionDirecteRefuse(t *testing.T) {
	for _, tt := range []struct {
		name  string
		typed url.Values
		says  []string
	}{
		{"une recherche sans prénom", cherche(" "), []string{"Indiquez le prénom."}},
		{"une recherche sans date", cherche("Lina", "date_naissance", ""), []string{"Indiquez la date de naissance"}},
		{"tout ce qui manque, en une fois", enfant("Lina", "niveau", "", "voie", "", "responsable.0.lien", ""),
			[]string{"Choisissez le niveau.", "la voie, ou le lieu-dit", "Choisissez le lien", `value="Anne"`}},
		{"une année terminée", enfant("Lina", "date_effet", "01/06/2026"), []string{"2025-2026 est terminée."}},
		{"une année pas encore ouverte", enfant("Lina", "date_effet", "01/09/2030"), []string{"2030-2031 n’est pas ouverte."}},
		{"une reprise sans choisir", cherche("Lina", "etape", "reprendre", "niveau", "CE1", "date_effet", "20/11/2026"),
			[]string{"Choisissez l’enfant dont vous reprenez le dossier."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			got := m.Post("directeur", nouvelle, tt.typed)
			for _, want := range append(tt.says, `role="alert"`) {
				if got.Code != 422 || !strings.Contains(got.Body, want) {
					t.Errorf("got %d without %q", got.Code, want)
				}
			}
			if n := fixture.Valeur[int](m, `select count(*) from eleve`); n != 0 {
				t.Errorf("%d pupils", n)
			}
		})
	}
}

// What a search shows of a child, by where he is; and whether his file may be taken over.
func TestSearch(t *testing.T) {
	for _, tt := range []struct {
		name         string
		child        func(m *fixture.Monde) fixture.Enfant
		shows, hides string
	}{
		{"présent ailleurs: on l’accepte d’avance", func(m *fixture.Monde) fixture.Enfant { return m.PresentAilleurs("Noé") },
			"attendra que cette école l’ait radié", "Pyrénées, 65"},
		{"radié ailleurs: on reprend", func(m *fixture.Monde) fixture.Enfant { return radieAilleurs(m) }, "Reprendre le dossier", "attendra"},
		{"attendu ailleurs: on ne reprend pas", func(m *fixture.Monde) fixture.Enfant {
			return m.Accepter("directeur voisin", m.Inscrire("mairie voisine", fixture.Voisine, "Noé"))
		}, "Une école attend déjà cet enfant", "Reprendre le dossier"},
		{"inscrit ici: on y va", func(m *fixture.Monde) fixture.Enfant { return m.Inscrire("mairie", fixture.Ecole, "Noé") },
			"Votre école l’attend déjà.", "Reprendre le dossier"},
		{"présent ici: on y va", func(m *fixture.Monde) fixture.Enfant { return m.Present("Noé") }, "déjà dans votre école", "Reprendre le dossier"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			tt.child(m)
			got := m.Post("directeur", nouvelle, cherche("noe"))
			if got.Code != 200 || !strings.Contains(got.Body, tt.shows) || strings.Contains(got.Body, tt.hides) {
				t.Errorf("got %d, want %q and not %q\n%s", got.Code, tt.shows, tt.hides, got.Body)
			}
			if strings.Contains(got.Body, "5 rue des Pyrénées") {
				t.Error("the home of a child of elsewhere is shown")
			}
		})
	}
}

func radieAilleurs(m *fixture.Monde) fixture.Enfant {
	e := m.PresentAilleurs("Noé")
	m.Ecrire("directeur voisin", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement"})
	})
	return e
}

// T20: the file of a radié comes with the acceptance, whole; who does not know the child opens nothing by his id.
func TestReprendre(t *testing.T) {
	m := fixture.New(t)
	e := radieAilleurs(m)
	typed := cherche("Noé", "etape", "reprendre", "eleve_id", e.ID.String(), "niveau", "CE1", "date_effet", "20/11/2026")
	guessed := url.Values{}
	for name, v := range typed {
		guessed[name] = v
	}
	guessed.Set("date_naissance", "27/06/2018")
	if got := m.Post("directeur", nouvelle, guessed); got.Code != 404 {
		t.Errorf("an id alone opens a file: %d", got.Code)
	}
	if got := m.Post("directeur", nouvelle, typed); got.Code != 303 {
		t.Fatalf("got %d\n%s", got.Code, got.Body)
	}
	if got := m.Get("directeur", "/eleves/"+e.ID.String()); got.Code != 200 || !strings.Contains(got.Body, "5 rue des Pyrénées") {
		t.Errorf("the file has not come: %d", got.Code)
	}
	if got := m.Get("directeur voisin", "/eleves/"+e.ID.String()); got.Code != 404 {
		t.Errorf("the former school still opens it: %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from eleve`); n != 1 {
		t.Errorf("%d files for one child", n)
	}
}

// A child who bears the same name, born on the same day, gets a second file only if the directeur says it is another one.
func TestSameChildTwice(t *testing.T) {
	m := fixture.New(t)
	lina := "doublon." + m.PresentAilleurs("Lina").ID.String()
	got := m.Post("directeur", nouvelle, enfant("Lina"))
	if got.Code != 422 || !strings.Contains(got.Body, "Est-ce le même") || !strings.Contains(got.Body, "même date de naissance") || !strings.Contains(got.Body, `value="Anne"`) {
		t.Errorf("got %d", got.Code)
	}
	if got := m.Post("directeur", nouvelle, enfant("Lina", lina, "meme")); got.Code != 200 || !strings.Contains(got.Body, "Dossier à reprendre") {
		t.Errorf("the same child: %d", got.Code)
	}
	if got := m.Post("directeur", nouvelle, enfant("Lina", "doublon."+fixture.Inconnu.String(), "jamais")); got.Code != 422 {
		t.Errorf("an answer about somebody else is taken for hers: %d", got.Code)
	}
	if got := m.Post("directeur", nouvelle, enfant("Lina", lina, "jamais")); got.Code != 303 {
		t.Errorf("the other child is refused: %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from distinction`); n != 1 {
		t.Errorf("%d pairs are never to be asked about again", n)
	}
}

func TestAdmissionDirecteOnce(t *testing.T) {
	m := fixture.New(t)
	typed := enfant("Lina", "jeton", m.Jeton("directeur"))
	first, second := m.PostAs("directeur", nouvelle, typed), m.PostAs("directeur", nouvelle, typed)
	if first.Code != 303 || first.Header.Get("Location") != second.Header.Get("Location") {
		t.Errorf("got %d then %d", first.Code, second.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from eleve`); n != 1 {
		t.Errorf("%d pupils, want 1", n)
	}
}

// Without a script a responsable is added by a button that records nothing.
func TestSecondResponsable(t *testing.T) {
	m := fixture.New(t)
	got := m.Post("directeur", nouvelle, enfant("Lina", "ajouter_responsable", "1"))
	if got.Code != 200 || !strings.Contains(got.Body, `name="responsable.1.nom_famille"`) || !strings.Contains(got.Body, `value="5 rue des Pyrénées"`) {
		t.Errorf("got %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from eleve`); n != 0 {
		t.Errorf("%d pupils", n)
	}
}

// Where the mairie types first the page explains it, offers nothing and takes nothing.
func TestMairieFirst(t *testing.T) {
	m := fixture.New(t)
	if _, err := m.Tx.Exec(t.Context(), `update commune set saisie = 'mairie' where insee = $1`, fixture.Tarbes); err != nil {
		t.Fatal(err)
	}
	got := m.Get("directeur", nouvelle)
	if got.Code != 200 || !strings.Contains(got.Body, "À Tarbes, c’est la mairie qui inscrit les enfants") || strings.Contains(got.Body, `name="nom_famille"`) {
		t.Errorf("got %d", got.Code)
	}
	if got := m.Get("directeur", "/admissions"); strings.Contains(got.Body, nouvelle) {
		t.Error("the list leads there")
	}
	if got := m.Post("directeur", nouvelle, enfant("Lina")); got.Code != 422 {
		t.Errorf("got %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from eleve`); n != 0 {
		t.Errorf("%d pupils", n)
	}
}

// No name is ever in an address.
func TestNoNameInAddresses(t *testing.T) {
	m := fixture.New(t)
	radieAilleurs(m)
	body := m.Post("directeur", nouvelle, cherche("Noé")).Body
	for _, part := range strings.Split(body, `href="`)[1:] {
		if href, _, _ := strings.Cut(part, `"`); strings.Contains(strings.ToLower(href), "abadie") {
			t.Errorf("a name in %s", href)
		}
	}
	if strings.Contains(body, `method="get"`) {
		t.Error("a form would put what it carries in the address")
	}
}

// Ten impatient clicks at the same instant, on the pools of the service.
func TestAdmissionDirecteManyClicks(t *testing.T) {
	m, dsn := fixture.NewClone(t)
	typed := enfant("Lina", "jeton", m.Jeton("directeur"))
	answers := make([]fixture.Reponse, 10)
	var clicks sync.WaitGroup
	for i := range answers {
		clicks.Go(func() { answers[i] = m.PostAs("directeur", nouvelle, typed) })
	}
	clicks.Wait()
	for _, got := range answers {
		if got.Code != 303 || got.Header.Get("Location") != answers[0].Header.Get("Location") {
			t.Errorf("got %d to %s", got.Code, got.Header.Get("Location"))
		}
	}
	conn, err := pgx.Connect(t.Context(), postgres.ForRole(dsn, pgdev.Superuser))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(t.Context()) }()
	var n int
	if err := conn.QueryRow(t.Context(), `select count(*) from eleve`).Scan(&n); err != nil || n != 1 {
		t.Errorf("%d pupils, want 1 (%v)", n, err)
	}
}
