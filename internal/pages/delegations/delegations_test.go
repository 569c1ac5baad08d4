package delegations_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/fixture"
)

const collegue = "directeur du même" // Alain Abadie, who has a school of his own

func identifiant(m *fixture.Monde, agent string) string {
	m.Helper()
	return fixture.Valeur[string](m, `select identifiant from compte where id = $1`, m.Agent(agent).Compte)
}

// donner gives the colleague a delegation until the 22nd of November, as somebody, and returns it.
func donner(m *fixture.Monde, par, niveau string) string {
	m.Helper()
	m.Armer(collegue)
	form := url.Values{"identifiant": {identifiant(m, collegue)}, "delegation": {niveau}, "debut": {"20112026"}, "fin": {"22112026"}, "territoire": {fixture.Ecole}}
	if got := m.Post(par, "/delegations", form); got.Code != http.StatusSeeOther {
		m.Fatalf("%d %s", got.Code, alert(got.Body))
	}
	return fixture.Valeur[string](m, `select id::text from habilitation where delegation is not null`)
}

// agir has the colleague act under the delegation.
func agir(m *fixture.Monde, delegation string) {
	m.Helper()
	if got := m.Post(collegue, "/connexion/habilitation", url.Values{"habilitation": {delegation}}); got.Code != http.StatusSeeOther {
		m.Fatalf("choose: %d", got.Code)
	}
}

func alert(body string) string {
	_, after, _ := strings.Cut(body, `role="alert"`)
	return after[:min(len(after), 500)]
}

// A delegation ends with its last day: nothing opens a second later (AUT-19).
func TestDelegationEndsAtItsDate(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	d := donner(m, "directeur", "gestion")
	m.Heure = time.Date(2026, 11, 22, 23, 50, 0, 0, m.Heure.Location())
	m.Oublier(collegue)
	agir(m, d)
	m.Heure = time.Date(2026, 11, 22, 23, 59, 59, 0, m.Heure.Location())
	body := m.Get(collegue, "/classes").Body
	if !strings.Contains(body, "Gestion courante, par délégation de Claire Fabre") || !strings.Contains(body, "Alain Abadie") {
		t.Error("the banner does not say both names")
	}
	m.Heure = m.Heure.Add(time.Second)
	for _, path := range []string{"/", "/classes", "/eleves"} {
		if got := m.Get(collegue, path); got.Code != http.StatusSeeOther {
			t.Errorf("%s a second later: %d", path, got.Code)
		}
	}
}

// Revoked, it opens nothing on the next page, of a session that is open (AUT-19, ACL-8).
func TestDelegationIsRevokedAtOnce(t *testing.T) {
	for _, par := range []string{"directeur", "ia"} {
		t.Run(par, func(t *testing.T) {
			m := fixture.New(t)
			d := donner(m, par, "gestion")
			agir(m, d)
			if got := m.Get(collegue, "/classes"); got.Code != http.StatusOK {
				t.Fatal(got.Code)
			}
			for other, code := range map[string]int{"directeur voisin": http.StatusNotFound, "ia voisine": http.StatusNotFound, "mairie": http.StatusForbidden} {
				if got := m.Post(other, "/delegations/"+d+"/revoquer", url.Values{}); got.Code != code {
					t.Errorf("%s: %d", other, got.Code)
				}
			}
			if got := m.Post("directeur", "/delegations/"+d+"/revoquer", url.Values{}); got.Code != http.StatusSeeOther {
				t.Fatalf("revoke: %d %s", got.Code, alert(got.Body))
			}
			if got := m.Get(collegue, "/classes"); got.Code != http.StatusSeeOther {
				t.Errorf("it still opens: %d", got.Code)
			}
		})
	}
}

// Each act bears the account of who did it and the delegation, which bears the account of who gave it.
func TestJournalKnowsBoth(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	agir(m, donner(m, "directeur", "consultation"))
	if got := m.Get(collegue, "/eleves/"+e.ID.String()); got.Code != http.StatusOK {
		t.Fatal(got.Code)
	}
	n := fixture.Valeur[int](m, `select count(*) from journal j join habilitation h on h.id = j.habilitation_id
		where j.acte = 'consulter' and j.objet_id = $1 and j.compte_id = $2 and h.delegue_par = $3`, e.ID, m.Agent(collegue).Compte, m.Agent("directeur").Compte)
	if n != 1 {
		t.Errorf("%d lines know both", n)
	}
	if body := m.Get("directeur", "/delegations").Body; !strings.Contains(body, "Alain Abadie") {
		t.Error("the directrice does not see what she gave")
	}
}

