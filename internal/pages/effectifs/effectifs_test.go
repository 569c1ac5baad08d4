package effectifs_test

import (
	"context"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// settle fills the world: in Ecole two présents in CE1, one of them in the CE1 A, one attendu, one admissible, one
// radié today, one inscrit; in Meme, of the same commune and circonscription, one présent; in Voisine one présent.
func settle(m *fixture.Monde) {
	m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	m.Present("Max")
	m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Noé"))
	m.Inscrire("mairie", fixture.Ecole, "Zoé")
	reporte := m.Inscrire("mairie", fixture.Ecole, "Léon")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Reporter(ctx, tx, a, reporte.Inscription, 0)
	})
	radier(m, m.Present("Rémi"))
	m.Admettre("directeur du même", m.Accepter("directeur du même", m.Inscrire("mairie", fixture.Meme, "Ida")))
	m.PresentAilleurs("Léa")
}

func radier(m *fixture.Monde, e fixture.Enfant) {
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement"})
	})
}

// vary makes the pupils differ in what is counted: sexe, year of birth, commune, niveau.
func vary(m *fixture.Monde) {
	m.Helper()
	for _, sql := range []string{
		`update eleve set sexe = 'M' where prenom in ('Max', 'Noé', 'Léon', 'Rémi')`,
		`update eleve set date_naissance = '2018-05-02' where prenom in ('Max', 'Ida')`,
		`update scolarite set residence_insee = '65286' where prenom = 'Max'`,
		`update scolarite set residence_insee = null where prenom = 'Ida'`,
		`update scolarite set niveau = 'CM1' where prenom = 'Noé'`,
		`update inscription set niveau = null where prenom = 'Zoé'`,
	} {
		if _, err := m.Tx.Exec(m.Context(), sql); err != nil {
			m.Fatal(err)
		}
	}
}

