package sansecole_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/sansecole"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// form makes the fields of a form from pairs of names and values.
func form(pairs ...string) url.Values {
	f := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(pairs[i], pairs[i+1])
	}
	return f
}

// parti is a pupil of Ecole, who lives in Tarbes, struck off twenty days ago.
func parti(m *fixture.Monde, motif string) fixture.Enfant {
	m.Helper()
	e := m.Present("Lina")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui.AddDate(0, 0, -20), Motif: motif, Destination: "Pau"})
	})
	return e
}

// accueillir has the neighbour, out of the circonscription, expect or admit him.
func accueillir(m *fixture.Monde, e fixture.Enfant, admis bool) {
	m.Helper()
	m.Ecrire("directeur voisin", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		i, err := inscription.Inscrire(ctx, tx, a, e.ID, fixture.Lourdes, inscription.Demande{Annee: 2026, Ecole: fixture.Voisine, Le: fixture.Aujourdhui})
		if err != nil {
			return err
		}
		if err := scolarite.Accepter(ctx, tx, a, i, 0, "CE1", fixture.Aujourdhui); err != nil || !admis {
			return err
		}
		return scolarite.Admettre(ctx, tx, a, i, 0, fixture.Aujourdhui)
	})
}

func page(e fixture.Enfant) string { return "/sans-ecole/" + e.Scolarite.String() }

// On which list each child is, when he is on one (domain.md §2.4, T21).
func TestWhoIsWithoutASchool(t *testing.T) {
	naitre := func(le string) func(m *fixture.Monde, e fixture.Enfant) {
		return func(m *fixture.Monde, _ fixture.Enfant) {
			if _, err := m.Tx.Exec(context.Background(), `update scolarite set date_naissance = $1`, le); err != nil {
				m.Fatal(err)
			}
		}
	}
	for _, tt := range []struct {
		name, motif string
		then        func(m *fixture.Monde, e fixture.Enfant)
		liste       string // "" for none
	}{
		{"parti sans école", "demenagement", nil, "a_chercher"},
		{"qui ne vient plus", "non_frequentation", nil, "a_chercher"},
		{"à l’étranger", "depart_etranger", nil, "declares"},
		{"instruit en famille", "instruction_famille", nil, "declares"},
		{"au collège", "entree_6e", nil, ""},
		{"décédé", "deces", nil, ""},
		{"attendu hors du territoire", "demenagement", func(m *fixture.Monde, e fixture.Enfant) { accueillir(m, e, false) }, "attendus"},
		{"admis hors du territoire", "demenagement", func(m *fixture.Monde, e fixture.Enfant) { accueillir(m, e, true) }, ""},
		{"rattaché au CNED", "demenagement", func(m *fixture.Monde, e fixture.Enfant) {
			if _, err := m.Tx.Exec(context.Background(), `insert into rattachement (id, eleve_id, ecole_uai, departement_code, modalite, debut)
				values (gen_random_uuid(), $1, $2, '65', 'cned', '2026-11-02')`, e.ID, fixture.Ecole); err != nil {
				m.Fatal(err)
			}
		}, ""},
		{"trois ans dans l’année", "demenagement", naitre("2023-12-31"), "a_chercher"},
		{"trois ans l’an prochain", "demenagement", naitre("2024-01-01"), ""},
		{"pas encore seize ans", "demenagement", naitre("2010-11-21"), "a_chercher"},
		{"seize ans aujourd’hui", "demenagement", naitre("2010-11-20"), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := parti(m, tt.motif)
			if tt.then != nil {
				tt.then(m, e)
			}
			for _, agent := range []string{"mairie", "ien", "ia"} {
				for _, liste := range []string{"a_chercher", "attendus", "declares", "retrouves"} {
					got := m.Get(agent, "/sans-ecole?liste="+liste)
					if seen := strings.Contains(got.Body, "ABADIE Lina"); got.Code != 200 || seen != (liste == tt.liste) {
						t.Errorf("%s, %s: %d, seen %v", agent, liste, got.Code, seen)
					}
				}
			}
		})
	}
}

// Who sees whom: the mairie of residence, not that of the school; the inspection of the school.
func TestTerritory(t *testing.T) {
	for _, tt := range []struct {
		agent string
		code  int
		sees  bool
	}{
		{"mairie", 200, true}, {"mairie voisine", 200, false}, {"ien", 200, true}, {"ien voisin", 200, false},
		{"ia", 200, true}, {"ia voisine", 200, false}, {"directeur", 403, false},
	} {
		t.Run(tt.agent, func(t *testing.T) {
			m := fixture.New(t)
			e := parti(m, "demenagement")
			got := m.Get(tt.agent, "/sans-ecole")
			if got.Code != tt.code || strings.Contains(got.Body, "ABADIE Lina") != tt.sees {
				t.Errorf("the list: %d", got.Code)
			}
			one := m.Get(tt.agent, page(e))
			if want := map[bool]int{true: 200, false: 404}[tt.sees]; tt.code == 200 && one.Code != want {
				t.Errorf("the child: %d, want %d", one.Code, want)
			}
			if tt.sees && (!strings.Contains(one.Body, "20\u00a0jours") || !strings.Contains(one.Body, "Déménagement, Pau")) {
				t.Error("neither since when nor for where is said")
			}
		})
	}
	t.Run("résident d’une autre commune", func(t *testing.T) {
		m := fixture.New(t)
		e := m.Present("Lina")
		m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			tx.Queue(`update adresse set commune_insee = $2, commune = 'Lourdes' where id = (select adresse_id from eleve where id = $1)`, e.ID, fixture.Lourdes)
			return scolarite.Radier(ctx, tx, a, e.Scolarite, 0, scolarite.Depart{Le: fixture.Aujourdhui, Motif: "demenagement"})
		})
		if got := m.Get("mairie", "/sans-ecole"); strings.Contains(got.Body, "Lina") {
			t.Error("the mairie of the school sees a resident of another commune")
		}
		if got := m.Get("mairie voisine", "/sans-ecole"); !strings.Contains(got.Body, "ABADIE Lina") {
			t.Error("the mairie of residence does not see him")
		}
	})
}

