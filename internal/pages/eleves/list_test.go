package eleves_test

import (
	"bytes"
	"compress/gzip"
	"html"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// bound is the number of schools that a filter offers at most; Tarbes has two of its own.
const bound = 200

// grow gives Tarbes n schools in all.
func grow(m *fixture.Monde, n int) {
	m.Helper()
	_, err := m.Tx.Exec(m.Context(), `
		insert into ecole (uai, nom, type, secteur, commune_insee, circonscription_uai, departement_code)
		select '065' || lpad(i::text, 4, '0') || 'Z', 'École primaire du Pic ' || i, 'primaire', 'public', $2, '0651044G', '65'
		from generate_series(1, $1) as i`, n-2, fixture.Tarbes)
	if err != nil {
		m.Fatal(err)
	}
}

// A few schools are offered, and each word of a name is looked for. Where there are many, one chooses a school among
// the schools, and names are found by their beginning.
func TestListOfAVastTerritory(t *testing.T) {
	const (
		choose   = "Choisissez une école, ou cherchez un nom"
		offered  = `<select id="filtre-ecole"`
		nobody   = "Aucun élève ne répond à ces critères."
		jaures   = "École primaire Jean-Jaurès, Tarbes"
		toEcoles = `href="/ecoles?annee=2026">Choisir une `
	)
	in := "?ecole=" + fixture.Ecole
	for _, tt := range []struct {
		name, agent  string
		schools      int
		query        string
		shows, hides []string
	}{
		{"peu d’écoles : toutes proposées", "mairie", bound, "", []string{offered, "Pic 198", "Lina", "Nom ou prénom"}, []string{choose, toEcoles}},
		{"une de plus : aucune", "mairie", bound + 1, "", []string{choose, toEcoles + "école", "Début du nom"}, []string{offered, "Pic 199", "Lina"}},
		{"à l’IA non plus", "ia", bound + 1, "", []string{choose, toEcoles + "école"}, []string{offered, "Pic 1", "Lina"}},
		{"ni à l’IEN", "ien", bound + 1, "?q=abadie", []string{"Lina", toEcoles + "école"}, []string{offered, "Pic 1", choose}},

		{"un prénom se trouve parmi peu d’écoles", "mairie", bound, "?q=lina", []string{"ABADIE Lina"}, nil},
		{"parmi beaucoup, le début du nom", "mairie", bound + 1, "?q=lina", []string{nobody, toEcoles + "école"}, []string{"ABADIE"}},
		{"et l’inspection toujours ainsi", "ien", bound, "?q=lina", []string{nobody, "Début du nom", offered}, []string{"ABADIE", toEcoles}},
		{"sauf dans une école", "ien", bound, in + "&q=lina", []string{"ABADIE Lina", "Nom ou prénom"}, nil},
		{"avec le prénom s’il le faut", "mairie", bound + 1, "?q=Abadie+LI", []string{"ABADIE Lina", jaures}, []string{"ABADIE Noé"}},
		{"ceux qui habitent la commune aussi", "mairie", bound + 1, "?q=aba", []string{"ABADIE Lina", "ABADIE Noé", "École d’une autre commune"}, []string{"Lapacca", "CE1 A"}},
		{"l’IA lit le nom de chaque école, et de la classe", "ia", bound + 2, "?q=aba", []string{"ABADIE Lina", jaures, "CE1 A", "ABADIE Noé", "Lapacca, Lourdes"}, nil},
		{"de l’IA voisine, personne", "ia voisine", bound + 2, "?q=aba", []string{nobody}, []string{"ABADIE", toEcoles}},
		{"une lettre ne suffit pas", "mairie", bound + 1, "?q=a", []string{choose}, []string{"ABADIE"}},
		{"elle suffit parmi peu d’écoles", "mairie", bound, "?q=l", []string{"ABADIE Lina"}, []string{choose, "ABADIE Noé"}},
		{"deux signes ne sont pas deux lettres", "mairie", bound + 1, "?q=%25%25", []string{choose}, []string{"ABADIE"}},
		{"ni un niveau une borne", "mairie", bound + 1, "?niveau=CE1", []string{choose}, []string{"ABADIE"}},

		{"l’école choisie est nommée", "ia", bound + 1, in, []string{"ABADIE Lina", "CE1 A", offered, `href="/eleves"><span class="vh">Retirer le filtre </span>École : ` + jaures,
			toEcoles + "autre école"}, []string{"ABADIE Noé", "Pic 1"}},
		{"on y cherche un prénom", "ia", bound + 1, in + "&q=lina", []string{"ABADIE Lina", "Nom ou prénom"}, nil},
		{"et dans la classe d’un autre, personne", "ia voisine", bound + 1, "?classe=" + fixture.CE1.String(), []string{nobody}, []string{"CE1 A"}},
		{"la mairie choisit aussi", "mairie", bound + 1, in, []string{"ABADIE Lina", "École : " + jaures}, []string{"ABADIE Noé", "Pic 1"}},
		{"une classe suffit", "ia", bound + 1, "?classe=" + fixture.CE1.String(), []string{"ABADIE Lina", toEcoles + "école"}, []string{choose, "ABADIE Noé"}},
		{"et l’autre est vide", "ia", bound + 1, "?classe=" + fixture.CE2CM1.String(), []string{nobody}, []string{choose}},
		{"l’école d’ailleurs n’a pas de nom", "ia", bound + 1, "?ecole=" + fixture.Lointaine, []string{nobody, "École : " + fixture.Lointaine}, []string{"Rouget"}},
		{"celle qui n’existe pas non plus", "ia", bound + 1, "?ecole=0650000X", []string{nobody, "École : 0650000X"}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			grow(m, tt.schools)
			m.Placer("directeur", m.Present("Lina"), fixture.CE1)
			m.PresentAilleurs("Noé")
			got := m.Get(tt.agent, "/eleves"+tt.query)
			body := strings.ReplaceAll(html.UnescapeString(got.Body), "\u00a0", " ")
			for _, s := range tt.shows {
				if got.Code != 200 || !strings.Contains(body, s) {
					t.Errorf("%d without %q", got.Code, s)
				}
			}
			for _, s := range tt.hides {
				if strings.Contains(body, s) {
					t.Errorf("shows %q", s)
				}
			}
		})
	}
}

