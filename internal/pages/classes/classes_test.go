package classes_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

const (
	ce1     = "/classes/c1a55e00-0000-4000-8000-000000000001"
	ce2cm1  = "/classes/c1a55e00-0000-4000-8000-000000000002"
	inconnu = "/classes/deadbeef-0000-4000-8000-000000000000"
)

// places puts Lina, présente, and Noé, attendu, in the CE1.
func places(m *fixture.Monde) (lina, noe fixture.Enfant) {
	lina = m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	noe = m.Placer("directeur", m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Noé")), fixture.CE1)
	return lina, noe
}

// Who may, and that what is foreign answers as what does not exist.
func TestWhoReadsAClass(t *testing.T) {
	for _, tt := range []struct {
		agent string
		code  int
	}{
		{"directeur", 200}, {"ien", 200}, {"ia", 200},
		{"directeur du même", 404}, {"directeur voisin", 404}, {"ien voisin", 404}, {"ia voisine", 404},
		{"mairie", 403}, {"service", 403}, {"college", 403}, {"statistique", 403},
	} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			places(m)
			for _, ending := range []string{"", ".csv", ".xlsx", ".pdf"} {
				got := m.Get(tt.agent, ce1+ending)
				if got.Code != tt.code {
					t.Errorf("%s answers %d, want %d", ending, got.Code, tt.code)
				}
				if shown := strings.Contains(got.Body, "Lina"); ending == "" && shown != (tt.code == 200) {
					t.Errorf("shows the pupils: %v", shown)
				}
				if unknown := m.Get(tt.agent, inconnu+ending); got.Code == 404 && unknown.Body != got.Body {
					t.Errorf("%s: a foreign class and an unknown one do not get the same bytes", ending)
				}
			}
		})
	}
}

func TestListOfAClass(t *testing.T) {
	m := fixture.New(t)
	lina, noe := places(m)
	m.Present("Zoé") // without a class
	parti := m.Placer("directeur", m.Present("Rémi"), fixture.CE1)
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, parti.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement"})
	})
	got := m.Get("directeur", ce1).Body
	for _, want := range []string{
		"Classe CE1 A", "Les lynx – CE1 – Mme Cazaux", "1\u00a0présent, 1\u00a0attendu",
		`<a href="/eleves/` + lina.ID.String() + `">ABADIE Lina</a></th><td>12/04/2019</td><td>F</td><td>Présent</td>`,
		`<a href="/eleves/` + noe.ID.String() + `">ABADIE Noé</a></th><td>12/04/2019</td><td>F</td><td>Attendu</td>`,
		ce1 + ".csv", "Modifier la classe", "Placer ou retirer des élèves",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("does not show %q in %s", want, got)
		}
	}
	if strings.Contains(got, "Zoé") || strings.Contains(got, "Rémi") || strings.Index(got, "Lina") > strings.Index(got, "Noé") {
		t.Error("the list is not that of the class, by name")
	}
	if read := m.Get("ien", ce1).Body; strings.Contains(read, "Modifier la classe") || !strings.Contains(read, "/ecoles/"+fixture.Ecole) {
		t.Error("an IEN reads, and comes from the school")
	}
}

// A class of two niveaux says the niveau of each pupil; an empty one says what to do.
func TestEmptyClass(t *testing.T) {
	m := fixture.New(t)
	got := m.Get("directeur", ce2cm1).Body
	if !strings.Contains(got, "Aucun élève n’est placé dans cette classe.") || !strings.Contains(got, `href="/repartition?annee=2026"`) {
		t.Error("an empty class does not say so")
	}
}

