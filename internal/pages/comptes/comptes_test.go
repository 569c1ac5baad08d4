package comptes_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"base-eleves/internal/fixture"
	"base-eleves/internal/postgres/postgrestest"
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

// Whoever asks does not decide, and nobody decides for himself (ACL-11): the service asks, one of the IA grants what another
// has asked for.
func TestFourEyes(t *testing.T) {
	m := fixture.New(t)
	adresse, _ := creer(m, nouvelle())
	h := habilitation(m, adresse)
	m.Heure = m.Heure.Add(time.Minute)
	if body := m.Get("ia", "/comptes/habilitations").Body; !strings.Contains(body, h) || !strings.Contains(body, "LE GOFF") {
		t.Error("the IA does not see the demand")
	}
	if got := m.Post("service", "/comptes/habilitations", url.Values{"id": {h}}); got.Code != http.StatusForbidden {
		t.Errorf("the service grants: %d", got.Code)
	}
	if got := m.Post("ia voisine", "/comptes/habilitations", url.Values{"id": {h}}); got.Code != http.StatusNotFound {
		t.Errorf("the IA of another département: %d", got.Code)
	}
	if got := m.Post("ia", "/comptes/habilitations", url.Values{"id": {h}}); got.Code != http.StatusSeeOther {
		t.Errorf("the IA: %d %s", got.Code, alert(got.Body))
	}
	if n := fixture.Valeur[int](m, `select count(*) from habilitation where id = $1 and etat = 'accordee' and decidee_par <> demandee_par`, h); n != 1 {
		t.Error("it is not granted")
	}
	if got := m.Post("ia", adresse+"/habilitation", url.Values{"role": {"ien"}, "territoire": {"0651044G"}, "debut": {"20112026"}}); got.Code != http.StatusSeeOther {
		t.Fatalf("the IA asks: %d %s", got.Code, alert(got.Body))
	}
	asked := fixture.Valeur[string](m, `select id::text from habilitation where role = 'ien' and etat = 'demandee'`)
	got := m.Post("ia", "/comptes/habilitations", url.Values{"id": {asked}})
	if got.Code != http.StatusUnprocessableEntity || !strings.Contains(got.Body, "Une autre personne de l’inspection académique décide") {
		t.Errorf("he grants what he asked for: %d", got.Code)
	}
	if got := m.Post("ia adjointe", "/comptes/habilitations/refuser", url.Values{"id": {asked}, "motif": {"personne"}}); got.Code != http.StatusSeeOther {
		t.Errorf("his colleague refuses: %d %s", got.Code, alert(got.Body))
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where acte in ('creer_compte', 'demander_habilitation', 'accorder_habilitation', 'refuser_habilitation')`); n != 5 {
		t.Errorf("%d lines in the journal", n)
	}
}

// What is granted opens at once, what is withdrawn closes at once (ACL-8).
func TestWithdrawnAtOnce(t *testing.T) {
	m := fixture.New(t)
	h, c := m.Agent("directeur").Habilitation.String(), m.Agent("directeur").Compte.String()
	if got := m.Get("directeur", "/classes"); got.Code != http.StatusOK {
		t.Fatal(got.Code)
	}
	if got := m.Post("service", "/comptes/"+c+"/habilitations/"+h+"/retirer", url.Values{}); got.Code != http.StatusConflict && got.Code != http.StatusUnprocessableEntity {
		t.Errorf("the service withdraws what the IA granted: %d", got.Code)
	}
	if got := m.Post("ia", "/comptes/"+c+"/habilitations/"+h+"/retirer", url.Values{}); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, alert(got.Body))
	}
	if got := m.Get("directeur", "/classes"); got.Code != http.StatusSeeOther {
		t.Errorf("it still opens: %d", got.Code)
	}
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

// A director changes school on the first of September: the old habilitation ends the day before, once the new is granted.
func TestChangeOfSchoolWithoutAGap(t *testing.T) {
	m := fixture.New(t)
	c, h := m.Agent("directeur").Compte.String(), m.Agent("directeur").Habilitation.String()
	form := url.Values{"role": {"directeur"}, "territoire": {fixture.Voisine}, "debut": {"01092027"}, "remplace_id": {h}}
	if got := m.Post("service", "/comptes/"+c+"/habilitation", form); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, alert(got.Body))
	}
	asked := fixture.Valeur[string](m, `select id::text from habilitation where compte_id = $1 and etat = 'demandee'`, c)
	if fin := fixture.Valeur[*time.Time](m, `select fin from habilitation where id = $1`, h); fin != nil {
		t.Error("a demand ends what is open")
	}
	if got := m.Post("ia", "/comptes/habilitations", url.Values{"id": {asked}}); got.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", got.Code, alert(got.Body))
	}
	for day, want := range map[string]string{"2027-08-31": fixture.Ecole, "2027-09-01": fixture.Voisine} {
		if got := fixture.Valeur[string](m, `select string_agg(ecole_uai, ' ') from habilitation where compte_id = $1 and etat = 'accordee'
			and debut <= $2::date and (fin is null or $2::date <= fin)`, c, day); got != want {
			t.Errorf("on %s: %s", day, got)
		}
	}
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

// Who administers accounts, keys and their journal does not use the data, and the reverse (AUD-10): no account is the
// service's and another's in the same days, unless the one ends as the other begins.
func TestServiceIsApartFromTheData(t *testing.T) {
	const apart = "Qui administre les comptes ne lit pas les dossiers."
	m := fixture.New(t)
	ask := func(agent, role, territoire string, more url.Values) fixture.Reponse {
		form := url.Values{"role": {role}, "territoire": {territoire}, "debut": {"01092027"}}
		for name, v := range more {
			form[name] = v
		}
		return m.Post("ia", "/comptes/"+m.Agent(agent).Compte.String()+"/habilitation", form)
	}
	if r := ask("directeur", "service", "", nil); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, apart) {
		t.Errorf("a directeur in the service: %d", r.Code)
	}
	if r := ask("service", "directeur", fixture.Voisine, nil); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, apart) {
		t.Errorf("one of the service who directs a school: %d", r.Code)
	}
	if r := ask("directeur", "ien", "0651044G", nil); r.Code != http.StatusSeeOther {
		t.Errorf("a directeur who is also IEN: %d %s", r.Code, alert(r.Body))
	}
	h := m.Agent("directeur voisin").Habilitation.String()
	if r := ask("directeur voisin", "service", "", url.Values{"remplace_id": {h}}); r.Code != http.StatusSeeOther {
		t.Errorf("a directeur who leaves for the service: %d %s", r.Code, alert(r.Body))
	}
}
