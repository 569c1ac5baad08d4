package immatriculations_test

import (
	"context"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/fixture"
)

// registre has the register answer all that waits.
func registre(m *fixture.Monde) {
	m.Helper()
	if _, err := (immatriculation.Registre{DB: m.DB, Now: m.Site.Now}).Traiter(context.Background()); err != nil {
		m.Fatal(err)
	}
}

// behind changes something that no page changes.
func behind(m *fixture.Monde, sql string, args ...any) {
	m.Helper()
	if _, err := m.Tx.Exec(context.Background(), sql, args...); err != nil {
		m.Fatal(err)
	}
}

// parti has a pupil leave his school.
func parti(m *fixture.Monde, e fixture.Enfant) {
	m.Helper()
	behind(m, `update scolarite set etat = 'radie', date_radiation = '2026-11-01', motif_radiation = 'demenagement' where eleve_id = $1`, e.ID)
}

// connue is a child whom the neighbouring school had, with a number, born on the day given, and gone.
func connue(m *fixture.Monde, prenom, naissance string) fixture.Enfant {
	m.Helper()
	e := m.PresentAilleurs(prenom)
	behind(m, `update eleve set date_naissance = $2 where id = $1`, e.ID, naissance)
	registre(m)
	parti(m, e)
	return e
}

// Lina of the world was born on 12 April 2019.
const (
	sonJour = "2019-04-12"
	inverse = "2019-12-04"
)

// bloquee is a Lina of the directeur's school whose number is blocked by one born on the 4th of December.
func bloquee(m *fixture.Monde) (elle, autre fixture.Enfant) {
	m.Helper()
	autre = connue(m, "Lina", inverse)
	elle = m.Present("Lina")
	registre(m)
	return elle, autre
}

// enLitige is the same, which the directeur has passed on.
func enLitige(m *fixture.Monde) (elle, autre fixture.Enfant) {
	m.Helper()
	elle, autre = bloquee(m)
	reponse(m, "directeur", elle, autre, "ia", "")
	return elle, autre
}

func reponse(m *fixture.Monde, agent string, elle, autre fixture.Enfant, decision, motif string) {
	m.Helper()
	if r := repondre(m, agent, elle, autre, decision, motif); r.Code != http.StatusSeeOther {
		m.Fatalf("%s answers %s: %d %s", agent, decision, r.Code, text(r))
	}
}

func repondre(m *fixture.Monde, agent string, elle, autre fixture.Enfant, decision, motif string) fixture.Reponse {
	m.Helper()
	return m.Post(agent, page(elle), url.Values{"candidat": {autre.ID.String()}, "decision": {decision}, "motif": {motif}})
}

func page(e fixture.Enfant) string { return "/ine/" + e.ID.String() }

// etat is where a number stands: its state, its reason, and whether there is one.
func etat(m *fixture.Monde, id uuid.UUID) string {
	m.Helper()
	return fixture.Valeur[string](m, `select etat || case raison when '' then '' else ' ' || raison end ||
		case when ine is null then '' else ' avec numéro' end from immatriculation where eleve_id = $1`, id)
}

func numero(m *fixture.Monde, id uuid.UUID) string {
	m.Helper()
	return fixture.Valeur[string](m, `select coalesce(ine, '') from immatriculation where eleve_id = $1`, id)
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`[\s\x{a0}]+`)
)

// text is what one reads of a page.
func text(r fixture.Reponse) string {
	return spaces.ReplaceAllString(html.UnescapeString(tags.ReplaceAllString(r.Body, " ")), " ")
}

func says(t *testing.T, r fixture.Reponse, wants ...string) {
	t.Helper()
	got := text(r)
	for _, want := range wants {
		if !strings.Contains(got, want) {
			t.Errorf("does not say %q: %s", want, got)
		}
	}
}