func TestClasses(t *testing.T) {
	for _, tt := range []struct {
		name, agent, path string
		code              int
		shows, hides      []string
	}{
		{"le directeur voit les siennes", "directeur", "/classes", 200, []string{"CE1 A", "CE2-CM1", "Mme Cazaux", "Nouvelle classe"}, []string{"M. Vignes", "Mme Daveu"}},
		{"avec leurs effectifs", "directeur", "/classes", 200, []string{`<td class="n">1</td><td class="n">1</td>`, "présents en classe"}, nil},
		{"et les élèves sans classe", "directeur", "/classes", 200, []string{`<dt>sans classe</dt><dd><a href="/repartition?annee=2026">1</a>`}, nil},
		{"par niveau", "directeur", "/classes?niveau=CM1", 200, []string{"CE2-CM1"}, []string{"Mme Cazaux"}},
		{"d’une année à venir", "directeur", "/classes?annee=2027", 200, []string{"Aucune classe pour 2027-2028.", "/classes/nouvelle?annee=2027"}, []string{"Mme Cazaux"}},
		{"l’IEN voit celles de la circonscription", "ien", "/classes", 200, []string{"Mme Cazaux", "M. Vignes", "École primaire Jean-Jaurès, Tarbes"}, []string{"Mme Daveu", "Nouvelle classe", "Salle"}},
		{"ou d’une école", "ien", "/classes?ecole=" + fixture.Meme, 200, []string{"M. Vignes"}, []string{"Mme Cazaux"}},
		{"mais pas d’une école d’ailleurs", "ien", "/classes?ecole=" + fixture.Voisine, 200, []string{"Aucune classe ne répond à ces critères."}, []string{"Mme Daveu"}},
		{"l’IA ne feuillette pas un département", "ia", "/classes", 200, []string{"Choisissez une école", "/ecoles"}, []string{"Mme Cazaux"}},
		{"il choisit une école", "ia", "/classes?ecole=" + fixture.Voisine, 200, []string{"Mme Daveu"}, []string{"Mme Cazaux"}},
		{"de son département", "ia", "/classes?ecole=" + fixture.Lointaine, 200, nil, []string{"Mme Sorbet"}},
		{"ou cherche dans tout le département", "ia", "/classes?q=ce1", 200, []string{"Mme Cazaux", "M. Vignes", "Mme Daveu"}, []string{"Mme Sorbet"}},
		{"qu’il cherche sans accent ni majuscule", "ia", "/classes?q=lapacca", 200, []string{"Mme Daveu"}, []string{"M. Vignes"}},
		{"la mairie ne les lit pas", "mairie", "/classes", 403, nil, []string{"Mme Cazaux"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			places(m)
			m.Present("Zoé")
			got := m.Get(tt.agent, tt.path)
			if got.Code != tt.code {
				t.Fatalf("got %d, want %d", got.Code, tt.code)
			}
			fixture.Shows(t, got.Body, tt.shows, tt.hides)
		})
	}
}

// A class that holds more than it should says so in words.
func TestMaximum(t *testing.T) {
	m := fixture.New(t)
	places(m)
	fixture.Shows(t, m.Get("directeur", "/classes").Body, nil, []string{"Maximum"})
	if _, err := m.Tx.Exec(t.Context(), `update classe set effectif_max = 1 where id = $1`, fixture.CE1); err != nil {
		t.Fatal(err)
	}
	fixture.Shows(t, m.Get("directeur", "/classes").Body, []string{"Maximum", "dépassé"}, nil)
	fixture.Shows(t, m.Get("directeur", "/classes.csv").Body, []string{"CE1 A;Les lynx;CE1;Mme Cazaux;;1;1;1\r\n"}, nil)
}

func TestSortsOfClasses(t *testing.T) {
	m := fixture.New(t)
	for path, first := range map[string]string{
		"/classes": "CE1 A", "/classes?tri=libelle&sens=desc": "CE2-CM1", "/classes?tri=enseignant": "CE2-CM1", "/classes?tri=n'importe": "CE1 A",
	} {
		body := m.Get("directeur", path).Body
		if a, b := strings.Index(body, ">CE1 A<"), strings.Index(body, ">CE2-CM1<"); (a < b) != (first == "CE1 A") || a < 0 || b < 0 {
			t.Errorf("%s does not begin with %s", path, first)
		}
	}
}

