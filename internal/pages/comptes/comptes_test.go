package comptes_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

var (
	secret = regexp.MustCompile(`[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{5}-[A-Z2-7]{5}`)
	compte = regexp.MustCompile(`/comptes/[0-9a-f-]{36}`)
)

// nouvelle is what the service types for a new directrice.
func nouvelle() url.Values {
	return url.Values{"civilite": {"Mme"}, "prenom": {"Maïté"}, "nom": {"Le Goff"}, "role": {"directeur"}, "territoire": {fixture.Ecole}, "debut": {"20112026"}}
}

// creer opens her account, and returns its address and the secret of the letter.
func creer(m *fixture.Monde, form url.Values) (adresse, lettre string) {
	m.Helper()
	got := m.Post("service", "/comptes/nouveau", form)
	if got.Code != http.StatusSeeOther || got.Header.Get("Location") != "/comptes/lettres" {
		m.Fatalf("create: %d %s", got.Code, alert(got.Body))
	}
	body := m.Get("service", "/comptes/lettres").Body
	return compte.FindString(body), secret.FindString(body)
}

func alert(body string) string {
	_, after, _ := strings.Cut(body, `role="alert"`)
	return after[:min(len(after), 600)]
}

// habilitation is the one that an account holds or waits for.
func habilitation(m *fixture.Monde, adresse string) string {
	m.Helper()
	return fixture.Valeur[string](m, `select id::text from habilitation where compte_id = $1 order by debut desc limit 1`, strings.TrimPrefix(adresse, "/comptes/"))
}

func TestSuspendAndReopen(t *testing.T) {
	m := fixture.New(t)
	a := "/comptes/" + m.Agent("directeur").Compte.String()
	if got := m.Post("service", a+"/suspendre", url.Values{}); got.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a reason: %d", got.Code)
	}
	if got := m.Post("service", a+"/suspendre", url.Values{"motif": {"depart"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, alert(got.Body))
	}
	if got := m.Get("directeur", "/classes"); got.Code != http.StatusSeeOther {
		t.Errorf("a suspended account still reads: %d", got.Code)
	}
	if body := m.Get("service", a).Body; !strings.Contains(body, "Suspendu depuis le") || !strings.Contains(body, "départ ou changement") {
		t.Error("the page does not say since when, and why")
	}
	if got := m.Post("ia", a+"/reactiver", url.Values{}); got.Code != http.StatusForbidden {
		t.Errorf("the IA reopens: %d", got.Code)
	}
	if got := m.Post("service", a+"/reactiver", url.Values{}); got.Code != http.StatusSeeOther {
		t.Errorf("reopen: %d", got.Code)
	}
	if got := m.Post("service", "/comptes/"+m.Agent("service").Compte.String()+"/suspendre", url.Values{"motif": {"depart"}}); got.Code < 400 {
		t.Errorf("he suspends himself: %d", got.Code)
	}
}

// An identifier is nominative or drawn at random; two of one name get two; none is the number of a school or of a commune (AUT-1).
func TestIdentifiers(t *testing.T) {
	m := fixture.New(t)
	taken := func(form url.Values) string {
		adresse, _ := creer(m, form)
		return fixture.Valeur[string](m, `select identifiant from compte where id = $1`, strings.TrimPrefix(adresse, "/comptes/"))
	}
	hasard := nouvelle()
	hasard.Set("hasard", "true")
	for _, tt := range []struct {
		form url.Values
		want string
	}{{nouvelle(), `^maite\.le-goff$`}, {nouvelle(), `^maite\.le-goff2$`}, {hasard, `^agent-[a-z2-7]{8}$`}} {
		if got := taken(tt.form); !regexp.MustCompile(tt.want).MatchString(got) {
			t.Errorf("got %q, want %s", got, tt.want)
		}
	}
	for _, public := range []string{"0659001F", "65440", "agent.1"} {
		form := nouvelle()
		form.Set("identifiant", public)
		if got := m.Post("service", "/comptes/nouveau", form); got.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", public, got.Code)
		}
	}
}

func TestNewAccountIsRefused(t *testing.T) {
	m := fixture.New(t)
	for name, tt := range map[string]struct{ field, value, says string }{
		"no name":              {"nom", "", "Indiquez le nom."},
		"a foreign school":     {"territoire", fixture.Lointaine, "Aucun territoire de votre département"},
		"no territory":         {"territoire", "", "Indiquez l’école"},
		"several answer":       {"territoire", "École", "Plusieurs territoires répondent"},
		"ends before it opens": {"fin", "19112026", "La fin vient après le début."},
		"an unknown role":      {"role", "statistique", "Choisissez le rôle."},
	} {
		form := nouvelle()
		form.Set(tt.field, tt.value)
		if got := m.Post("service", "/comptes/nouveau", form); got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, tt.says) {
			t.Errorf("%s: %d %s", name, got.Code, alert(got.Body))
		}
	}
	if n := fixture.Valeur[int](m, `select count(*) from compte where nom = 'Le Goff'`); n != 0 {
		t.Errorf("%d accounts were opened", n)
	}
}

// The IA and the service of a département see its accounts, and no other; filters narrow.
func TestList(t *testing.T) {
	m := fixture.New(t)
	creer(m, nouvelle())
	for path, want := range map[string][2]string{
		"/comptes":                           {"CLAIRE FABRE", "EVA LASSERRE"},
		"/comptes?q=jaures":                  {"CLAIRE FABRE", "ROSE SARRAT"},
		"/comptes?q=maite.le":                {"LE GOFF Maïté", "CLAIRE FABRE"},
		"/comptes?role=mairie":               {"ROSE SARRAT", "CLAIRE FABRE"},
		"/comptes?etat=a_accorder":           {"LE GOFF Maïté", "CLAIRE FABRE"},
		"/comptes?etat=jamais":               {"LE GOFF Maïté", "EVA LASSERRE"},
		"/comptes?ecole=" + fixture.Ecole:    {"CLAIRE FABRE", "ROSE SARRAT"},
		"/comptes?commune=" + fixture.Tarbes: {"PAUL LAFFORGUE", "ROSE SARRAT"},
	} {
		for _, agent := range []string{"service", "ia"} {
			if body := m.Get(agent, path).Body; !strings.Contains(body, want[0]) || strings.Contains(body, want[1]) {
				t.Errorf("%s %s: wants %s, not %s", agent, path, want[0], want[1])
			}
		}
	}
	if body := m.Get("service", "/comptes.csv").Body; !strings.Contains(body, "maite.le-goff") || strings.Contains(body, "argon2") {
		t.Error("the file is not the list")
	}
}
