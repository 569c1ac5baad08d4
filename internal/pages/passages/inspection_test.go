package passages_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

// etape does a step for a pupil, which must be accepted.
func etape(t *testing.T, m *fixture.Monde, e fixture.Enfant, name string, more ...string) {
	t.Helper()
	v := form(name, more...)
	v.Set("le", m.Heure.Format("02/01/2006"))
	if got := m.Post("directeur", path(e), v); got.Code != 303 {
		t.Fatalf("%s: %d %s", name, got.Code, got.Body)
	}
}

// conteste takes a maintien to the appeal of the family.
func conteste(t *testing.T, m *fixture.Monde, e fixture.Enfant) {
	t.Helper()
	etape(t, m, e, "proposer", "decision", "maintien")
	for _, name := range []string{"notifier", "desaccord"} {
		etape(t, m, e, name)
	}
	etape(t, m, e, "decider", "decision", "maintien")
	etape(t, m, e, "recours")
}

// An inspection sees the exceptions of its schools, and these alone.
func TestInspection(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	etape(t, m, e.lina, "proposer", "decision", "maintien")
	etape(t, m, e.noe, "proposer", "decision", "passage")
	conteste(t, m, e.max)
	for _, tt := range []struct {
		agent, query string
		shows, hides []string
	}{
		{"ien", "", []string{"ABADIE Lina", "Sans avis de l’IEN"}, []string{"ABADIE Noé", "ABADIE Max"}},
		{"ien", "?voir=maintiens", []string{"ABADIE Lina", "ABADIE Max"}, []string{"ABADIE Noé"}},
		{"ia", "", []string{"ABADIE Max", "Maintien en CE1", "En recours"}, []string{"ABADIE Lina"}},
		{"ia", "?voir=tranches", []string{"Aucun passage de votre territoire"}, []string{"ABADIE"}},
		{"ia voisine", "?voir=maintiens", nil, []string{"ABADIE"}},
	} {
		got := m.Get(tt.agent, "/passages"+tt.query)
		if got.Code != 200 {
			t.Fatalf("%s %s: %d", tt.agent, tt.query, got.Code)
		}
		fixture.Shows(t, got.Body, tt.shows, tt.hides)
	}
	fixture.Shows(t, m.Get("ia", "/passages.csv?voir=recours").Body, []string{"Abadie", "Max", "0659001F"}, []string{"Lina"})
	for agent, code := range map[string]int{"ien": 200, "ia": 200, "ia voisine": 404, "mairie": 403} {
		if got := m.Get(agent, path(e.lina)); got.Code != code {
			t.Errorf("%s: %d, want %d", agent, got.Code, code)
		}
	}
}