func TestExportsOfClasses(t *testing.T) {
	m := fixture.New(t)
	places(m)
	csv := m.Get("directeur", "/classes.csv").Body
	if want := "CE1 A;Les lynx;CE1;Mme Cazaux;;1;1\r\n"; !strings.Contains(csv, want) {
		t.Errorf("got %q", csv)
	}
	csv = m.Get("ien", ce1+".csv").Body
	if want := "Abadie;;Lina;12/04/2019;F;CE1;Présent\r\nAbadie;;Noé;12/04/2019;F;CE1;Attendu\r\n"; !strings.Contains(csv, want) {
		t.Errorf("got %q", csv)
	}
	noted := fixture.Valeur[string](m, `select string_agg(role || ' ' || coalesce(objet_id::text, 'liste') || ' ' || ecole_uai, ', ' order by id)
		from journal where acte = 'exporter' and objet = 'classe'`)
	if want := "directeur liste 0659001F, ien c1a55e00-0000-4000-8000-000000000001 0659001F"; noted != want {
		t.Errorf("the journal says %q, want %q", noted, want)
	}
}

// What cannot be noted in the journal does not leave.
func TestExportNeedsItsLine(t *testing.T) {
	m := fixture.New(t)
	places(m)
	if _, err := m.Tx.Exec(t.Context(), `revoke insert on journal from be_directeur`); err != nil {
		t.Fatal(err)
	}
	if got := m.Get("directeur", ce1+".csv"); got.Code < 500 || strings.Contains(got.Body, "Lina") {
		t.Errorf("an export that cannot be noted has left: %d", got.Code)
	}
}

