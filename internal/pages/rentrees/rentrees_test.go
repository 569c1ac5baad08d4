package rentrees_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// decider takes a pupil through the whole procedure.
func decider(m *fixture.Monde, e fixture.Enfant, c passage.Choix) {
	m.Helper()
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		for _, etape := range []passage.Etape{passage.EtapeProposer, passage.EtapeNotifier, passage.EtapeAccord, passage.EtapeDecider} {
			if err := passage.Faire(ctx, tx, a, e.Scolarite, 0, passage.Demande{Etape: etape, Choix: c, Le: a.Aujourdhui()}); err != nil {
				return err
			}
		}
		return nil
	})
}

// ecoliers: of whom one stays, one stays in his level, one leaves, and of one nothing is decided.
type ecoliers struct{ lina, max, noe, zoe fixture.Enfant }

func settle(m *fixture.Monde) ecoliers {
	e := ecoliers{lina: m.Present("Lina"), max: m.Present("Max"), noe: m.Present("Noé"), zoe: m.Present("Zoé")}
	decider(m, e.lina, passage.Choix{Decision: passage.Suivant})
	decider(m, e.max, passage.Choix{Decision: passage.Maintien})
	decider(m, e.noe, passage.Choix{Decision: passage.Suivant, Quittant: true})
	return e
}

const suites = `select coalesce(string_agg(prenom || ' ' || niveau || ' ' || etat || ' ' || date_effet, ', ' order by prenom), '')
	from scolarite where annee = 2027`

// The preview says what the year will be for each, and why.
func TestApercu(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	for _, tt := range []struct {
		query        string
		shows, hides []string
	}{
		{"", []string{"2\u00a0élèves restent à l’école", "ABADIE Zoé", "Aucune proposition"}, []string{"ABADIE Lina"}},
		{"?sort=reste", []string{"ABADIE Lina", "Passage en CE2", "ABADIE Max", "Maintien en CE1"}, []string{"ABADIE Noé", "ABADIE Zoé"}},
		{"?sort=quitte", []string{"ABADIE Noé", "Radier", "1\u00a0élève quitte l’école", `href="/transferts"`}, []string{"ABADIE Lina"}},
		{"?sort=prepare", []string{"Aucun élève n’est encore préparé."}, []string{"ABADIE"}},
	} {
		fixture.Shows(t, m.Get("directeur", "/rentree"+tt.query).Body, tt.shows, tt.hides)
	}
	for _, agent := range []string{"mairie", "ien", "ia"} {
		if got := m.Get(agent, "/rentree"); got.Code != 403 {
			t.Errorf("%s: got %d, want 403", agent, got.Code)
		}
	}
}

// Those who stay have their next year, nobody is struck off, and one act takes it all back.
func TestPreparer(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	before := fixture.Valeur[string](m, photo)
	if got := m.Post("directeur", "/rentree", url.Values{}); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	if got := fixture.Valeur[string](m, suites); got != "Lina CE2 admis_accepte 2027-09-01, Max CE1 admis_accepte 2027-09-01" {
		t.Errorf("the next year: %s", got)
	}
	if n := fixture.Valeur[int](m, `select count(*) from scolarite where annee = 2026 and etat = 'admis_definitif'`); n != 4 {
		t.Errorf("%d pupils left in 2026, want 4", n)
	}
	if got := m.Post("directeur", "/rentree", url.Values{}); got.Code != 422 || !strings.Contains(got.Body, "Aucun élève n’attend") {
		t.Errorf("a second time: %d", got.Code)
	}
	decider(m, e.zoe, passage.Choix{Decision: passage.Suivant})
	fixture.Shows(t, m.Get("directeur", "/rentree?sort=reste").Body, []string{"1\u00a0élève reste à l’école", "ABADIE Zoé"}, []string{"ABADIE Lina"})
	for range 4 {
		m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			return passage.Faire(ctx, tx, a, e.zoe.Scolarite, 0, passage.Demande{Etape: passage.EtapeRevenir})
		})
	}
	if got := m.Post("directeur", annulerPath(m), url.Values{}); got.Code != 303 {
		t.Fatalf("undo: %d %s", got.Code, got.Body)
	}
	if after := fixture.Valeur[string](m, photo); after != before {
		t.Errorf("after the undo\n%s\nbefore\n%s", after, before)
	}
	if got := m.Post("directeur", annulerPath(m), url.Values{}); got.Code != 422 || !strings.Contains(got.Body, "déjà annulée") {
		t.Errorf("undone twice: %d", got.Code)
	}
}

// What somebody has done since is kept, and said.
func TestAnnulerGardeLaSuite(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	m.Post("directeur", "/rentree", url.Values{})
	if _, err := m.Tx.Exec(t.Context(), `update scolarite set version = 2, niveau = 'CM1' where annee = 2027 and prenom = 'Lina'`); err != nil {
		t.Fatal(err)
	}
	got := m.Post("directeur", annulerPath(m), url.Values{})
	if got.Code != 303 {
		t.Fatalf("got %d", got.Code)
	}
	fixture.Shows(t, m.Get("directeur", got.Header.Get("Location")).Body, []string{
		"1\u00a0élève, dont la scolarité a été modifiée depuis, la garde.", "sauf pour ceux dont l’année a été modifiée depuis",
		`<li><a href="/eleves/` + e.lina.ID.String() + `">ABADIE Lina</a></li>`,
	}, []string{">ABADIE Max</a></li>"})
	if got := fixture.Valeur[string](m, suites); got != "Lina CM1 admis_accepte 2027-09-01" {
		t.Errorf("the next year: %s", got)
	}
}

// A preparation of another school is not found.
func TestAnnulerAilleurs(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	m.Post("directeur", "/rentree", url.Values{})
	if got := m.Post("directeur voisin", annulerPath(m), url.Values{}); got.Code != 404 {
		t.Errorf("got %d, want 404", got.Code)
	}
}

// A decision that has been followed is no longer undone silently.
func TestDecisionSuivie(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	m.Post("directeur", "/rentree", url.Values{})
	got := m.Post("directeur", "/passages/"+e.lina.Scolarite.String(), url.Values{"etape": {"revenir"}})
	if got.Code != 422 || !strings.Contains(got.Body, "a déjà servi à préparer la rentrée") {
		t.Errorf("got %d", got.Code)
	}
}

// photo is the state of the passages and scolarités, to be found again.
const photo = `select coalesce(string_agg(s.prenom || ' ' || coalesce(p.etat, '-') || ' ' || coalesce(p.suite_id::text, '') || s.annee || s.etat, ', '
	order by s.prenom, s.annee), '') from scolarite s left join passage p on p.scolarite_id = s.id where true`

func annulerPath(m *fixture.Monde) string {
	m.Helper()
	return "/rentree/" + fixture.Valeur[string](m, `select id::text from rentree`) + "/annuler"
}
