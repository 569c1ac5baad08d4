package raccordements_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

const tarbes = "/raccordements/" + fixture.Tarbes

// reste is what the page of Tarbes says is left to do.
func reste(m *fixture.Monde) string {
	m.Helper()
	body := m.Get("service", tarbes).Body
	_, after, _ := strings.Cut(body, `class="lead">`)
	said, _, _ := strings.Cut(after, "<")
	return said
}

func demander(m *fixture.Monde, form url.Values) fixture.Reponse {
	m.Helper()
	return m.Post("service", tarbes, form)
}

// retirerTout takes from the mairie of Tarbes what the fixture gave it: the path begins.
func retirerTout(m *fixture.Monde) {
	m.Helper()
	ecrire(m, `update habilitation set fin = '2026-11-19' where role = 'mairie' and commune_insee = $1`, fixture.Tarbes)
}

// A commune comes by steps: the mayor's letter, the decision of another person, then what happens elsewhere.
func TestPathOfACommune(t *testing.T) {
	m := fixture.New(t)
	retirerTout(m)
	if got := reste(m); got != "La mairie n’a rien demandé." {
		t.Fatalf("at first: %q", got)
	}
	letter := url.Values{"demande_le": {"02/11/2026"}, "interlocuteur": {"Mme Dupouy, état civil"}}
	if got := demander(m, letter); got.Code != http.StatusSeeOther {
		t.Fatalf("the request: %d", got.Code)
	}
	if got := reste(m); got != "Décision à prendre." {
		t.Errorf("asked: %q", got)
	}
	yes := url.Values{"decision": {"acceptee"}, "decision_le": {"10/11/2026"}, "version": {"1"}}
	if got := m.Post("service", tarbes+"/decision", yes); got.Code != http.StatusForbidden {
		t.Errorf("the service decides: %d", got.Code)
	}
	if got := m.Post("ia", tarbes+"/decision", yes); got.Code != http.StatusSeeOther {
		t.Fatalf("the decision: %d", got.Code)
	}
	if got := reste(m); got != "Compte à ouvrir." {
		t.Errorf("accepted: %q", got)
	}
	body := m.Get("service", tarbes).Body
	if !strings.Contains(body, "/comptes/nouveau?role=mairie&amp;territoire="+fixture.Tarbes) || !strings.Contains(body, "Mme Dupouy") {
		t.Error("the page does not lead to what is left to do")
	}
	if body := m.Get("service", "/comptes/nouveau?role=mairie&territoire="+fixture.Tarbes).Body; !strings.Contains(body, `value="`+fixture.Tarbes+`"`) {
		t.Error("the form of an account forgets the commune")
	}
	got := demander(m, url.Values{"demande_le": {"03/11/2026"}, "version": {"2"}})
	if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "La demande est décidée") {
		t.Errorf("a decided request is changed: %d", got.Code)
	}
	ecrire(m, `update habilitation set fin = null where role = 'mairie' and commune_insee = $1`, fixture.Tarbes)
	ecrire(m, `update compte set premiere_connexion_le = null where id = $1`, m.Agent("mairie").Compte)
	if got := reste(m); got != "Clé à remettre." {
		t.Errorf("without a key: %q", got)
	}
	m.Armer("mairie")
	if got := reste(m); got != "Formation à suivre." {
		t.Errorf("with a key: %q", got)
	}
	ecrire(m, `update compte set premiere_connexion_le = $2 where id = $1`, m.Agent("mairie").Compte, m.Heure)
	if got := reste(m); got != "En service." {
		t.Errorf("logged in: %q", got)
	}
}

// A refusal says why and is taken back; an undecided request is corrected and withdrawn; two who decide are both told.
func TestRefusedTakenBackWithdrawn(t *testing.T) {
	m := fixture.New(t)
	retirerTout(m)
	demander(m, url.Values{"demande_le": {"02/11/2026"}})
	no := url.Values{"decision": {"refusee"}, "decision_le": {"10/11/2026"}, "version": {"1"}}
	if got := m.Post("ia", tarbes+"/decision", no); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "Choisissez le motif du refus.") {
		t.Errorf("without a reason: %d", got.Code)
	}
	no.Set("motif", "reportee")
	if got := m.Post("ia", tarbes+"/decision", no); got.Code != http.StatusSeeOther {
		t.Fatalf("%d", got.Code)
	}
	if body := m.Get("service", "/raccordements?reste=refus").Body; !strings.Contains(body, tarbes) {
		t.Error("the list does not show the refusal")
	}
	if got := m.Post("ia", tarbes+"/decision", no); got.Code != http.StatusConflict {
		t.Errorf("decided on a page that is no longer true: %d", got.Code)
	}
	if got := m.Post("ia", tarbes+"/decision", url.Values{"decision": {""}, "version": {"2"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("taken back: %d", got.Code)
	}
	if got := m.Post("service", tarbes+"/retirer", url.Values{"version": {"3"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("withdrawn: %d", got.Code)
	}
	if got := reste(m); got != "La mairie n’a rien demandé." {
		t.Errorf("at the end: %q", got)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte in ('demander_raccordement', 'decider_raccordement', 'retirer_raccordement')`); n != 4 {
		t.Errorf("%d lines in the journal", n)
	}
}

func TestRequestIsRefused(t *testing.T) {
	m := fixture.New(t)
	retirerTout(m)
	for says, form := range map[string]url.Values{
		"Indiquez la date de la lettre":   {},
		"n’est pas datée d’un jour à ven": {"demande_le": {"02/11/2027"}},
		"Au plus 100 caractères":          {"demande_le": {"02/11/2026"}, "interlocuteur": {strings.Repeat("é", 101)}},
	} {
		if got := demander(m, form); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, says) {
			t.Errorf("%s: %d", says, got.Code)
		}
	}
	if got := m.Post("service", "/raccordements/75056", url.Values{"demande_le": {"02/11/2026"}}); got.Code != http.StatusNotFound {
		t.Errorf("a commune of elsewhere: %d", got.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from raccordement`); n != 0 {
		t.Errorf("%d requests", n)
	}
}

// ecrire sets the scene, by the owner of the base.
func ecrire(m *fixture.Monde, sql string, args ...any) {
	m.Helper()
	if _, err := m.Tx.Exec(context.Background(), sql, args...); err != nil {
		m.Fatal(err)
	}
}
