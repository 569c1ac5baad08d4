package formations_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

func seance() url.Values {
	return url.Values{"jour": {"02/12/2026"}, "heure": {"14 h"}, "lieu": {"Tarbes, salle 3"}, "public": {"tous"}, "places": {"2"}}
}

var adresse = regexp.MustCompile(`^/formations/[0-9a-f-]{36}$`)

// planifier plans a session, and returns its address.
func planifier(m *fixture.Monde, form url.Values) string {
	m.Helper()
	got := m.Post("service", "/formations/nouvelle", form)
	if to := got.Header.Get("Location"); adresse.MatchString(to) {
		return to
	}
	m.Fatalf("plan: %d", got.Code)
	return ""
}

func compte(m *fixture.Monde, agent string) string { return m.Agent(agent).Compte.String() }

// One is called, comes, and is no longer to be called; one who did not come is.
func TestCalledAndCame(t *testing.T) {
	m := fixture.New(t)
	s := planifier(m, seance())
	if body := m.Get("service", s).Body; !strings.Contains(body, `value="`+compte(m, "directeur")+`"`) || !strings.Contains(body, "à 14\u00a0h") {
		t.Fatal("the directeur is not offered")
	}
	two := url.Values{"id": {compte(m, "directeur"), compte(m, "mairie")}}
	if got := m.Post("service", s+"/convoquer", two); got.Code != http.StatusSeeOther {
		t.Fatalf("call: %d", got.Code)
	}
	third := url.Values{"id": {compte(m, "directeur voisin")}}
	if got := m.Post("service", s+"/convoquer", third); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "Il n’y a pas assez de places") {
		t.Errorf("a third in two places: %d", got.Code)
	}
	if got := m.Post("service", s+"/presents", two); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "n’a pas encore eu lieu") {
		t.Errorf("came before the day: %d", got.Code)
	}
	ecrire(m, `update formation set jour = $1`, m.Agent("service").Aujourdhui())
	for act, agent := range map[string]string{"presents": "directeur", "absents": "mairie"} {
		if got := m.Post("service", s+"/"+act, url.Values{"id": {compte(m, agent)}}); got.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d", act, got.Code)
		}
	}
	other := planifier(m, seance())
	body := m.Get("service", other).Body
	if strings.Contains(body, compte(m, "directeur")) || !strings.Contains(body, compte(m, "mairie")) {
		t.Error("the one who came is to be called again, or the one who did not is not")
	}
	if body := m.Get("ia", s).Body; !strings.Contains(body, "1\u00a0présent") || strings.Contains(body, s+"/presents") {
		t.Error("the IA does not read who came, or acts")
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte in ('planifier_formation', 'convoquer_formation', 'noter_presence')`); n != 5 {
		t.Errorf("%d lines in the journal", n)
	}
}

// The sheet and the letters are pages with the words of their files; without anybody, there is nothing to print.
func TestSheetAndLetters(t *testing.T) {
	m := fixture.New(t)
	s := planifier(m, seance())
	for _, paper := range []string{"/emargement", "/convocations"} {
		if got := m.Get("service", s+paper+".pdf"); got.Code != http.StatusSeeOther {
			t.Errorf("%s of nobody: %d", paper, got.Code)
		}
	}
	m.Post("service", s+"/convoquer", url.Values{"id": {compte(m, "directeur")}})
	for paper, says := range map[string]string{"/emargement": "Signature", "/convocations": "Vous êtes convié"} {
		if body := m.Get("service", s+paper).Body; !strings.Contains(body, says) || !strings.Contains(body, "décembre") {
			t.Errorf("%s: the page does not say %q", paper, says)
		}
		if got := m.Get("service", s+paper+".pdf"); got.Code != http.StatusOK || !strings.HasPrefix(got.Body, "%PDF") {
			t.Errorf("%s: %d", paper, got.Code)
		}
	}
}

func TestCancelledOrChanged(t *testing.T) {
	m := fixture.New(t)
	s := planifier(m, seance())
	m.Post("service", s+"/convoquer", url.Values{"id": {compte(m, "directeur"), compte(m, "mairie")}})
	form := seance()
	form.Set("places", "1")
	form.Set("version", "1")
	if got := m.Post("service", s+"/modifier", form); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "plus de personnes convoquées que de places") {
		t.Errorf("fewer places than people: %d", got.Code)
	}
	if got := m.Post("service", s+"/decommander", url.Values{"id": {compte(m, "mairie")}}); got.Code != http.StatusSeeOther {
		t.Fatalf("uncalled: %d", got.Code)
	}
	if got := m.Post("service", s+"/modifier", form); got.Code != http.StatusSeeOther {
		t.Errorf("changed: %d", got.Code)
	}
	if got := m.Post("service", s+"/annuler", url.Values{"version": {"1"}}); got.Code != http.StatusConflict {
		t.Errorf("cancelled on a page that is no longer true: %d", got.Code)
	}
	if got := m.Post("service", s+"/annuler", url.Values{"version": {"2"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("cancelled: %d", got.Code)
	}
	if body := m.Get("service", s).Body; !strings.Contains(body, "Annulée") || strings.Contains(body, s+"/convoquer") {
		t.Error("a cancelled session still calls")
	}
	if body := m.Get("service", planifier(m, seance())).Body; !strings.Contains(body, compte(m, "directeur")) {
		t.Error("one called to a cancelled session cannot be called elsewhere")
	}
}

func TestSessionIsRefused(t *testing.T) {
	m := fixture.New(t)
	for name, tt := range map[string]struct{ field, value, says string }{
		"past":     {"jour", "02/11/2026", "pour aujourd’hui ou plus tard"},
		"no day":   {"jour", "", "Indiquez le jour."},
		"an hour":  {"heure", "25h", "Écrivez l’heure comme 14h ou 9h30."},
		"no room":  {"lieu", "", "Indiquez le lieu."},
		"nobody":   {"public", "parents", "Choisissez pour qui."},
		"no place": {"places", "0", "de 1 à 500"},
	} {
		form := seance()
		form.Set(tt.field, tt.value)
		if got := m.Post("service", "/formations/nouvelle", form); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, tt.says) {
			t.Errorf("%s: %d", name, got.Code)
		}
	}
	planifier(m, seance()) // control
	if n := fixture.Valeur[int](m, `select count(*) from formation`); n != 1 {
		t.Errorf("%d sessions", n)
	}
}

// ecrire sets the scene, by the owner of the base.
func ecrire(m *fixture.Monde, sql string, args ...any) {
	m.Helper()
	if _, err := m.Tx.Exec(context.Background(), sql, args...); err != nil {
		m.Fatal(err)
	}
}
