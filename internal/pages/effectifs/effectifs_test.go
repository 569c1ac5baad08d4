package effectifs_test

import (
	"context"
	"html"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// settle fills the world: in Ecole two présents in CE1, one of them in the CE1 A, one attendu, one admissible, one
// radié, one inscrit; in Meme, of the same commune and circonscription, one présent; in Voisine one présent.
func settle(m *fixture.Monde) {
	m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	m.Present("Max")
	m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Noé"))
	m.Inscrire("mairie", fixture.Ecole, "Zoé")
	reporte := m.Inscrire("mairie", fixture.Ecole, "Léon")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Reporter(ctx, tx, a, reporte.Inscription, 0)
	})
	parti := m.Present("Rémi")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, parti.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement"})
	})
	m.Admettre("directeur du même", m.Accepter("directeur du même", m.Inscrire("mairie", fixture.Meme, "Ida")))
	m.PresentAilleurs("Léa")
}

func TestEffectifs(t *testing.T) {
	for _, tt := range []struct {
		name, agent, query string
		code               int
		shows, hides       []string
	}{
		{"le directeur compte les siens, état par état", "directeur", "", 200, []string{
			`<th scope="row">CE1</th>` + lien("/admissions?annee=2026", 1) + rien + lien("/eleves?annee=2026&etat=admis_accepte&niveau=CE1", 1) +
				lien("/eleves?annee=2026&etat=admis_definitif&niveau=CE1", 2) + nombre(2) + rien + lien("/eleves?annee=2026&etat=radie&niveau=CE1", 1),
			"<strong>Cycle 2</strong>"}, nil},
		{"par classe", "directeur", "", 200, []string{
			`<a href="/classes/c1a55e00-0000-4000-8000-000000000001">CE1 A</a></th>` + lien("/eleves?annee=2026&classe=c1a55e00-0000-4000-8000-000000000001&etat=admis_definitif&niveau=CE1", 1),
			`<a href="/repartition?annee=2026">Sans classe</a></th>` + nombre(1)}, nil},
		{"ou seulement les radiés", "directeur", "?etat=radie", 200, []string{"Élèves radiés par classe et par niveau", "<dt>radiés</dt><dd>1</dd>"}, []string{`<a href="/repartition?annee=2026">Sans classe`}},
		{"ceux qu’il a reportés, de niveau inconnu", "directeur", "?etat=admissible", 200, []string{
			`À préciser</th>` + rien + nombre(1), `<th scope="col" class="n">À préciser</th>`, `<strong><a href="/eleves?annee=2026&amp;etat=admissible">1</a></strong>`}, []string{"niveau=%C3%80"}},
		{"l’année à venir n’a personne", "directeur", "?annee=2027", 200, []string{"Aucun élève pour 2027-2028."}, []string{"<table"}},
		{"la mairie compte ses écoles", "mairie", "", 200, []string{"<dt>présents</dt><dd>3</dd>", "École élémentaire Arago, Tarbes", "/inscriptions?"}, []string{"Lapacca", "CE1 A", "Sans classe"}},
		{"l’IEN, celles de la circonscription", "ien", "", 200, []string{"<dt>présents</dt><dd>3</dd>",
			`<a href="/ecoles/0659001F?annee=2026">École primaire Jean-Jaurès, Tarbes</a></th>` + lien("/eleves?annee=2026&ecole=0659001F&etat=admis_definitif&niveau=CE1", 2),
			"/effectifs?annee=2026&amp;etat=radie#detail"}, []string{"Lapacca", "/admissions", "/inscriptions"}},
		{"l’IA, les circonscriptions du département", "ia", "", 200, []string{"<dt>présents</dt><dd>4</dd>", ">Tarbes Centre</a></th>" + nombre(3), ">Lourdes Bagnères</a></th>" + nombre(1)}, []string{"Jean-Jaurès", ">Auch<"}},
		{"puis les écoles de l’une d’elles", "ia", "?circonscription=0651046J", 200, []string{"École primaire du Lapacca, Lourdes", "<dt>présents</dt><dd>1</dd>"}, []string{"Jean-Jaurès"}},
		{"pas celles d’un autre département", "ia", "?circonscription=0320001A", 200, []string{"Aucun élève pour 2026-2027."}, []string{"Rouget"}},
		{"la mairie voisine ne compte que les siens", "mairie voisine", "", 200, []string{"<dt>présents</dt><dd>1</dd>"}, []string{"Jean-Jaurès"}},
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
			check(t, got.Body, tt.shows, tt.hides)
		})
	}
}