// A second maintien is proposed, then waits for the opinion of the IEN before the family is told.
func TestAvisDeLIEN(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	for _, sql := range []string{
		`insert into annee_scolaire values (2025, '2025-09-01', '2026-08-31') on conflict do nothing`,
		`insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat, niveau, date_effet, date_admission)
			select gen_random_uuid(), eleve_id, ecole_uai, 2025, '2026-08-31', 'admis_definitif', 'CP', '2025-09-01', '2025-09-01'
			from scolarite where prenom = 'Lina'`,
		`insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, propose_le, notifie_le, decide_le)
			select id, ecole_uai, annee, 'decide', 'maintien', 'CP', false, '2026-03-01', '2026-03-01', '2026-04-01'
			from scolarite where prenom = 'Lina' and annee = 2025`,
	} {
		if _, err := m.Tx.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	etape(t, m, e.lina, "proposer", "decision", "maintien")
	notifier := form("notifier")
	notifier.Set("le", m.Heure.Format("02/01/2006"))
	if got := m.Post("directeur", path(e.lina), notifier); got.Code != 422 {
		t.Fatalf("told without an opinion: %d", got.Code)
	}
	fixture.Shows(t, m.Get("directeur", path(e.lina)).Body, []string{"un second demande l’avis de l’inspecteur"}, nil)
	avis := url.Values{"avis": {"favorable"}, "version": {"1"}}
	for agent, code := range map[string]int{"ia": 403, "directeur": 403} {
		if got := m.Post(agent, path(e.lina)+"/avis", avis); got.Code != code {
			t.Errorf("%s gives an opinion: %d", agent, got.Code)
		}
	}
	if got := m.Post("ien", path(e.lina)+"/avis", url.Values{"version": {"1"}}); got.Code != 422 {
		t.Errorf("no opinion chosen: %d", got.Code)
	}
	if got := m.Post("ien", path(e.lina)+"/avis", avis); got.Code != 303 {
		t.Fatalf("the opinion: %d %s", got.Code, got.Body)
	}
	if got := m.Post("ien", path(e.lina)+"/avis", url.Values{"avis": {"defavorable"}, "version": {"1"}}); got.Code != 409 {
		t.Errorf("by an old page: %d", got.Code)
	}
	fixture.Shows(t, m.Get("directeur", path(e.lina)).Body, []string{"Favorable, le 20/11/2026"}, nil)
	etape(t, m, e.lina, "notifier")
}

// Scenario 6 of domain.md, annex D: a maintien is contested, its appeal succeeds, and the year that was prepared follows:
// the niveau changes, the class that does not open it is left.
func TestMaintienInfirme(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	conteste(t, m, e.max)
	etape(t, m, e.max, "revenir") // the appeal came after the year was prepared
	if got := m.Post("directeur", "/rentree", url.Values{}); got.Code != 303 {
		t.Fatalf("prepared: %d", got.Code)
	}
	const suite = `select concat_ws(' ', n.etat, n.niveau, k.libelle_court) from passage p join scolarite n on n.id = p.suite_id
		left join classe k on k.id = n.classe_id`
	for _, sql := range []string{
		`insert into classe (id, ecole_uai, annee, libelle_court) values ('00000000-0000-4000-8000-00000000c2e1', '0659001F', 2027, 'CE1 B')`,
		`insert into classe_niveau (classe_id, ecole_uai, niveau) values ('00000000-0000-4000-8000-00000000c2e1', '0659001F', 'CE1')`,
		`update scolarite set classe_id = '00000000-0000-4000-8000-00000000c2e1' where annee = 2027`,
		`insert into affectation (scolarite_id, ecole_uai, classe_id, debut) select id, ecole_uai, classe_id, '2027-09-01' from scolarite where annee = 2027`,
	} {
		if _, err := m.Tx.Exec(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
	if got := fixture.Valeur[string](m, suite); got != "admis_accepte CE1 CE1 B" { // control
		t.Fatalf("prepared: %s", got)
	}
	etape(t, m, e.max, "recours")

	tranche := url.Values{"decision": {"passage"}, "le": {"20/11/2026"}}
	for agent, code := range map[string]int{"ien": 403, "directeur": 403, "ia voisine": 404} {
		if got := m.Post(agent, path(e.max)+"/commission", tranche); got.Code != code {
			t.Errorf("%s decides for the commission: %d, want %d", agent, got.Code, code)
		}
	}
	if got := m.Post("ia", path(e.max)+"/commission", tranche); got.Code != 303 {
		t.Fatalf("the commission: %d %s", got.Code, got.Body)
	}
	if got := fixture.Valeur[string](m, suite); got != "admis_accepte CE2" {
		t.Errorf("the next year: %s", got)
	}
	if n := fixture.Valeur[int](m, `select count(*) from affectation a join scolarite s on s.id = a.scolarite_id where s.annee = 2027 and a.fin is null`); n != 0 {
		t.Error("he still has a place in the class that he left")
	}
	fixture.Shows(t, m.Get("directeur", path(e.max)).Body, []string{"Passage en CE2", "elle seule la modifie", "Avait été décidé"}, []string{"Corriger la décision"})

	if got := m.Post("ia", path(e.max)+"/commission", url.Values{"etape": {"revenir"}}); got.Code != 303 {
		t.Fatalf("taken back: %d %s", got.Code, got.Body)
	}
	if got := fixture.Valeur[string](m, suite); got != "admis_accepte CE1" {
		t.Errorf("the next year, once taken back: %s", got)
	}
	if _, err := m.Tx.Exec(t.Context(), `update scolarite set etat = 'admis_definitif', date_admission = '2027-09-01' where annee = 2027`); err != nil {
		t.Fatal(err)
	}
	if got := m.Post("ia", path(e.max)+"/commission", tranche); got.Code != 422 {
		t.Errorf("changed for a pupil who is there already: %d", got.Code)
	}
}

// A decision corrected after the year was prepared carries that year with it; one that has him leave takes it away.
func TestCorrigerSuivie(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	etape(t, m, e.lina, "proposer", "decision", "passage")
	for _, name := range []string{"notifier", "accord"} {
		etape(t, m, e.lina, name)
	}
	etape(t, m, e.lina, "decider", "decision", "passage")
	m.Post("directeur", "/rentree", url.Values{})
	const suites = `select coalesce(string_agg(niveau || ' ' || etat, ', '), '') from scolarite where annee = 2027`
	etape(t, m, e.lina, "corriger", "decision", "maintien", "motif_correction", "Accord de la famille")
	if got := fixture.Valeur[string](m, suites); got != "CE1 admis_accepte" {
		t.Errorf("the next year: %s", got)
	}
	etape(t, m, e.lina, "corriger", "decision", "passage", "quittant", "oui", "motif_correction", "Déménagement")
	if got := fixture.Valeur[string](m, suites); got != "CE2 annulee" && got != "CE1 annulee" {
		t.Errorf("the next year of who leaves: %s", got)
	}
	fixture.Shows(t, m.Get("directeur", "/rentree?sort=quitte").Body, []string{"ABADIE Lina"}, nil)
}
