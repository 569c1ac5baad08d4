package pointages_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// ecoliers: two who arrive, one who was here last year and whose year was prepared, one already there, one of elsewhere.
type ecoliers struct {
	lina, noe, max, lea fixture.Enfant
	ancien              uuid.UUID // a scolarité with no inscription
}

func settle(m *fixture.Monde) ecoliers {
	attendu := func(prenom string) fixture.Enfant {
		return m.Accepter("directeur", m.Inscrire("mairie", fixture.Ecole, prenom))
	}
	e := ecoliers{lina: attendu("Lina"), noe: attendu("Noé"), max: m.Present("Max"), lea: m.PresentAilleurs("Léa"), ancien: uuid.New()}
	ugo := attendu("Ugo")
	m.Ecrire("directeur", func(ctx context.Context, tx territoire.Tx, _ habilitation.Agent) error {
		_, err := tx.Exec(ctx, `update scolarite set inscription_id = null, id = $2 where id = $1`, ugo.Scolarite, e.ancien)
		return err
	})
	return e
}

func touche(pointer string) url.Values { return url.Values{"pointer": {pointer}} }

func path(id uuid.UUID) string { return "/pointage/" + id.String() }

const etats = `select coalesce(string_agg(prenom || ' ' || etat || coalesce(' ' || non_venu_le, ''), ', ' order by prenom), '') from scolarite
	where ecole_uai = '0659001F' and prenom <> 'Max'`

func TestList(t *testing.T) {
	m := fixture.New(t)
	settle(m)
	fixture.Shows(t, m.Get("directeur", "/pointage").Body, []string{"ABADIE Lina", "ABADIE Noé", "ABADIE Ugo", "Présent"}, []string{"ABADIE Max", "ABADIE Léa"})
	fixture.Shows(t, m.Get("directeur", "/pointage?etat=presents").Body, []string{"Aucun élève n’est encore pointé aujourd’hui."}, []string{"ABADIE"})
	fixture.Shows(t, m.Get("directeur", "/pointage?classe="+fixture.CE1.String()).Body, []string{"Tous les élèves attendus sont pointés."}, nil)
	for _, agent := range []string{"mairie", "ien", "ia"} {
		if got := m.Get(agent, "/pointage"); got.Code != 403 {
			t.Errorf("%s: got %d, want 403", agent, got.Code)
		}
	}
}

// Each touch, and what the register says after it.
func TestToucher(t *testing.T) {
	for _, tt := range []struct {
		name  string
		who   func(ecoliers) uuid.UUID
		form  url.Values
		code  int
		etats string
	}{
		{"présent", func(e ecoliers) uuid.UUID { return e.lina.Scolarite }, touche("present"), 303, "Lina admis_definitif, Noé admis_accepte, Ugo admis_accepte"},
		{"présent, qui était là l’an dernier", func(e ecoliers) uuid.UUID { return e.ancien }, touche("present"), 303, "Lina admis_accepte, Noé admis_accepte, Ugo admis_definitif"},
		{"pas là : il reste attendu", func(e ecoliers) uuid.UUID { return e.lina.Scolarite }, touche("non_venu"), 303, "Lina admis_accepte 2026-11-20, Noé admis_accepte, Ugo admis_accepte"},
		{"ne viendra pas", func(e ecoliers) uuid.UUID { return e.ancien }, url.Values{"pointer": {"renonce"}, "motif_annulation": {"famille_renonce"}}, 303, "Lina admis_accepte, Noé admis_accepte, Ugo annulee"},
		{"ne viendra pas, qui devait arriver", func(e ecoliers) uuid.UUID { return e.lina.Scolarite }, url.Values{"pointer": {"renonce"}, "motif_annulation": {"famille_renonce"}}, 303, "Lina annulee, Noé admis_accepte, Ugo admis_accepte"},
		{"ne viendra pas, sans dire pourquoi", func(e ecoliers) uuid.UUID { return e.ancien }, touche("renonce"), 422, "Lina admis_accepte, Noé admis_accepte, Ugo admis_accepte"},
		{"une touche qui n’existe pas", func(e ecoliers) uuid.UUID { return e.lina.Scolarite }, touche(""), 422, "Lina admis_accepte, Noé admis_accepte, Ugo admis_accepte"},
		{"d’une autre école", func(e ecoliers) uuid.UUID { return e.lea.Scolarite }, touche("present"), 404, "Lina admis_accepte, Noé admis_accepte, Ugo admis_accepte"},
		{"déjà là", func(e ecoliers) uuid.UUID { return e.max.Scolarite }, touche("present"), 422, "Lina admis_accepte, Noé admis_accepte, Ugo admis_accepte"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := fixture.New(t)
			got := m.Post("directeur", path(tt.who(settle(m))), tt.form)
			if got.Code != tt.code {
				t.Fatalf("got %d %s, want %d", got.Code, got.Body, tt.code)
			}
			if now := fixture.Valeur[string](m, etats); now != tt.etats {
				t.Errorf("got %s, want %s", now, tt.etats)
			}
		})
	}
}

// A touch is taken back on the same day, and an absence ends when the pupil comes.
func TestRevenir(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	for _, pointer := range []string{"non_venu", "present", "revenir"} {
		if got := m.Post("directeur", path(e.lina.Scolarite), touche(pointer)); got.Code != 303 {
			t.Fatalf("%s: %d %s", pointer, got.Code, got.Body)
		}
	}
	if now := fixture.Valeur[string](m, etats); now != "Lina admis_accepte, Noé admis_accepte, Ugo admis_accepte" {
		t.Errorf("got %s", now)
	}
	if _, err := m.Tx.Exec(t.Context(), `update scolarite set date_effet = date_effet - 1, date_admission = date_admission - 1 where prenom = 'Max'`); err != nil {
		t.Fatal(err)
	}
	if got := m.Post("directeur", path(e.max.Scolarite), touche("revenir")); got.Code != 422 || !strings.Contains(got.Body, "le jour même") {
		t.Errorf("another day: %d", got.Code)
	}
}

// All of a list at once; and two people at two gates: the second is told.
func TestEnsemble(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	if got := m.Post("directeur", "/pointage", url.Values{"id": {e.lina.Scolarite.String(), e.ancien.String()}}); got.Code != 303 {
		t.Fatalf("got %d", got.Code)
	}
	if now := fixture.Valeur[string](m, etats); now != "Lina admis_definitif, Noé admis_accepte, Ugo admis_definitif" {
		t.Errorf("got %s", now)
	}
	fixture.Shows(t, m.Get("directeur", "/pointage?etat=presents").Body, []string{"ABADIE Lina", "ABADIE Ugo", "Annuler", `<span class="vh">&nbsp;: ABADIE Lina</span>`}, nil)
	got := m.Post("directeur", path(e.lina.Scolarite)+"?etat=attendus&version=1", touche("non_venu"))
	if got.Code != 409 || !strings.Contains(got.Body, "Quelqu’un a pointé cet élève entre-temps") {
		t.Errorf("the second gate: %d", got.Code)
	}
	if got := m.Post("directeur", "/pointage", url.Values{"id": {e.lina.Scolarite.String()}}); got.Code != 422 || !strings.Contains(got.Body, "déjà présent") {
		t.Errorf("pointed twice: %d", got.Code)
	}
}