func TestEffectifs(t *testing.T) {
	for _, tt := range []struct {
		name, agent, query string
		code               int
		shows, hides       []string
	}{
		{"le directeur compte les siens, état par état", "directeur", "", 200, []string{
			"Au 20\u00a0novembre\u00a02026, année scolaire 2026-2027",
			`<th scope="row">CE1</th>` + lien("etat=inscrit&niveau=CE1", 1) + rien + lien("etat=admis_accepte&niveau=CE1", 1) +
				lien("niveau=CE1", 2) + lien("niveau=CE1&sexe=F", 2) + rien + lien("classe=avec&niveau=CE1", 1) + lien("classe=sans&niveau=CE1", 1) +
				lien("etat=radie&niveau=CE1", 1),
			"<strong>Cycle 2</strong>"}, []string{"Circonscription"}},
		{"par classe", "directeur", "", 200, []string{
			`<a href="/classes/c1a55e00-0000-4000-8000-000000000001">CE1 A</a></th>` + lien("classe=c1a55e00-0000-4000-8000-000000000001&niveau=CE1", 1),
			`<a href="/repartition?annee=2026">Sans classe</a></th>` + lien("classe=sans&niveau=CE1", 1)}, nil},
		{"ou seulement les radiés", "directeur", "?etat=radie", 200, []string{"Élèves radiés par classe et par niveau",
			`<dt>radiés</dt><dd><a href="/effectifs/eleves?etat=radie">1</a></dd>`}, []string{`<a href="/repartition?annee=2026">Sans classe`, "répartis"}},
		{"ceux qu’il a reportés, de niveau inconnu", "directeur", "?etat=admissible", 200, []string{
			`<th scope="col" class="n">À préciser</th>`, lien("etat=admissible&niveau=inconnu", 1)}, nil},
		{"un cycle seulement", "directeur", "?niveau=cycle3", 200, []string{personne}, []string{"<table"}},
		{"les filles seulement", "directeur", "?sexe=M", 200, []string{personne}, []string{"<table"}},
		{"l’année à venir n’a personne", "directeur", "?annee=2027", 200, []string{personne, "Au 20\u00a0novembre\u00a02027"}, []string{"<table"}},
		{"la veille, celui qui est parti était là", "directeur", "?le=191126", 200, []string{present(3), "Inscrits, admissibles et attendus sont ceux d’aujourd’hui"}, nil},
		{"avant la rentrée, personne n’était arrivé", "directeur", "?le=2026-08-31", 200, []string{personne, "année scolaire 2025-2026"}, []string{"<table"}},
		{"demain, on compte ceux que l’on sait", "directeur", "?le=2027-06-01", 200, []string{present(2)}, []string{"Inscrits, admissibles et attendus sont"}},
		{"une date que l’on ne comprend pas", "directeur", "?le=demain", 200, []string{"La date n’est pas comprise", present(2)}, nil},
		{"la mairie compte ses écoles", "mairie", "", 200, []string{present(3), "École élémentaire Arago, Tarbes"}, []string{"Lapacca", "CE1 A", "Sans classe", "répartis", "/effectifs/classes"}},
		{"et l’une d’elles", "mairie", "?ecole=" + fixture.Meme, 200, []string{present(1), "École élémentaire Arago, Tarbes. Au"}, []string{"Jean-Jaurès", "CE1 A"}},
		{"l’IEN, celles de la circonscription", "ien", "", 200, []string{present(3),
			`<a href="/effectifs?ecole=0659001F">École primaire Jean-Jaurès, Tarbes</a></th>` + lien("ecole=0659001F&niveau=CE1", 2)}, []string{"Lapacca"}},
		{"puis les classes de l’une", "ien", "?ecole=" + fixture.Ecole, 200, []string{present(2), "CE1 A</a>", "Sans classe</th>",
			`href="/ecoles/0659001F?annee=2026">Voir l’école`}, []string{"Arago", "/repartition"}},
		{"l’IA, les circonscriptions du département", "ia", "", 200, []string{present(4),
			`<a href="/effectifs?circonscription=0651044G">Tarbes Centre</a></th>` + lien("circonscription=0651044G&niveau=CE1", 3), ">Lourdes Bagnères</a></th>"},
			[]string{"Jean-Jaurès", ">Auch<"}},
		{"puis les écoles de l’une d’elles", "ia", "?circonscription=0651046J", 200, []string{"École primaire du Lapacca, Lourdes", present(1)}, []string{"Jean-Jaurès"}},
		{"pas celles d’un autre département", "ia", "?circonscription=0320001A", 200, []string{personne}, []string{"Rouget"}},
		{"ni une de ses écoles", "ia", "?ecole=" + fixture.Lointaine, 200, []string{personne}, []string{"Rouget"}},
		{"la mairie voisine ne compte que les siens", "mairie voisine", "", 200, []string{present(1)}, []string{"Jean-Jaurès"}},
		{"le service informatique ne compte pas", "service", "", 403, nil, nil},
		{"le collège non plus", "college", "", 403, nil, nil},
		{"ni le ministère, qui a ses propres chiffres", "statistique", "", 403, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			got := m.Get(tt.agent, "/effectifs"+tt.query)
			if got.Code != tt.code {
				t.Fatalf("got %d, want %d", got.Code, tt.code)
			}
			fixture.Shows(t, got.Body, tt.shows, tt.hides)
		})
	}
}

const personne = "Aucun élève à cette date."

// present is the figure of the présents, with its list.
func present(n int) string { return ">" + strconv.Itoa(n) + "</a></dd></div><div><dt>classes" }

var linkedCount = regexp.MustCompile(`<a href="(/effectifs/eleves[^"]*)">([\d\x{a0}]+)</a>`)

// Whatever the role, the page, the day and the state, a number is that of the lines of the list that it opens.
func TestNumbersAreTheirLists(t *testing.T) {
	for _, agent := range []string{"directeur", "mairie", "ien", "ia"} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			vary(m)
			seen := map[string]string{}
			for _, path := range []string{
				"/effectifs", "/effectifs?ecole=" + fixture.Ecole, "/effectifs?circonscription=0651044G", "/effectifs?niveau=cycle2&le=2026-11-01",
				"/effectifs?etat=inscrit", "/effectifs?etat=radie", "/effectifs/ages", "/effectifs/ages?le=2026-11-01&sexe=F", "/effectifs/ages?etat=inscrit",
				"/effectifs/communes", "/effectifs/communes?etat=admissible", "/effectifs/communes?niveau=CE1", "/effectifs/evolution", "/effectifs/evolution?etat=inscrit",
				"/effectifs/evolution?le=2026-11-01&ecole=" + fixture.Ecole, "/effectifs/classes?classes=toutes", "/effectifs/classes?classes=toutes&le=2026-11-01",
			} {
				for _, l := range linkedCount.FindAllStringSubmatch(m.Get(agent, path).Body, -1) {
					seen[l[1]] = l[2]
				}
			}
			for href, n := range seen {
				list := m.Get(agent, html.UnescapeString(href))
				if list.Code != 200 || !strings.Contains(list.Body, "<p>"+n+"\u00a0ligne") || strings.Count(list.Body, `<th scope="row"><a href="/eleves/`) != atoi(t, n) {
					t.Errorf("%s does not list %s pupils", href, n)
				}
			}
			if len(seen) < 30 {
				t.Errorf("only %d numbers lead to a list", len(seen))
			}
		})
	}
}

