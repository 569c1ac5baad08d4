package effectifs_test

import (
	"context"
	"fmt"
	"html"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/rattachement"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

func TestExports(t *testing.T) {
	for _, tt := range []struct{ agent, path, query, want string }{
		{"directeur", "/effectifs", "", "Classe;CE1;CE2;CM1;Total\r\nCE1 A;1;0;0;1\r\nCE2-CM1;0;0;0;0\r\nSans classe;1;0;0;1\r\n"},
		{"ien", "/effectifs", "?etat=radie", "0659001F;École primaire Jean-Jaurès;Tarbes;1;0;0;1\r\n"},
		{"ia", "/effectifs", "", "0659002G;École primaire du Lapacca;Lourdes;Lourdes Bagnères;1;0;0;1\r\n"},
		{"mairie", "/effectifs", "", "0659101P;École élémentaire Arago;Tarbes;1;0;0;1\r\n"},
		{"directeur", "/effectifs/niveaux", "", "Niveau;Inscrits;Admissibles;Attendus;Présents;dont filles;dont garçons;répartis;non répartis;Radiés\r\nCE1;0;0;0;2;1;1;1;1;1\r\n"},
		{"mairie", "/effectifs/ages", "", "Année de naissance;Filles;Garçons;Total\r\n2018;1;1;2\r\n2019;1;0;1\r\n"},
		{"ien", "/effectifs/communes", "", ";Non renseignée;1;0;1\r\n65286;Lourdes (65);0;1;1\r\n65440;Tarbes (65);1;0;1\r\n"},
		{"ia", "/effectifs/evolution", "", "2026-2027;Présents;4;4;4\r\n"},
		{"ien", "/effectifs/classes", "?classes=toutes", "0659001F;École primaire Jean-Jaurès;Tarbes;CE1 A;CE1;1;;\r\n"},
		{"directeur", "/effectifs/eleves", "?etat=radie", "ABADIE Rémi;12/04/2019;F;CE1;;Tarbes (65)\r\n"},
		{"mairie", "/effectifs/eleves", "?commune=65286", "ABADIE Max;02/05/2018;M;CE1;École primaire Jean-Jaurès, Tarbes;Lourdes (65)\r\n"},
	} {
		t.Run(tt.agent+" "+tt.path, func(t *testing.T) {
			m := fixture.New(t)
			settle(m)
			vary(m)
			if got := m.Get(tt.agent, tt.path+".csv"+tt.query); got.Code != 200 || !strings.Contains(got.Body, tt.want) {
				t.Errorf("got %d %q", got.Code, got.Body)
			}
			for _, ending := range []string{".xlsx", ".pdf"} {
				if got := m.Get(tt.agent, tt.path+ending+tt.query); got.Code != 200 {
					t.Errorf("%s answers %d", ending, got.Code)
				}
			}
			objet := "effectif"
			if tt.path == "/effectifs/eleves" {
				objet = "scolarite"
			}
			if n := fixture.Valeur[int](m, `select count(*) from journal where acte = 'exporter' and objet = $1`, objet); n != 3 {
				t.Errorf("%d lines in the journal, want 3", n)
			}
		})
	}
}

// A class is too large beyond its maximum, or beyond 24 where it has pupils of GS, CP or CE1.
func TestLargeClasses(t *testing.T) {
	const toCM1 = `alter table scolarite disable trigger user; insert into classe_niveau values ('c1a55e00-0000-4000-8000-000000000001', '0659001F', 'CM1');
		update scolarite set niveau = 'CM1' where classe_id = 'c1a55e00-0000-4000-8000-000000000001'`
	for _, tt := range []struct {
		name   string
		pupils int
		behind string
		want   string // what is said; "" when the class is not named
	}{
		{"24 ne sont pas trop", 24, "", ""},
		{"25 en CE1 le sont", 25, "", "plus de 24, avec des élèves de CE1"},
		{"25 en CM1 non", 25, toCM1, ""},
		{"deux de plus que le maximum", 4, "update classe set effectif_max = 2", "2 de plus que le maximum"},
		{"le maximum atteint ne l’est pas", 4, "update classe set effectif_max = 4", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			for i := range tt.pupils {
				m.Placer("directeur", m.Present(fmt.Sprintf("Lina %c", 'A'+rune(i))), fixture.CE1)
			}
			if _, err := m.Tx.Exec(t.Context(), tt.behind); err != nil {
				t.Fatal(err)
			}
			ien, own := html.UnescapeString(m.Get("ien", "/effectifs/classes").Body), html.UnescapeString(m.Get("directeur", "/effectifs/classes").Body)
			if strings.Contains(ien, ">CE1 A</a>") != (tt.want != "") || !strings.Contains(ien, tt.want) {
				t.Errorf("the IEN is not told %q", tt.want)
			}
			if !strings.Contains(own, ">CE1 A</a>") || !strings.Contains(own, tt.want) || strings.Contains(own, "Trop nombreuse<") != (tt.want != "") {
				t.Errorf("the directeur is not told %q", tt.want)
			}
		})
	}
}

