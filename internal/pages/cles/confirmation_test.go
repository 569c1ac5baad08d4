package cles_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
)

// attribuer attributes a key in stock to an agent, and confier hands it over too.
func attribuer(m *fixture.Monde, key, a string) {
	m.Helper()
	identifiant := fixture.Valeur[string](m, `select identifiant from compte where id = $1`, m.Agent(a).Compte)
	if r := faire(m, key, "attribuer", url.Values{"identifiant": {identifiant}}); r.Code != http.StatusSeeOther {
		m.Fatalf("attribuer: %d", r.Code)
	}
}

func confier(m *fixture.Monde, key, a string) string {
	m.Helper()
	attribuer(m, key, a)
	return remettre(m, key)
}

// remettre hands a key over, and returns what the next page says.
func remettre(m *fixture.Monde, key string) string {
	m.Helper()
	if r := faire(m, key, "remettre", nil); r.Code != http.StatusSeeOther {
		m.Fatalf("remettre: %d", r.Code)
	}
	return m.Get("service", key).Body
}

// ecrire makes the letter of an agent, and returns what the next page says.
func ecrire(m *fixture.Monde, a string) string {
	m.Helper()
	if r := m.Post("service", "/comptes/"+m.Agent(a).Compte.String()+"/lettre", nil); r.Code != http.StatusSeeOther {
		m.Fatalf("lettre: %d", r.Code)
	}
	return m.Get("service", "/comptes/lettres").Body
}

// servir marks the account as used, or never used.
func servir(m *fixture.Monde, agent string, used bool) {
	m.Helper()
	if _, err := m.Tx.Exec(m.Context(), `update compte set premiere_connexion_le = case when $2 then $3::timestamptz end where id = $1`,
		m.Agent(agent).Compte, used, m.Heure); err != nil {
		m.Fatal(err)
	}
}

const seul = "accorder de nouveau"

// One person alone becomes nobody else (AUT-17, ACL-11): who makes the letter of an account that was in use and hands over its
// key sends its habilitations back to the IA, in whatever order he does them, and its delegations end.
func TestOneHandAloneOpensNoAccount(t *testing.T) {
	for name, lettreFirst := range map[string]bool{"the letter, then the key": true, "the key, then the letter": false} {
		t.Run(name, func(t *testing.T) {
			m := fixture.New(t)
			key := stock(m)
			servir(m, "ia", true)
			droit := func() string {
				return fixture.Valeur[string](m, `select etat from habilitation where id = $1`, m.Agent("ia").Habilitation)
			}
			second := func() string { return ecrire(m, "ia") }
			if lettreFirst {
				ecrire(m, "ia")
				attribuer(m, key, "ia")
				second = func() string { return remettre(m, key) }
			} else {
				confier(m, key, "ia")
			}
			if got := droit(); got != "accordee" {
				t.Fatalf("control: after the first, his habilitation is %s", got)
			}
			said := second()
			if !strings.Contains(said, seul) {
				t.Error("who does both is not told")
			}
			if got := droit(); got != "demandee" {
				t.Errorf("his habilitation is %s", got)
			}
			m.Oublier("ia")
			if got := m.Get("ia", "/comptes/habilitations"); got.Code == http.StatusOK {
				t.Error("the account opens the pages of the IA")
			}
			m.Heure = m.Heure.Add(time.Minute)
			if page := m.Get("ia adjointe", "/comptes/habilitations").Body; !strings.Contains(page, "qui a refait sa lettre et remis sa clé") {
				t.Error("the other IA is not told why")
			}
			m.Post("ia adjointe", "/comptes/habilitations", url.Values{"id": {m.Agent("ia").Habilitation.String()}})
			if got := droit(); got != "accordee" {
				t.Errorf("granted again, it is %s", got)
			}
		})
	}
}

// Two persons may do them; and the first letter and key of an account, whose habilitation the IA has just granted, are one hand's.
func TestTwoHandsAndAFirstLetterNeedNoConfirmation(t *testing.T) {
	for name, tt := range map[string]struct{ used, handedByAnother bool }{
		"a first letter": {false, false}, "two persons": {true, true},
	} {
		t.Run(name, func(t *testing.T) {
			m := fixture.New(t)
			key := stock(m)
			servir(m, "directeur", tt.used)
			confier(m, key, "directeur")
			if tt.handedByAnother {
				if _, err := m.Tx.Exec(m.Context(), `update cle set etat_par = $1 where etat = 'remise'`, m.Agent("ia adjointe").Compte); err != nil {
					m.Fatal(err)
				}
			}
			said := ecrire(m, "directeur")
			n := fixture.Valeur[int](m, `select count(*) from habilitation where compte_id = $1 and etat = 'accordee'`, m.Agent("directeur").Compte)
			if n != 1 || strings.Contains(said, seul) {
				t.Errorf("%d habilitations granted", n)
			}
		})
	}
}