// form is a class as it is typed; pairs change it.
func form(pairs ...string) url.Values {
	v := url.Values{"annee": {"2026"}, "libelle_court": {"CP B"}, "libelle_long": {"Les vautours"}, "niveau": {"CP"},
		"enseignant": {"Mme Lacaze"}, "salle": {"4"}, "effectif_max": {"27"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func TestNouvelleClasse(t *testing.T) {
	long := strings.Repeat("a", 21)
	for _, tt := range []struct {
		name, agent string
		form        url.Values
		code        int
		shows       []string
		made        int
	}{
		{"le directeur crée une classe", "directeur", form(), 303, nil, 1},
		{"d’une année à venir", "directeur", form("annee", "2027"), 303, nil, 1},
		{"sans maximum", "directeur", form("effectif_max", ""), 303, nil, 1},
		{"pas sans nom", "directeur", form("libelle_court", " "), 422, []string{"Donnez un nom court à la classe", `value="Les vautours"`, `value="CP" checked`}, 0},
		{"pas d’un nom trop long", "directeur", form("libelle_court", long), 422, []string{"Au plus 20 caractères.", long}, 0},
		{"pas sans niveau", "directeur", form("niveau", ""), 422, []string{"Choisissez au moins un niveau.", `value="CP B"`}, 0},
		{"pas d’un nom déjà pris", "directeur", form("libelle_court", "CE1 A"), 422, []string{"Une autre classe porte déjà ce nom cette année."}, 0},
		{"ce nom est libre l’année suivante", "directeur", form("libelle_court", "CE1 A", "annee", "2027"), 303, nil, 1},
		{"pas au-delà de soixante élèves", "directeur", form("effectif_max", "61"), 422, []string{"Indiquez un effectif entre 1 et 60, ou rien.", `value="61"`}, 0},
		{"pas d’un effectif illisible", "directeur", form("effectif_max", "vingt"), 422, []string{"Indiquez un effectif entre 1 et 60, ou rien.", `value="vingt"`}, 0},
		{"avec une décharge le jeudi", "directeur", form("enseignant.1.nom", "M. Rey", "enseignant.1.service", "decharge", "enseignant.1.jours", "jeudi"), 303, nil, 1},
		{"pas un enseignant sans nom", "directeur", form("enseignant.2.jours", "jeudi"), 422, []string{"Nommez cet enseignant, ou videz la ligne.", `value="jeudi"`}, 0},
		{"pas sans année", "directeur", form("annee", ""), 422, []string{"Choisissez l’année scolaire."}, 0},
		{"pas d’une année qui n’est pas ouverte", "directeur", form("annee", "2031"), 422, []string{"Cette année scolaire n’est pas encore ouverte."}, 0},
		{"pas de petite section en élémentaire", "directeur du même", form("niveau", "PS"), 422, []string{"L’école n’a pas de Petite section."}, 0},
		{"la mairie n’en crée pas", "mairie", form(), 403, nil, 0},
		{"ni l’IEN", "ien", form(), 403, nil, 0},
		{"ni l’IA", "ia", form(), 403, nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			before := fixture.Valeur[int](m, `select count(*) from classe`)
			got := m.Post(tt.agent, "/classes/nouvelle", tt.form)
			if got.Code != tt.code {
				t.Fatalf("got %d %s, want %d", got.Code, got.Body, tt.code)
			}
			fixture.Shows(t, got.Body, tt.shows, nil)
			if made := fixture.Valeur[int](m, `select count(*) from classe`) - before; made != tt.made {
				t.Errorf("%d classes made, want %d", made, tt.made)
			}
		})
	}
}

func TestNewClassIsShown(t *testing.T) {
	m := fixture.New(t)
	to := m.Post("directeur", "/classes/nouvelle", form("effectif_max", "27")).Header.Get("Location")
	fixture.Shows(t, m.Get("directeur", to).Body, []string{"La classe «\u00a0CP B\u00a0» est créée.", "Les vautours – CP – Mme Lacaze – salle 4", "27\u00a0au plus"}, nil)
	if noted := fixture.Valeur[int](m, `select count(*) from journal where acte = 'creer' and objet = 'classe' and ecole_uai = '0659001F'`); noted != 1 {
		t.Errorf("%d lines in the journal, want 1", noted)
	}
	page := m.Get("directeur", "/classes/nouvelle?annee=2027").Body
	fixture.Shows(t, page, []string{`value="2027" selected`, "Nom court"}, []string{`value="2025"`})
}

// Several teach a class: all are named where it is shown, and its form gives them back.
func TestPlusieursEnseignants(t *testing.T) {
	m := fixture.New(t)
	f := form("enseignant.1.nom", "M. Rey", "enseignant.1.service", "decharge", "enseignant.1.jours", "jeudi", "enseignant.3.nom", "Mme Pic", "enseignant.3.service", "partage")
	to := m.Post("directeur", "/classes/nouvelle", f).Header.Get("Location")
	const all = "Mme Lacaze, M. Rey (décharge de direction, jeudi), Mme Pic (partage la classe)"
	fixture.Shows(t, m.Get("directeur", to).Body, []string{all}, nil)
	fixture.Shows(t, m.Get("ien", "/classes").Body, []string{all}, nil)
	fixture.Shows(t, m.Get("directeur", to+"/modifier").Body, []string{`value="M. Rey"`, `value="Mme Pic"`, `value="decharge" selected`}, nil)
	f.Set("version", "1")
	f.Set("enseignant.1.nom", "")
	f.Set("enseignant.1.service", "")
	f.Set("enseignant.1.jours", "")
	if got := m.Post("directeur", to+"/modifier", f); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	fixture.Shows(t, m.Get("directeur", to).Body, []string{"Mme Lacaze, Mme Pic (partage la classe)"}, []string{"M. Rey"})
}

// A form sent twice makes one class.
func TestDoubleClick(t *testing.T) {
	m := fixture.New(t)
	f := form("libelle_court", "CP C")
	f.Set("jeton", m.Jeton("directeur"))
	first, second := m.PostAs("directeur", "/classes/nouvelle", f), m.PostAs("directeur", "/classes/nouvelle", f)
	if first.Code != http.StatusSeeOther || second.Header.Get("Location") != first.Header.Get("Location") {
		t.Errorf("got %d then %d to %s", first.Code, second.Code, second.Header.Get("Location"))
	}
	if n := fixture.Valeur[int](m, `select count(*) from classe where libelle_court = 'CP C'`); n != 1 {
		t.Errorf("%d classes, want 1", n)
	}
}

// libelle is what the register holds.
func libelle(m *fixture.Monde, id uuid.UUID) string {
	return fixture.Valeur[string](m, `select coalesce((select libelle_court || ' v' || version from classe where id = $1), 'aucune')`, id)
}
