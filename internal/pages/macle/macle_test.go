package macle_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/fixture"
)

var codeShape = regexp.MustCompile(`<code>([A-Z2-7-]{29})</code>`)

// Every role prints ten recovery codes, once, after a fresh proof; the page then says how many are left, and its history
// that they were made. The demand made again makes others.
func TestRecoveryCodesAreShownOnce(t *testing.T) {
	m := fixture.New(t)
	for _, agent := range []string{"directeur", "mairie", "service", "ia"} {
		if page := m.Get(agent, "/ma-cle").Body; !strings.Contains(page, "Vous n’avez pas de code de secours.") {
			t.Errorf("%s: the page does not say that there is none", agent)
		}
		if r := m.Post(agent, "/ma-cle/codes", url.Values{}); r.Code != http.StatusSeeOther || r.Header.Get("Location") != "/ma-cle/codes" {
			t.Fatalf("%s: %d to %q", agent, r.Code, r.Header.Get("Location"))
		}
		first := codeShape.FindAllStringSubmatch(m.Get(agent, "/ma-cle/codes").Body, -1)
		if len(first) != 10 || first[0][1] == first[1][1] {
			t.Fatalf("%s: %d codes", agent, len(first))
		}
		if again := m.Get(agent, "/ma-cle/codes").Body; codeShape.MatchString(again) || !strings.Contains(again, "Ces codes ont été montrés") {
			t.Errorf("%s: the codes are shown twice", agent)
		}
		page := m.Get(agent, "/ma-cle").Body
		if !strings.Contains(page, "10\u00a0codes restent") || !strings.Contains(page, "codes de secours refaits") {
			t.Errorf("%s: the page does not know of them", agent)
		}
	}
	if got := fixture.Valeur[int](m, `select count(*)::int from journal where acte = 'refaire_secours'`); got != 4 {
		t.Errorf("%d lines in the journal, want 4", got)
	}
}

// The service informatique sees that somebody has come in by a recovery code, on its own page and in its list.
func TestServiceIsTold(t *testing.T) {
	m := fixture.New(t)
	if page := m.Get("service", "/comptes?etat=secours").Body; strings.Contains(page, "/comptes/"+m.Agent("directeur").Compte.String()) {
		t.Error("control: the list shows one who has used no code")
	}
	if _, err := m.Tx.Exec(t.Context(), `insert into avis (compte_id, nature, le) values ($1, 'secours', $2)`,
		m.Agent("directeur").Compte, m.Heure); err != nil {
		t.Fatal(err)
	}
	if page := m.Get("service", "/").Body; !strings.Contains(page, "Entrés par un code de secours") {
		t.Error("the home page does not count them")
	}
	if page := m.Get("service", "/comptes?etat=secours").Body; !strings.Contains(page, "/comptes/"+m.Agent("directeur").Compte.String()) {
		t.Error("the list does not show him")
	}
	m.Attendre(compte.SecoursRecent)
	if page := m.Get("service", "/comptes?etat=secours").Body; strings.Contains(page, "/comptes/"+m.Agent("directeur").Compte.String()) {
		t.Error("the list still shows him after the seven days")
	}
}

var secretShape = regexp.MustCompile(`[A-Z2-7]{4}(?: [A-Z2-7]{4}){7}`)