// The class of a pupil on a day is the one that he was in, not the one that he has gone to.
func TestClassOnADay(t *testing.T) {
	m := fixture.New(t)
	e := m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	m.Placer("directeur", m.Present("Max"), fixture.CE1)
	for _, sql := range []string{
		`update affectation set debut = '2026-09-01', fin = '2026-10-05' where scolarite_id = $1`,
		`insert into affectation (scolarite_id, ecole_uai, classe_id, debut) values ($1, '0659001F', 'c1a55e00-0000-4000-8000-000000000002', '2026-10-05')`,
		`insert into classe_niveau select 'c1a55e00-0000-4000-8000-000000000002', '0659001F', 'CE1' where $1::uuid is not null`,
		`update scolarite set classe_id = 'c1a55e00-0000-4000-8000-000000000002' where id = $1`,
		`delete from affectation where scolarite_id <> $1`, // taken over without its history
	} {
		if _, err := m.Tx.Exec(t.Context(), sql, e.Scolarite); err != nil {
			t.Fatal(err)
		}
	}
	for day, want := range map[string]string{
		"2026-10-04": "CE1 A;2;2\r\nCE2-CM1;0;0\r\n",
		"2026-10-05": "CE1 A;1;1\r\nCE2-CM1;1;1\r\n",
		"":           "CE1 A;1;1\r\nCE2-CM1;1;1\r\n",
	} {
		if got := m.Get("directeur", "/effectifs.csv?le="+day).Body; !strings.Contains(got, want) {
			t.Errorf("on %s: %q", day, got)
		}
	}
}

// Children taught elsewhere are counted apart, by who may know of them, and their number opens their list.
func TestCountedApart(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	nora := m.Inscrire("mairie", fixture.Ecole, "Nora")
	m.Ecrire("ia", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := rattachement.Attacher(ctx, tx, a, nora.ID, rattachement.Periode{Modalite: rattachement.CNED, Debut: fixture.Aujourdhui})
		return err
	})
	for _, tt := range []struct {
		agent, query string
		counts       bool
	}{
		{"ia", "", true}, {"mairie", "", true}, {"mairie voisine", "", false}, {"ien", "", false}, {"directeur", "", false}, // attached to the département
		{"ia", "?le=2026-11-19", false}, {"ia", "?ecole=" + fixture.Ecole, false}, {"ia", "?sexe=F", true},
	} {
		body := m.Get(tt.agent, "/effectifs"+tt.query).Body
		link := strings.Index(body, ">1\u00a0enfant</a> hors de l’école")
		if (link >= 0) != tt.counts {
			t.Errorf("%s %s: counted apart: %v", tt.agent, tt.query, link >= 0)
		}
		if link < 0 {
			continue
		}
		href := html.UnescapeString(body[strings.LastIndex(body[:link], `"/`)+1 : link-1])
		fixture.Shows(t, m.Get(tt.agent, href).Body, []string{"Élèves instruits hors de l’école au", `<a href="/rattachements/`, "ABADIE Nora", "<p>1\u00a0ligne"}, []string{"Lina"})
	}
	fixture.Shows(t, m.Get("ien", "/effectifs/eleves?etat=a_part").Body, []string{"ABADIE Lina"}, []string{"Nora"}) // no right to ask
}