func TestConstat(t *testing.T) {
	for _, tt := range []struct {
		name, agent string
		typed       url.Values
		code        int
		says        string
		liste       string
	}{
		{"la mairie signale", "mairie", form("constat", "signale", "le", "19/11/2026"), 303, "", "a_chercher"},
		{"l’IA retrouve", "ia", form("constat", "retrouve", "issue", "college", "le", "19/11/2026"), 303, "", "retrouves"},
		{"retrouvé sans lieu", "mairie", form("constat", "retrouve", "le", "19/11/2026"), 422, "Choisissez où l’enfant", "a_chercher"},
		{"un lieu sans retrouver", "mairie", form("constat", "signale", "issue", "college", "le", "19/11/2026"), 422, "Un lieu ne se dit", "a_chercher"},
		{"sans date", "mairie", form("constat", "signale"), 422, "Indiquez la date", "a_chercher"},
		{"à venir", "mairie", form("constat", "signale", "le", "21/11/2026"), 422, "dans l’avenir", "a_chercher"},
		{"sans rien", "mairie", nil, 422, "Choisissez ce qui est constaté", "a_chercher"},
		{"l’IEN lit", "ien", form("constat", "signale", "le", "19/11/2026"), 403, "", "a_chercher"},
		{"une autre mairie", "mairie voisine", form("constat", "signale", "le", "19/11/2026"), 404, "", "a_chercher"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			e := parti(m, "demenagement")
			got := m.Post(tt.agent, page(e), tt.typed)
			if got.Code != tt.code || !strings.Contains(got.Body, tt.says) {
				t.Errorf("got %d\n%s", got.Code, got.Body)
			}
			if got := m.Get("ien", "/sans-ecole?liste="+tt.liste); !strings.Contains(got.Body, "ABADIE Lina") {
				t.Errorf("not on the list %s", tt.liste)
			}
		})
	}
}

// A note is seen by the others, and taken back by who made it or by the IA.
func TestTakenBack(t *testing.T) {
	m := fixture.New(t)
	e := parti(m, "demenagement")
	m.Post("ia", page(e), form("constat", "retrouve", "issue", "etranger", "le", "19/11/2026"))
	if got := m.Get("mairie", page(e)); !strings.Contains(got.Body, "Retrouvé\u00a0: À l’étranger, le 19/11/2026 (Inspection académique)") || strings.Contains(got.Body, "Retirer ce constat") {
		t.Errorf("the mairie reads\n%s", got.Body)
	}
	id := fixture.Valeur[string](m, `select id::text from sans_ecole_suivi`)
	if got := m.Post("mairie", "/sans-ecole/constats/"+id+"/retirer", nil); got.Code != 404 {
		t.Errorf("the mairie takes it back: %d", got.Code)
	}
	if got := m.Post("ia", "/sans-ecole/constats/"+id+"/retirer", nil); got.Code != 303 {
		t.Errorf("the IA takes it back: %d", got.Code)
	}
	if got := m.Get("mairie", "/sans-ecole"); !strings.Contains(got.Body, "ABADIE Lina") {
		t.Error("he is not looked for again")
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte in ('noter_sans_ecole', 'retirer_constat')`); n != 2 {
		t.Errorf("%d lines in the journal", n)
	}
}

func TestExports(t *testing.T) {
	m := fixture.New(t)
	parti(m, "demenagement")
	for format, begins := range map[string]string{"csv": "\ufeffNom de famille;", "pdf": "%PDF", "xlsx": "PK"} {
		if got := m.Get("mairie", "/sans-ecole."+format); got.Code != 200 || !strings.HasPrefix(got.Body, begins) {
			t.Errorf("%s: %d, %.40q", format, got.Code, got.Body)
		}
	}
}

// Art. L131-1: from the school year of the three years to the sixteenth birthday.
func TestBornes(t *testing.T) {
	for _, tt := range []struct{ jour, du, au time.Time }{
		{date.Du(2026, time.November, 20), date.Du(2010, time.November, 20), date.Du(2023, time.December, 31)},
		{date.Du(2027, time.March, 1), date.Du(2011, time.March, 1), date.Du(2023, time.December, 31)},
		{date.Du(2027, time.September, 1), date.Du(2011, time.September, 1), date.Du(2024, time.December, 31)},
	} {
		if du, au := sansecole.Bornes(tt.jour); !du.Equal(tt.du) || !au.Equal(tt.au) {
			t.Errorf("on %s: %s, %s", tt.jour.Format(time.DateOnly), du, au)
		}
	}
}