func atoi(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The parts of a count add up to it, whatever it is cut by.
func TestPartsAddUp(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	vary(m)
	for page, want := range map[string][]string{
		"/effectifs/ages":     {"naissance=2018", "naissance=2019&amp;sexe=F", ">4</a>"},
		"/effectifs/communes": {"commune=65286", "commune=65440", "commune=inconnu", "Non renseignée", "50,0\u00a0%", "25,0\u00a0%"},
	} {
		fixture.Shows(t, m.Get("ia", page).Body, want, nil)
	}
	fixture.Shows(t, m.Get("ia", "/effectifs/evolution").Body, []string{"2026-2027, présents", ">4</a>", `<svg class="chart" role="img"`}, []string{"2025-2026, présents"})
}

// A child of the commune who goes to school elsewhere is not in the effectifs of the mairie, though she sees him.
func TestResidentsElsewhereAreNotCounted(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	e := m.PresentAilleurs("Léa") // lives in Tarbes
	if n := m.Get("mairie", "/eleves/"+e.ID.String()); n.Code != 200 {
		t.Fatalf("the control: the mairie of residence gets %d", n.Code)
	}
	fixture.Shows(t, m.Get("mairie", "/effectifs").Body, []string{present(1)}, []string{"Lapacca"})
}

// A mairie that keeps to the état civil reads no other commune than its own.
func TestStrictMairieReadsItsOwnCommune(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	vary(m)
	fixture.Shows(t, m.Get("mairie", "/effectifs/communes").Body, []string{"Lourdes (65)"}, nil)
	if _, err := m.Tx.Exec(t.Context(), `update commune set mairie_stricte = true`); err != nil {
		t.Fatal(err)
	}
	fixture.Shows(t, m.Get("mairie", "/effectifs/communes").Body, []string{"Tarbes (65)", "Autre commune"}, []string{"Lourdes (65)"})
	fixture.Shows(t, m.Get("mairie", "/effectifs/eleves").Body, []string{"ABADIE Max"}, []string{"Lourdes (65)"})
}

// Cycles add up their niveaux, and the niveau that nobody knows is counted on its own.
func TestCycles(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	e := m.Inscrire("mairie", fixture.Ecole, "Noé")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Accepter(ctx, tx, a, e.Inscription, 0, ecole.CM1, fixture.Rentree)
	})
	m.Inscrire("mairie", fixture.Ecole, "Zoé")
	if _, err := m.Tx.Exec(t.Context(), `update inscription set niveau = null where prenom = 'Zoé'`); err != nil {
		t.Fatal(err)
	}
	body := m.Get("directeur", "/effectifs").Body
	body = body[strings.Index(body, "<tbody>"):]
	at := -1
	for _, row := range []string{">CE1<", ">CE2<", "<strong>Cycle 2</strong>", ">CM1<", "<strong>Cycle 3</strong>", "À préciser", "<strong>Total</strong>"} {
		next := strings.Index(body[at+1:], row)
		if next < 0 {
			t.Fatalf("%s is missing, or not in its place", row)
		}
		at += 1 + next
	}
	fixture.Shows(t, body, []string{"À préciser</th>" + lien("etat=inscrit&niveau=inconnu", 1)}, []string{">CP<", ">CM2<"})
}

const rien = `<td class="n">·</td>`

// lien is a cell whose count leads to its list.
func lien(query string, n int) string {
	return `<td class="n"><a href="/effectifs/eleves?` + html.EscapeString(query) + `">` + strconv.Itoa(n) + `</a></td>`
}