// An application takes the place of the key in service once its holder has proved who he is and typed a code of it; a wrong
// code changes nothing and shows the same drawing; a key that the service has attributed comes first.
func TestApplication(t *testing.T) {
	m := fixture.New(t)
	proof := m.Armer("directeur")
	former := func() string {
		return fixture.Valeur[string](m, `select etat || ' ' || motif from cle where compte_id = $1 and materielle is not null
			order by etat_le, etat desc limit 1`, m.Agent("directeur").Compte)
	}
	m.Get("directeur", "/")
	m.Attendre(10 * time.Minute)
	asked := m.Get("directeur", "/ma-cle/application").Body
	if secretShape.MatchString(asked) || !strings.Contains(asked, "Confirmez que c’est vous") {
		t.Fatal("the page shows a key without a fresh proof")
	}
	m.Post("directeur", "/session/preuve", url.Values{"preuve_mot_de_passe": {fixture.MotDePasse}, "preuve_code": {proof()}, "preuve_suite": {"/ma-cle/application"}})
	page := m.Get("directeur", "/ma-cle/application").Body
	secret := secretShape.FindString(page)
	if secret == "" || !strings.Contains(page, `aria-label="Code QR de la clé"`) {
		t.Fatal("the page shows no key")
	}
	code, err := totp.GenerateCode(strings.ReplaceAll(secret, " ", ""), m.Heure)
	if err != nil {
		t.Fatal(err)
	}
	wrong := m.Post("directeur", "/ma-cle/application", url.Values{"code": {"000000"}})
	if wrong.Code != http.StatusUnprocessableEntity || secretShape.FindString(wrong.Body) != secret || former() != "active " {
		t.Fatalf("a wrong code: %d, the key is %q", wrong.Code, former())
	}
	if _, err := m.Tx.Exec(t.Context(), `insert into cle (id, compte_id, numero_serie, secret_chiffre, etat) values (gen_random_uuid(), $1, 'T-1', '', 'attribuee')`,
		m.Agent("directeur").Compte); err != nil {
		t.Fatal(err)
	}
	if r := m.Post("directeur", "/ma-cle/application", url.Values{"code": {code}}); !strings.Contains(r.Body, "Une clé vous est attribuée") {
		t.Errorf("control: a key on its way does not come first: %d", r.Code)
	}
	if _, err := m.Tx.Exec(t.Context(), `delete from cle where numero_serie = 'T-1'`); err != nil {
		t.Fatal(err)
	}
	m.Get("directeur", "/ma-cle/application")
	if r := m.Post("directeur", "/ma-cle/application", url.Values{"code": {code}}); r.Code != http.StatusSeeOther {
		t.Fatalf("%d\n%s", r.Code, r.Body)
	}
	if got := former(); got != "suspendue remplacee" {
		t.Errorf("the former key is %q", got)
	}
	if _, err := m.Site.Gate.Code(t.Context(), m.Site.Visite(httptest.NewRequest(http.MethodPost, "/connexion/cle", nil)), m.Agent("directeur").Compte, "x", code); err == nil {
		t.Error("the code that put it in service serves again")
	}
	if r := m.Get("directeur", "/ma-cle"); !strings.Contains(r.Body, "Application") || !strings.Contains(r.Body, "nouvelle clé en service") {
		t.Error("the page does not show it")
	}
}

// The secret of a key prepared is shown again beside a wrong code, but to nobody who sits down at a screen left open: the
// proof asked for to open the page is asked for again.
func TestPreparedKeyIsNotShownWithoutAProof(t *testing.T) {
	m := fixture.New(t)
	secret := regexp.MustCompile(`[A-Z2-7]{4}( ?[A-Z2-7]{4}){7}`).FindString(m.Get("directeur", "/ma-cle/application").Body)
	if secret == "" {
		t.Fatal("no key is prepared")
	}
	wrong := url.Values{"code": {"000000"}}
	if r := m.Post("directeur", "/ma-cle/application", wrong); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, secret) {
		t.Errorf("just after the proof: %d", r.Code)
	}
	m.Attendre(6 * time.Minute)
	for _, form := range []url.Values{wrong, {"code": {""}}} {
		r := m.Post("directeur", "/ma-cle/application", form)
		if strings.Contains(r.Body, secret) || !strings.Contains(r.Body, "Confirmez que c’est vous") {
			t.Errorf("six minutes later, code %q: %d", form.Get("code"), r.Code)
		}
	}
	code := m.Armer("directeur")
	proved := url.Values{"code": {"000000"}, "preuve_mot_de_passe": {fixture.MotDePasse}, "preuve_code": {code()}}
	if r := m.Post("directeur", "/ma-cle/application", proved); !strings.Contains(r.Body, secret) {
		t.Errorf("proved again: %d", r.Code)
	}
}