// What a delegation lets one do. Neither departures, nor files of ONDE, nor delegating again are ever delegated, but in an
// interim, which the IA gives.
func TestLevels(t *testing.T) {
	for niveau, may := range map[string]map[string]bool{
		"consultation": {"/classes": true, "/eleves": true, "/classes/nouvelle": false, "/listes/composer": false, "/radiations": false, "/reprise": false, "/extractions": false, "/delegations": false},
		"gestion":      {"/classes": true, "/classes/nouvelle": true, "/listes/composer": true, "/radiations": false, "/reprise": false, "/extractions": false, "/delegations": false},
		"interim":      {"/classes": true, "/classes/nouvelle": true, "/radiations": true, "/reprise": true, "/extractions": true, "/delegations": false},
	} {
		t.Run(niveau, func(t *testing.T) {
			m := fixture.New(t)
			agir(m, donner(m, "ia", niveau))
			for path, opens := range may {
				got := m.Get(collegue, path)
				if opens && got.Code != http.StatusOK || !opens && got.Code != http.StatusForbidden {
					t.Errorf("%s: %d", path, got.Code)
				}
			}
		})
	}
}

// Whatever route is added, who only consults sends no form that changes a pupil: those he may send are known.
func TestConsultationWritesNothing(t *testing.T) {
	m := fixture.New(t)
	a := m.Agent("directeur")
	a.Delegation = habilitation.Consultation
	own := []string{ // of his own account
		"/session/preuve", "/sessions/terminer", "/sessions/terminer-autres",
		"/ma-cle/codes", "/ma-cle/application", "/ma-cle/mot-de-passe", "/ma-cle/acces", "/ma-cle/acces/{id}/retirer",
	}
	for _, r := range m.App.Routes {
		if r.Method == http.MethodPost && r.Droit != 0 && a.Can(r.Droit) && !slices.Contains(own, r.Path) {
			t.Errorf("%s %s", r.Method, r.Path)
		}
	}
}

func TestDelegationIsRefused(t *testing.T) {
	m := fixture.New(t)
	m.Armer(collegue)
	m.Armer("directeur")
	m.Armer("directeur lointain")
	for name, tt := range map[string]struct{ field, value, says string }{
		"to nobody":              {"identifiant", "personne.du.tout", "Aucun compte ouvert de votre département"},
		"to another département": {"identifiant", identifiant(m, "directeur lointain"), "Aucun compte ouvert de votre département"},
		"to oneself":             {"identifiant", identifiant(m, "directeur"), "Vous ne pouvez pas vous donner une délégation."},
		"to one who has no key":  {"identifiant", identifiant(m, "ien"), "Ce compte n’a pas de clé sécurisée."},
		"to the service":         {"identifiant", identifiant(m, "service"), "ne se donne pas au service informatique"},
		"to a mairie":            {"identifiant", identifiant(m, "mairie"), "ni à un agent de mairie"},
		"the interim":            {"delegation", "interim", "Choisissez ce que votre collègue pourra faire."},
		"that ends before":       {"fin", "19112026", "La fin vient après le début."},
		"longer than a year":     {"fin", "30122027", "Une délégation dure au plus un an."},
	} {
		form := url.Values{"identifiant": {identifiant(m, collegue)}, "delegation": {"gestion"}, "debut": {"20112026"}, "fin": {"22112026"}}
		form.Set(tt.field, tt.value)
		if got := m.Post("directeur", "/delegations", form); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, tt.says) {
			t.Errorf("%s: %d %s", name, got.Code, alert(got.Body))
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from habilitation where delegation is not null`); n != 0 {
		t.Errorf("%d delegations were given", n)
	}
}

// A colleague goes on when the account of the directrice is suspended, since her absence is what he is there for; who suspends
// it is told that what she gave lasts.
func TestSuspensionTellsOfDelegations(t *testing.T) {
	m := fixture.New(t)
	agir(m, donner(m, "directeur", "gestion"))
	suspendre := func(agent string) string {
		a := "/comptes/" + m.Agent(agent).Compte.String()
		if r := m.Post("ia", a+"/suspendre", url.Values{"motif": {"absence"}}); r.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d", agent, r.Code)
		}
		return m.Get("ia", a).Body
	}
	const lasts = "1\u00a0délégation de sa main dure"
	if !strings.Contains(suspendre("directeur"), lasts) {
		t.Error("who suspends her is not told")
	}
	if strings.Contains(suspendre("directeur voisin"), lasts) {
		t.Error("control: it is said of one who gave none")
	}
	if got := m.Get(collegue, "/classes"); got.Code != http.StatusOK {
		t.Errorf("the colleague: %d", got.Code)
	}
}
