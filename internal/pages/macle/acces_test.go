package macle_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/passkey"
	"base-eleves/internal/domain/passkey/passkeytest"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/fixture"
)

// hote is the host of httptest's requests.
const hote = "example.com"

var optionsShape = regexp.MustCompile(`data-options="([^"]*)"`)

// asked is what a page asks of the browser's device, "" for nothing.
func asked(body string) string {
	found := optionsShape.FindStringSubmatch(body)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

// add registers a device.
func add(t *testing.T, m *fixture.Monde, agent, nom string, a *passkeytest.Appareil) fixture.Reponse {
	t.Helper()
	return m.Post(agent, "/ma-cle/acces", url.Values{"nom": {nom}, "acces": {a.Creer(asked(m.Get(agent, "/ma-cle/acces").Body))}})
}

func accesDe(m *fixture.Monde, agent, nom string) (id string) {
	m.Helper()
	return fixture.Valeur[string](m, `select k.id::text from cle k join cle_acces a on a.cle_id = k.id where k.compte_id = $1 and a.nom = $2`,
		m.Agent(agent).Compte, nom)
}

// Every role adds a passkey after a fresh proof, sees it by its name, and is told of it; the journal says so.
func TestPasskeyIsAdded(t *testing.T) {
	m := fixture.New(t)
	for _, agent := range []string{"directeur", "mairie", "ien", "ia", "service"} {
		m.Oublier(agent)
		if r := add(t, m, agent, "Téléphone", passkeytest.New(t, hote)); r.Code != http.StatusSeeOther {
			t.Fatalf("%s: %d\n%s", agent, r.Code, r.Body)
		}
		page := html.UnescapeString(m.Get(agent, "/ma-cle").Body)
		if !strings.Contains(page, "Téléphone") || !strings.Contains(page, "Jamais") || !strings.Contains(page, "clé d’accès ajoutée") {
			t.Errorf("%s: the page does not show it", agent)
		}
	}
	if got := fixture.Valeur[int](m, `select count(*)::int from journal where acte = 'ajouter_cle_acces'`); got != 5 {
		t.Errorf("%d lines in the journal, want 5", got)
	}
	m.Attendre(10 * time.Minute)
	if page := m.Get("directeur", "/ma-cle/acces").Body; asked(page) != "" && !strings.Contains(page, "Confirmez que c’est vous") {
		t.Error("ten minutes after the log-in no proof is asked")
	}
}

// What a browser answers is judged: another site, another page of ours, another person, twice the same; each has its control.
func TestPasskeyThatIsNotAdded(t *testing.T) {
	const refused = "n’a pas donné de clé d’accès valable"
	m := fixture.New(t)
	for name, alter := range map[string]func(*passkeytest.Appareil){
		"another origin": func(a *passkeytest.Appareil) { a.Origine = "http://attaque.example" },
		"another host":   func(a *passkeytest.Appareil) { a.Hote = "attaque.example" },
		"nobody there":   func(a *passkeytest.Appareil) { a.Drapeaux = 0 },
	} {
		a := passkeytest.New(t, hote)
		alter(a)
		if r := add(t, m, "directeur", name, a); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, refused) {
			t.Errorf("%s: %d", name, r.Code)
		}
	}
	a := passkeytest.New(t, hote)
	question := asked(m.Get("directeur", "/ma-cle/acces").Body)
	answer := a.Creer(question)
	if r := m.Post("mairie", "/ma-cle/acces", url.Values{"nom": {"x"}, "acces": {answer}}); !strings.Contains(r.Body, refused) {
		t.Errorf("answered by another: %d", r.Code)
	}
	if r := m.Post("directeur", "/ma-cle/acces", url.Values{"nom": {""}, "acces": {answer}}); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("without a name: %d", r.Code)
	}
	if r := m.Post("directeur", "/ma-cle/acces", url.Values{"nom": {"x"}}); !strings.Contains(r.Body, "n’a pas créé de clé d’accès") {
		t.Errorf("by a browser that cannot: %d", r.Code)
	}
	if r := m.Post("directeur", "/ma-cle/acces", url.Values{"nom": {"x"}, "acces": {a.Prouver(question)}}); !strings.Contains(r.Body, refused) {
		t.Errorf("a proof in the place of a key: %d", r.Code)
	}
	m.Attendre(5*time.Minute - time.Second) // the log-in proves for five minutes
	late := asked(m.Get("directeur", "/ma-cle/acces").Body)
	m.Attendre(2 * time.Second)
	code := m.Armer("directeur")
	proved := url.Values{"nom": {"x"}, "preuve_mot_de_passe": {fixture.MotDePasse}, "preuve_code": {code()}}
	m.Attendre(5 * time.Minute)
	proved.Set("preuve_code", code())
	proved.Set("acces", a.Creer(late))
	if r := m.Post("directeur", "/ma-cle/acces", proved); !strings.Contains(r.Body, refused) {
		t.Errorf("five minutes late: %d", r.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*)::int from cle_acces`); n != 0 {
		t.Errorf("%d passkeys are in service", n)
	}
	question = asked(m.Get("directeur", "/ma-cle/acces").Body)
	if r := m.Post("directeur", "/ma-cle/acces", url.Values{"nom": {"Téléphone"}, "acces": {a.Creer(question)}}); r.Code != http.StatusSeeOther {
		t.Fatalf("control: %d\n%s", r.Code, r.Body)
	}
	if r := m.Post("directeur", "/ma-cle/acces", url.Values{"nom": {"x"}, "acces": {passkeytest.New(t, hote).Creer(question)}}); !strings.Contains(r.Body, refused) {
		t.Errorf("to a question already answered: %d", r.Code)
	}
	if r := add(t, m, "directeur", "Le même", a); !strings.Contains(r.Body, "déjà enregistrée") {
		t.Errorf("twice the same: %d", r.Code)
	}
	if r := add(t, m, "directeur voisin", "Le même", a); !strings.Contains(r.Body, "déjà enregistrée") {
		t.Errorf("that of another: %d", r.Code)
	}
	for i := range 9 {
		if r := add(t, m, "directeur", "n"+strconv.Itoa(i), passkeytest.New(t, hote)); r.Code != http.StatusSeeOther {
			t.Fatalf("number %d: %d", i+2, r.Code)
		}
	}
	if r := add(t, m, "directeur", "onze", passkeytest.New(t, hote)); !strings.Contains(r.Body, "Vous avez déjà dix clés d’accès") {
		t.Errorf("an eleventh: %d", r.Code)
	}
}

// One removes a passkey of one's own, in service, and never the last key that lets one in.
func TestPasskeyIsRemoved(t *testing.T) {
	m := fixture.New(t)
	a := passkeytest.New(t, hote)
	add(t, m, "directeur", "Téléphone", a)
	one := accesDe(m, "directeur", "Téléphone")
	remove := func(agent, id string) int { return m.Post(agent, "/ma-cle/acces/"+id+"/retirer", nil).Code }
	if r := m.Post("directeur", "/ma-cle/acces/"+one+"/retirer", nil); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, "C’est votre seule clé") {
		t.Errorf("the last one: %d", r.Code)
	}
	add(t, m, "directeur", "Bureau", passkeytest.New(t, hote))
	if got := remove("directeur voisin", one); got != http.StatusNotFound {
		t.Errorf("by another: %d", got)
	}
	if _, err := m.Tx.Exec(t.Context(), `update cle set etat = 'suspendue', motif = 'demande' where id = $1`, one); err != nil {
		t.Fatal(err)
	}
	if got := remove("directeur", one); got != http.StatusNotFound {
		t.Errorf("suspended by the service: %d", got)
	}
	if _, err := m.Tx.Exec(t.Context(), `update cle set etat = 'remise', motif = '' where id = $1`, one); err != nil {
		t.Fatal(err)
	}
	if got := remove("directeur", one); got != http.StatusSeeOther {
		t.Fatalf("%d", got)
	}
	if page := html.UnescapeString(m.Get("directeur", "/ma-cle").Body); strings.Contains(page, "Téléphone") || !strings.Contains(page, "clé d’accès retirée") {
		t.Error("the page still shows it, or does not tell")
	}
	if got := remove("directeur", one); got != http.StatusNotFound {
		t.Errorf("again: %d", got)
	}
	if r := add(t, m, "directeur", "Retour", a); !strings.Contains(r.Body, "déjà enregistrée") {
		t.Errorf("what was removed comes back: %d", r.Code)
	}
	if got := remove("directeur", accesDe(m, "directeur", "Bureau")); got != http.StatusUnprocessableEntity {
		t.Errorf("the last one: %d", got)
	}
	if got := fixture.Valeur[int](m, `select count(*)::int from journal where acte = 'retirer_cle_acces'`); got != 1 {
		t.Errorf("%d lines in the journal", got)
	}
}

// Where an act asks again who one is, a passkey stands in for the code, beside the password and never without it.
func TestPasskeyProvesAgain(t *testing.T) {
	m := fixture.New(t)
	code := m.Armer("directeur")
	a := passkeytest.New(t, hote)
	add(t, m, "directeur", "Téléphone", a)
	m.Attendre(10 * time.Minute)
	question := m.Get("directeur", "/ma-cle/application").Body
	if !strings.Contains(question, "Utiliser ma clé d’accès à la place du code") {
		t.Fatal("the page does not offer it")
	}
	prove := func(motDePasse, acces string) fixture.Reponse {
		return m.Post("directeur", "/session/preuve", url.Values{"preuve_mot_de_passe": {motDePasse}, "preuve_acces": {acces}, "preuve_suite": {"/ma-cle/application"}})
	}
	r := prove("", a.Prouver(asked(question)))
	if r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, "Indiquez votre mot de passe") {
		t.Errorf("without the password: %d", r.Code)
	}
	answer := a.Prouver(asked(r.Body))
	if r = prove("ce n’est pas lui du tout", answer); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("with a wrong password: %d", r.Code)
	}
	if r = prove(fixture.MotDePasse, answer); r.Code != http.StatusSeeOther || r.Header.Get("Location") != "/ma-cle/application" {
		t.Fatalf("%d\n%s", r.Code, r.Body)
	}
	if r = prove(fixture.MotDePasse, answer); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("the same answer again: %d", r.Code)
	}
	if !secretShape.MatchString(m.Get("directeur", "/ma-cle/application").Body) {
		t.Error("the proof does not open the page")
	}
	m.Attendre(10 * time.Minute)
	m.Get("directeur", "/ma-cle/application")
	r = m.Post("directeur", "/session/preuve", url.Values{"preuve_mot_de_passe": {fixture.MotDePasse}, "preuve_code": {code()}, "preuve_suite": {"/ma-cle"}})
	if r.Code != http.StatusSeeOther {
		t.Errorf("control: the code does not prove any more: %d", r.Code)
	}
}

// Of fifty answers to the same challenge at the same time, by a device that does not count, one is taken.
func TestOnePasskeyAnswerFiftyTimes(t *testing.T) {
	m, _ := fixture.NewClone(t)
	a := passkeytest.New(t, hote)
	a.Muet = true
	if r := add(t, m, "directeur", "Téléphone", a); r.Code != http.StatusSeeOther {
		t.Fatalf("%d\n%s", r.Code, r.Body)
	}
	partie, _ := passkey.PartieDe("http://" + hote)
	defi := passkey.Defi("a challenge of thirty-two bytes.")
	question, err := m.Site.Gate.DemanderAcces(t.Context(), partie, defi, m.Agent("directeur").Compte)
	if err != nil {
		t.Fatal(err)
	}
	answer := compte.Acces{Partie: partie, Defi: defi, Reponse: a.Prouver(question)}
	var taken atomic.Int32
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			v := compte.Visite{Adresse: "192.0.2." + strconv.Itoa(i), Maintenant: m.Heure}
			_, err := m.Site.Gate.Acces(t.Context(), v, m.Agent("directeur").Compte, "agent."+strconv.Itoa(i), answer)
			if err == nil {
				taken.Add(1)
			} else if _, refused := refusal.As(err); !refused {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := taken.Load(); n != 1 {
		t.Errorf("%d are taken, want 1", n)
	}
}