// The page stays light (design.md §6) however many schools there are.
func TestListOfManySchoolsIsLight(t *testing.T) {
	const budget = 15_000
	weigh := func(schools int, query string) (size int) {
		t.Run(query, func(t *testing.T) {
			m := fixture.New(t)
			grow(m, schools)
			m.Present("Lina")
			var b bytes.Buffer
			w := gzip.NewWriter(&b)
			_, _ = w.Write([]byte(m.Get("ia", "/eleves"+query).Body)) // a Buffer never fails
			_ = w.Close()
			size = b.Len()
		})
		return size
	}
	few, most, many := weigh(3, "?q=abadie"), weigh(bound-1, "?q=abadie"), weigh(1_900, "?q=abadie")
	if most > budget || many > budget {
		t.Errorf("%d bytes with as many schools as are offered, %d with 1,900: more than %d", most, many, budget)
	}
	if most < few+500 || many > few+500 { // control: schools weigh what is offered
		t.Errorf("%d bytes with three schools, %d with two hundred, %d with 1,900", few, most, many)
	}
}

func TestExportNamesTheSchools(t *testing.T) {
	for _, schools := range []int{bound, bound + 2} {
		t.Run("", func(t *testing.T) {
			m := fixture.New(t)
			grow(m, schools)
			m.Present("Lina")
			m.PresentAilleurs("Noé")
			got := m.Get("mairie", "/eleves.csv?q=abadie").Body
			for _, line := range []string{"ABADIE Lina;12/04/2019;CE1;École primaire Jean-Jaurès, Tarbes;", "ABADIE Noé;12/04/2019;CE1;École d’une autre commune;"} {
				if !strings.Contains(got, line) {
					t.Errorf("%d schools: no %q in %s", schools, line, got)
				}
			}
		})
	}
}

// Whoever reads one school and whoever reads many get the same order, and the same count.
func TestOrder(t *testing.T) {
	m := fixture.New(t)
	for _, prenom := range []string{"Lina", "Aya", "Tom"} {
		m.Present(prenom)
	}
	for query, want := range map[string]string{
		"": "Aya Lina Tom", "&sens=desc": "Tom Lina Aya", "&tri=naissance": "Aya Lina Tom", "&tri=niveau&sens=desc": "Aya Lina Tom",
	} {
		for _, agent := range []string{"directeur", "mairie", "ien", "ia"} {
			body := m.Get(agent, "/eleves?ecole="+fixture.Ecole+query).Body
			var got []string
			for _, name := range regexp.MustCompile(`>ABADIE (\pL+)</a>`).FindAllStringSubmatch(body, -1) {
				got = append(got, name[1])
			}
			if strings.Join(got, " ") != want || !strings.Contains(body, "<p>3\u00a0lignes</p>") {
				t.Errorf("%s %s: %v", agent, query, got)
			}
		}
	}
}
