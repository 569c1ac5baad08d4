package colleges_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

var (
	jeton    = regexp.MustCompile(`be6_[A-Za-z0-9_-]{43}`)
	revoquer = regexp.MustCompile(`/colleges/[0-9A-Z]{8}/jetons/[0-9a-f-]{36}/revoquer`)
)

const massey = "/colleges/" + fixture.College

// The IA follows the collèges of its département; the service looks after tokens and counts no pupil.
func TestList(t *testing.T) {
	m := fixture.New(t)
	m.Affecter6e("ia", fixture.College, m.EnCM2("Lina"))
	ia, service := m.Get("ia", "/colleges").Body, m.Get("service", "/colleges").Body
	for _, body := range []string{ia, service} {
		if !strings.Contains(body, "Collège Massey") || !strings.Contains(body, "Collège du Gave") || strings.Contains(body, "Salinis") {
			t.Error("not the collèges of the département")
		}
	}
	if !strings.Contains(ia, "Affectés") || strings.Contains(service, "Affectés") {
		t.Error("pupils are counted for the service, or not for the IA")
	}
	if strings.Contains(m.Get("service", "/colleges?q=massey").Body, "Collège du Gave") {
		t.Error("the search does not narrow")
	}
}

func TestTokens(t *testing.T) {
	for agent, may := range map[string]bool{"ia": true, "service": true, "ia voisine": false, "directeur": false, "college": false} {
		t.Run(agent, func(t *testing.T) {
			m := fixture.New(t)
			got := m.Post(agent, massey, url.Values{"duree": {"30"}})
			if (got.Code == http.StatusSeeOther) != may {
				t.Fatalf("%d", got.Code)
			}
			if !may {
				return
			}
			first, second := m.Get(agent, massey).Body, m.Get(agent, massey).Body
			if !jeton.MatchString(first) || jeton.MatchString(second) {
				t.Error("the token is not shown once and once only")
			}
			if got := m.Post(agent, revoquer.FindString(second), url.Values{}); got.Code != http.StatusSeeOther {
				t.Errorf("revoke: %d", got.Code)
			}
			if body := m.Get(agent, massey).Body; revoquer.MatchString(body) || !strings.Contains(body, "Révoqué le 20/11/2026") {
				t.Error("it is not revoked")
			}
			if n := fixture.Valeur[int](m, `select count(*) from journal where acte in ('creer_jeton', 'revoquer_jeton')`); n != 2 {
				t.Errorf("%d lines in the journal", n)
			}
		})
	}
}

func TestTokenNeedsADuration(t *testing.T) {
	m := fixture.New(t)
	for _, bad := range []string{"", "3650", "x"} {
		if got := m.Post("ia", massey, url.Values{"duree": {bad}}); got.Code != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", bad, got.Code)
		}
	}
	if jeton.MatchString(m.Get("ia", massey).Body) {
		t.Error("a token that was refused is shown")
	}
}

// A collège that lost its files fetches them again once the IA has opened the handing over anew.
func TestReopen(t *testing.T) {
	m := fixture.New(t)
	m.Affecter6e("ia", fixture.College, m.EnCM2("Lina"))
	m.OuvrirSaison("ia")
	if got := m.Post("ia", massey+"/rouvrir", url.Values{}); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("nothing acknowledged: %d", got.Code)
	}
	if got := m.Post("college", "/entrants/accuse", url.Values{"annee": {"2027"}, "jusqua": {"1"}}); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if body := m.Get("ia", massey).Body; !strings.Contains(body, "Accusé de réception") || !strings.Contains(body, "Rouvrir la remise") {
		t.Error("the acknowledgement is not shown")
	}
	if got := m.Post("service", massey+"/rouvrir", url.Values{}); got.Code != http.StatusForbidden {
		t.Errorf("the service: %d", got.Code)
	}
	if got := m.Post("ia", massey+"/rouvrir", url.Values{}); got.Code != http.StatusSeeOther {
		t.Fatal(got.Code)
	}
	if !strings.Contains(m.Get("college", "/entrants").Body, "ABADIE Lina") {
		t.Error("the collège still reads nothing")
	}
}
