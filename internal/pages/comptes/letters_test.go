package comptes_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres/postgrestest"
)

// No secret is shown twice: neither the page of the letter nor its file (AUT-17). The secret has 100 bits, the base keeps
// but its hash, and it lasts seven days (AUT-3).
func TestLetterIsShownOnce(t *testing.T) {
	m := fixture.New(t)
	adresse, lettre := creer(m, nouvelle())
	if adresse == "" || len(strings.ReplaceAll(lettre, "-", "")) != 20 {
		t.Fatalf("no letter: %q %q", adresse, lettre)
	}
	if got := m.Get("service", "/comptes/lettres"); secret.MatchString(got.Body) || !strings.Contains(got.Body, "qu’une fois") {
		t.Error("the page shows the letter twice")
	}
	if got := m.Get("service", "/comptes/lettres.pdf"); got.Code != http.StatusOK || !strings.HasPrefix(got.Body, "%PDF") {
		t.Errorf("no file: %d", got.Code)
	}
	if got := m.Get("service", "/comptes/lettres.pdf"); got.Code != http.StatusSeeOther {
		t.Errorf("the file is given twice: %d", got.Code)
	}
	if got := m.Get("service", adresse); secret.MatchString(got.Body) {
		t.Error("the page of the account shows a secret")
	}
	if n := fixture.Valeur[int](m, `select count(*) from compte c where c::text like '%' || $1 || '%'`, strings.ReplaceAll(lettre, "-", "")); n != 0 {
		t.Error("the base keeps the secret")
	}
	fin := fixture.Valeur[time.Time](m, `select initial_jusqu_au from compte where id = $1`, strings.TrimPrefix(adresse, "/comptes/"))
	if fin.Sub(m.Heure) != 7*24*time.Hour {
		t.Errorf("it lasts %v", fin.Sub(m.Heure))
	}
	_, again := creer2(m, adresse)
	if again == "" || again == lettre {
		t.Errorf("a reprint shows %q", again)
	}
}

// creer2 makes a new letter.
func creer2(m *fixture.Monde, adresse string) (string, string) {
	m.Helper()
	if got := m.Post("service", adresse+"/lettre", url.Values{}); got.Code != http.StatusSeeOther {
		m.Fatalf("renew: %d %s", got.Code, alert(got.Body))
	}
	return adresse, secret.FindString(m.Get("service", "/comptes/lettres").Body)
}

// A new letter puts out whoever is in, and whoever is on the way in, by the former password (ASVS 7.4.3); another's session
// stays.
func TestLetterEndsTheSessions(t *testing.T) {
	m := fixture.OnBase(t, postgrestest.Clone(t))
	for _, agent := range []string{"directeur", "directeur voisin"} {
		if got := m.Get(agent, "/").Code; got != http.StatusOK {
			t.Fatalf("%s: %d before", agent, got)
		}
	}
	creer2(m, "/comptes/"+m.Agent("directeur").Compte.String())
	if got := m.Get("directeur", "/"); got.Code != http.StatusSeeOther || got.Header.Get("Location") != "/connexion?raison=service" {
		t.Errorf("the session opened by the former password: %d %s", got.Code, got.Header.Get("Location"))
	}
	if got := m.Get("directeur voisin", "/").Code; got != http.StatusOK {
		t.Errorf("the neighbour: %d", got)
	}
}
