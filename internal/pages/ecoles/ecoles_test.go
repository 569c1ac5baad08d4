package ecoles_test

import (
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// settle puts two présents and one attendu in Ecole, one présent in Voisine.
func settle(m *fixture.Monde) {
	m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	m.Present("Max")
	m.Placer("directeur", m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, "Noé")), fixture.CE1)
	m.PresentAilleurs("Léa")
}

func TestEcoles(t *testing.T) {
	const jaures, arago, lapacca, rouget = "École primaire Jean-Jaurès", "École élémentaire Arago", "École primaire du Lapacca", "Rouget-de-Lisle"
	for _, tt := range []struct {
		name, agent, query string
		code               int
		shows, hides       []string
	}{
		{"la mairie voit celles de sa commune", "mairie", "", 200, []string{jaures, arago}, []string{lapacca, rouget}},
		{"l’IEN, celles de la circonscription", "ien", "", 200, []string{jaures, arago}, []string{lapacca, rouget, ">Circonscription<"}},
		{"l’IA, celles du département", "ia", "", 200, []string{jaures, arago, lapacca, ">Circonscription<", "Lourdes Bagnères"}, []string{rouget}},
		{"avec leurs élèves par niveau", "ien", "", 200, []string{
			`<a href="/ecoles/0659001F?annee=2026">École primaire Jean-Jaurès</a></th><td>Tarbes</td><td>Primaire</td><td>Public</td><td class="n">2</td>` +
				strings.Repeat(rien, 5) + `<td class="n">2</td>` + strings.Repeat(rien, 3) + `<td class="n">2</td>`}, nil},
		{"ceux que l’on attend, avant l’année", "ien", "?annee=2027", 200, []string{"élèves attendus"}, []string{"élèves présents"}},
		{"par type", "ia", "?type=elementaire", 200, []string{arago}, []string{jaures, lapacca}},
		{"par secteur", "ia", "?secteur=prive_simple", 200, []string{"Aucune école ne répond à ces critères."}, []string{jaures}},
		{"par circonscription", "ia", "?circonscription=0651046J", 200, []string{lapacca}, []string{jaures}},
		{"par nom, sans accent ni majuscule", "ia", "?q=JEAN+jaures", 200, []string{jaures}, []string{lapacca}},
		{"par commune", "ia", "?q=lourdes", 200, []string{lapacca}, []string{jaures}},
		{"par code", "ia", "?q=0659101p", 200, []string{arago}, []string{jaures}},
		{"le directeur n’en a qu’une", "directeur", "", 403, nil, []string{jaures}},
		{"le service informatique n’a pas d’élèves", "service", "", 403, nil, []string{jaures}},
		{"ni le collège", "college", "", 403, nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			got := m.Get(tt.agent, "/ecoles"+tt.query)
			if got.Code != tt.code {
				t.Fatalf("got %d, want %d", got.Code, tt.code)
			}
			fixture.Shows(t, got.Body, tt.shows, tt.hides)
		})
	}
}

func TestSorts(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	m.PresentAilleurs("Léo")
	m.PresentAilleurs("Éva")
	for _, tt := range []struct{ query, first string }{
		{"", "Lapacca"}, {"?tri=nom", "Arago"}, {"?tri=nom&sens=desc", "Jean-Jaurès"}, {"?tri=effectif", "Arago"}, {"?tri=effectif&sens=desc", "Lapacca"},
		{"?tri=classes&sens=desc", "Jean-Jaurès"}, {"?tri=n'importe", "Lapacca"},
	} {
		body := m.Get("ia", "/ecoles"+tt.query).Body
		_, rows, _ := strings.Cut(body, "<tbody>")
		row, _, _ := strings.Cut(rows, "</tr>")
		if !strings.Contains(row, tt.first) {
			t.Errorf("%s begins with %s, want %s", tt.query, row, tt.first)
		}
	}
}

// A school that the directory has closed shows as long as it has pupils.
func TestClosedSchools(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	if _, err := m.Tx.Exec(t.Context(), `update ecole set ouverte = false`); err != nil {
		t.Fatal(err)
	}
	fixture.Shows(t, m.Get("mairie", "/ecoles").Body, []string{"Jean-Jaurès"}, []string{"Arago"})
	fixture.Shows(t, m.Get("mairie", "/ecoles/"+fixture.Ecole).Body, []string{"Fermée"}, nil)
}

func TestFiche(t *testing.T) {
	for _, tt := range []struct {
		agent        string
		code         int
		shows, hides []string
	}{
		{"ien", 200, []string{"École primaire Jean-Jaurès, Tarbes", "0659001F", "12 rue de la République, 65000 Tarbes", "Tarbes Centre",
			`<a href="/classes/c1a55e00-0000-4000-8000-000000000001">CE1 A</a></th><td>CE1</td><td>Mme Cazaux</td><td class="n">1</td><td class="n">1</td>`,
			`<a href="/eleves?annee=2026&amp;ecole=0659001F&amp;etat=admis_definitif&amp;niveau=CE1">2</a>`}, nil},
		{"ia", 200, []string{"0659001F", "/classes/c1a55e00"}, nil},
		{"mairie", 200, []string{"0659001F", "CE1 A", "Mme Cazaux"}, []string{"/classes/c1a55e00"}},
		{"ien voisin", 404, nil, []string{"Jaurès", "Tarbes"}},
		{"mairie voisine", 404, nil, []string{"Jaurès", "Tarbes"}},
		{"ia voisine", 404, nil, []string{"Jaurès", "Tarbes"}},
		{"directeur", 403, nil, []string{"République"}},
		{"service", 403, nil, nil},
	} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			got := m.Get(tt.agent, "/ecoles/"+fixture.Ecole)
			if got.Code != tt.code {
				t.Fatalf("got %d, want %d", got.Code, tt.code)
			}
			fixture.Shows(t, got.Body, tt.shows, tt.hides)
			for _, unknown := range []string{"9999999Z", "rien"} {
				if tt.code == 404 && m.Get(tt.agent, "/ecoles/"+unknown).Body != got.Body {
					t.Error("a foreign school and an unknown one do not get the same bytes")
				}
			}
		})
	}
}

func TestFicheOfAnotherYear(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	fixture.Shows(t, m.Get("ien", "/ecoles/"+fixture.Ecole+"?annee=2027").Body,
		[]string{"Année scolaire 2027-2028", "Aucune classe pour 2027-2028.", "/ecoles/0659001F?annee=2026"}, []string{"CE1 A"})
}

func TestExports(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	want := "0659001F;École primaire Jean-Jaurès;Tarbes;Primaire;Public;2;0;0;0;0;0;2;0;0;0;2\r\n"
	if got := m.Get("ien", "/ecoles.csv?q=jaures").Body; !strings.Contains(got, want) || strings.Contains(got, "Arago") {
		t.Errorf("got %q", got)
	}
	for _, ending := range []string{".xlsx", ".pdf"} {
		if got := m.Get("mairie", "/ecoles"+ending); got.Code != 200 {
			t.Errorf("%s answers %d", ending, got.Code)
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'exporter' and objet = 'ecole'`); n != 3 {
		t.Errorf("%d lines in the journal, want 3", n)
	}
}

const rien = `<td class="n">·</td>`
