package propositions_test

import (
	"context"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// A second proposal replaces the first one field by field; the form begins with what was proposed.
func TestProposedAgain(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	propose(t, m, proposer(lina, "/identite"), identite("prenom", "Line"))
	if got := m.Get("mairie", proposer(lina, "/identite")); !strings.Contains(got.Body, `value="Line"`) {
		t.Error("the form forgets what was proposed")
	}
	propose(t, m, proposer(lina, "/identite"), identite("prenom", "Lyna"))
	if got := fixture.Valeur[string](m, `select string_agg(propose ->> 'prenom' || ' ' || etat, ', ' order by etat) from proposition`); got != "Line perimee, Lyna proposee" {
		t.Errorf("got %s", got)
	}
}

// The mairie of a strict commune proposes the état civil, and nothing that it may not know.
func TestStricte(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	forms := map[string]url.Values{"/adresse": adresse("voie", "1 place de la Mairie"), chez(m, lina): anne("tel_portable", "06 11 22 33 44")}
	for part, form := range forms { // control
		propose(t, m, proposer(lina, part), form)
	}
	if _, err := m.Tx.Exec(t.Context(), `update commune set mairie_stricte = true`); err != nil {
		t.Fatal(err)
	}
	for part, form := range forms {
		for _, got := range []fixture.Reponse{m.Get("mairie", proposer(lina, part)), m.Post("mairie", proposer(lina, part), form)} {
			if got.Code != 422 && got.Code != 404 || strings.Contains(got.Body, "06 00 00 00 01") || strings.Contains(got.Body, "rue des Pyrénées") {
				t.Errorf("%s: %d", part, got.Code)
			}
		}
	}
	if got := m.Get("mairie", "/propositions"); strings.Contains(got.Body, "Téléphone") || strings.Contains(got.Body, "Adresse") {
		t.Error("what was proposed before is still read")
	}
	propose(t, m, proposer(lina, "/identite"), identite("prenom", "Line"))
}

// Both sides are told, and each sees its own only.
func TestListsAndHome(t *testing.T) {
	m := fixture.New(t)
	lina := m.Present("Lina")
	lot := propose(t, m, proposer(lina, "/identite"), identite("prenom", "Line"))
	for agent, want := range map[string]bool{"directeur": true, "mairie": true, "directeur du même": false, "mairie voisine": false} {
		if got := m.Get(agent, "/propositions"); got.Code != 200 || strings.Contains(got.Body, lot) != want {
			t.Errorf("%s: %d, sees %v", agent, got.Code, !want)
		}
	}
	if got := m.Get("directeur", "/"); !strings.Contains(got.Body, "correction proposée par la mairie") {
		t.Error("the directeur is not told")
	}
	if got := m.Get("mairie", "/"); !strings.Contains(got.Body, "Corrections que l’école doit décider") {
		t.Error("the mairie is not told")
	}
	if got := m.Get("mairie", "/eleves/"+lina.ID.String()); !strings.Contains(got.Body, proposer(lina, "")) {
		t.Error("the file does not lead to the form")
	}
	decide(m, lot, map[string]string{"prenom": "accepter"})
	if got := m.Get("directeur", "/"); strings.Contains(got.Body, "correction proposée") {
		t.Error("the directeur is still told")
	}
	if got := m.Get("directeur", "/propositions"); strings.Contains(got.Body, lot) {
		t.Error("what is decided still awaits")
	}
	if got := m.Get("directeur", "/propositions?etat=toutes"); !strings.Contains(got.Body, lot) {
		t.Error("what is decided is lost")
	}
}

// A row of the table cannot be forged by the mairie's database role: neither for the neighbour, nor decided.
func TestRowSecurity(t *testing.T) {
	m := fixture.New(t)
	lina, ailleurs := m.Present("Lina"), m.PresentAilleurs("Noé")
	propose(t, m, proposer(lina, "/identite"), identite("prenom", "Line"))
	insert := `insert into proposition (id, lot, eleve_id, objet, objet_id, champ, version_lue, avant, propose, commune_insee, propose_par, propose_le)
		values (gen_random_uuid(), gen_random_uuid(), $1, 'eleve', $1, 'prenom2', 1, '{"prenom2": ""}', '{"prenom2": "Rose"}', '65440', gen_random_uuid(), now())`
	try := func(sql string, args ...any) error {
		a := m.Agent("mairie")
		sub, err := m.Tx.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = sub.Rollback(context.Background()) }()
		if _, err := sub.Exec(t.Context(), `set local role be_mairie`); err != nil {
			t.Fatal(err)
		}
		if _, err := sub.Exec(t.Context(), `select ouvrir_portee($1, $2)`, a.Habilitation, a.Maintenant); err != nil {
			t.Fatal(err)
		}
		_, err = sub.Exec(t.Context(), sql, args...)
		return err
	}
	if err := try(insert, ailleurs.ID); err == nil {
		t.Error("a proposal for the neighbour's pupil was recorded")
	}
	if err := try(`update proposition set etat = 'acceptee', decide_le = now()`); err == nil {
		t.Error("the mairie accepted its own proposal")
	}
	if err := try(insert, lina.ID); err != nil { // control
		t.Errorf("a proposal for one's own: %v", err)
	}
}
