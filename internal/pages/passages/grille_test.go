package passages_test

import (
	"net/url"
	"testing"

	"base-eleves/internal/fixture"
)

// « Tout en passage sauf… » : one form proposes a whole school, each line its choice.
func TestGrille(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	v := url.Values{
		"id":                                    {e.lina.Scolarite.String(), e.noe.Scolarite.String(), e.max.Scolarite.String()},
		"decision." + e.lina.Scolarite.String(): {"passage CE2"},
		"decision." + e.noe.Scolarite.String():  {"maintien CE1"},
		"decision." + e.max.Scolarite.String():  {"passage CE2"},
		"quittant." + e.max.Scolarite.String():  {"oui"},
	}
	if got := m.Post("directeur", "/passages?etat=a_proposer&etape=proposer", v); got.Code != 303 {
		t.Fatalf("got %d %s", got.Code, got.Body)
	}
	const want = "Lina passage CE2 f, Max passage CE2 t, Noé maintien CE1 f"
	const sql = `select string_agg(concat_ws(' ', s.prenom, p.decision, p.niveau_suivant, p.quittant), ', ' order by s.prenom)
		from passage p join scolarite s on s.id = p.scolarite_id`
	if got := fixture.Valeur[string](m, sql); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// What the rules refuse is said with the pupil's name, and what was chosen for the others is kept.
func TestGrilleRefusee(t *testing.T) {
	m := fixture.New(t)
	e := settle(m)
	v := url.Values{
		"id":                                    {e.lina.Scolarite.String(), e.noe.Scolarite.String()},
		"decision." + e.lina.Scolarite.String(): {"maintien CE1"},
		"decision." + e.noe.Scolarite.String():  {"passage_6e "},
	}
	got := m.Post("directeur", "/passages?etat=a_proposer&etape=proposer", v)
	if got.Code != 422 {
		t.Fatalf("got %d", got.Code)
	}
	fixture.Shows(t, got.Body, []string{"ABADIE Noé\u00a0: Seul un élève de CM2 passe en sixième", `<option value="maintien CE1" selected>`}, nil)
	if n := fixture.Valeur[int](m, `select count(*) from passage`); n != 0 {
		t.Errorf("%d passages although one was refused", n)
	}
}