var linkedCount = regexp.MustCompile(`<a href="(/eleves\?[^"]*)">(\d+)</a>`)

// Whatever the role, a number that leads to a list of pupils is the number of its lines.
func TestNumbersAreTheirLists(t *testing.T) {
	for _, agent := range []string{"directeur", "mairie", "ien", "ia"} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			path := "/effectifs"
			if agent == "ia" {
				path += "?circonscription=0651044G"
			}
			links := linkedCount.FindAllStringSubmatch(m.Get(agent, path).Body, -1)
			if len(links) < 3 {
				t.Fatalf("only %d numbers lead to a list", len(links))
			}
			for _, l := range links {
				list := m.Get(agent, html.UnescapeString(l[1]))
				if list.Code != 200 || !strings.Contains(list.Body, "<p>"+l[2]+"\u00a0ligne") {
					t.Errorf("%s does not list %s pupils", l[1], l[2])
				}
			}
		})
	}
}

// A child of the commune who goes to school elsewhere is not in the effectifs of the mairie, though she sees him.
func TestResidentsElsewhereAreNotCounted(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	e := m.PresentAilleurs("Léa") // lives in Tarbes
	if n := m.Get("mairie", "/eleves/"+e.ID.String()); n.Code != 200 {
		t.Fatalf("the control: the mairie of residence gets %d", n.Code)
	}
	check(t, m.Get("mairie", "/effectifs").Body, []string{"<dt>présents</dt><dd>1</dd>"}, []string{"Lapacca"})
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
	at := -1
	for _, row := range []string{">CE1<", ">CE2<", "<strong>Cycle 2</strong>", ">CM1<", "<strong>Cycle 3</strong>", "À préciser", "<strong>Total</strong>"} {
		next := strings.Index(body[at+1:], row)
		if next < 0 {
			t.Fatalf("%s is missing, or not in its place", row)
		}
		at += 1 + next
	}
	check(t, body, []string{"À préciser</th>" + lien("/admissions?annee=2026", 1)}, []string{">CP<", ">CM2<"})
}

func TestExports(t *testing.T) {
	for _, tt := range []struct{ agent, query, want string }{
		{"directeur", "", "Classe;CE1;Total\r\nCE1 A;1;1\r\nCE2-CM1;0;0\r\nSans classe;1;1\r\n"},
		{"ien", "?etat=radie", "0659001F;École primaire Jean-Jaurès;Tarbes;1;1\r\n"},
		{"ia", "", "0659002G;École primaire du Lapacca;Lourdes;Lourdes Bagnères;1;1\r\n"},
		{"mairie", "", "0659101P;École élémentaire Arago;Tarbes;1;1\r\n"},
	} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			if got := m.Get(tt.agent, "/effectifs.csv"+tt.query); got.Code != 200 || !strings.Contains(got.Body, tt.want) {
				t.Errorf("got %d %q", got.Code, got.Body)
			}
			for _, ending := range []string{".xlsx", ".pdf"} {
				if got := m.Get(tt.agent, "/effectifs"+ending+tt.query); got.Code != 200 {
					t.Errorf("%s answers %d", ending, got.Code)
				}
			}
			if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'exporter' and objet = 'effectif'`); n != 3 {
				t.Errorf("%d lines in the journal, want 3", n)
			}
		})
	}
}

const rien = `<td class="n">·</td>`

func nombre(n int) string { return `<td class="n">` + string(rune('0'+n)) + `</td>` }

// lien is a cell whose count leads somewhere.
func lien(href string, n int) string {
	return `<td class="n"><a href="` + html.EscapeString(href) + `">` + string(rune('0'+n)) + `</a></td>`
}

func check(t *testing.T, body string, shows, hides []string) {
	t.Helper()
	for _, s := range shows {
		if !strings.Contains(body, s) {
			t.Errorf("does not show %q", s)
		}
	}
	for _, s := range hides {
		if strings.Contains(body, s) {
			t.Errorf("shows %q", s)
		}
	}
}
