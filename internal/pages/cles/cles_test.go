package cles_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/uuid"

	"base-eleves/internal/domain/otp"
	"base-eleves/internal/fixture"
)

const (
	secret  = "3132333435363738393031323334353637383930"
	entetes = "numero_serie;type;chiffres;pas;secret;algorithme\n"
	bon     = entetes + "HP-0001;TOTP;6;30;" + secret + ";SHA1\nHP-0002;HOTP;6;;" + secret + ";SHA1\n"
)

// deposer sends a vendor's file, and returns what the next page says.
func deposer(m *fixture.Monde, agent, contenu string) (depot string, r fixture.Reponse) {
	m.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_ = form.WriteField("jeton", m.Jeton(agent))
	part, err := form.CreateFormFile("fichier", "fournisseur.csv")
	if err == nil {
		_, err = part.Write([]byte(contenu))
	}
	if err != nil || form.Close() != nil {
		m.Fatal(err)
	}
	q := httptest.NewRequest(http.MethodPost, "/cles/import", &body)
	q.Header.Set("Content-Type", form.FormDataContentType())
	q.AddCookie(m.Cookie(agent))
	w := httptest.NewRecorder()
	m.App.ServeHTTP(w, q)
	depot = w.Header().Get("Location")
	if depot == "" {
		return "", fixture.Reponse{Code: w.Code, Body: w.Body.String()}
	}
	return depot, m.Get(agent, depot)
}

// stock puts two keys in stock, and returns the address of the first.
func stock(m *fixture.Monde) string {
	m.Helper()
	depot, _ := deposer(m, "service", bon)
	if r := m.Post("service", depot, nil); r.Code != http.StatusSeeOther {
		m.Fatalf("%d %s", r.Code, r.Body)
	}
	return "/cles/" + fixture.Valeur[string](m, `select id::text from cle where numero_serie = 'HP-0001'`)
}

func TestImporter(t *testing.T) {
	m := fixture.New(t)
	depot, r := deposer(m, "service", bon)
	fixture.Shows(t, r.Body, []string{"fournisseur.csv", "2\u00a0lignes lues", "HP-0001", "Clé à horloge", "HP-0002", "Clé à bouton"}, []string{secret})
	if n := fixture.Valeur[int](m, `select count(*) from cle`); n != 0 {
		t.Errorf("%d keys came in before the file was confirmed", n)
	}
	if n := fixture.Valeur[int](m, `select count(*) from depot_cle where position('123456789' in encode(contenu, 'escape')) > 0`); n != 0 {
		t.Error("the file waits in clear")
	}
	if r := m.Get("service voisin", depot); r.Code != http.StatusNotFound {
		t.Errorf("the file of another: %d", r.Code)
	}
	m.Post("service", depot, nil)
	if r := m.Post("service", depot, nil); r.Code != http.StatusNotFound {
		t.Errorf("the same file again: %d", r.Code)
	}
	r = m.Get("service", "/cles?etat=stock&q=0002")
	fixture.Shows(t, r.Body, []string{"HP-0002"}, []string{"HP-0001", secret})
	fixture.Shows(t, m.Get("service voisin", "/cles").Body, []string{"Aucune clé ne répond"}, []string{"HP-0002"})
	_, r = deposer(m, "service", bon)
	fixture.Shows(t, r.Body, []string{"2\u00a0erreurs", "Une clé porte déjà ce numéro de série."}, []string{"Entrer en stock", secret})
}

// A bad file changes nothing, says where it is wrong, and shows no secret.
func TestImporterUnFichierFaux(t *testing.T) {
	m := fixture.New(t)
	depot, r := deposer(m, "service", bon+"HP-0003;TOTP;7;30;"+secret+"X;SHA1\n")
	fixture.Shows(t, r.Body, []string{"Ligne", "chiffres", "Écrivez 6 ou 8.", "(masquée)"}, []string{secret, "Entrer en stock"})
	if r := m.Post("service", depot, nil); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("applied all the same: %d", r.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from cle`); n != 0 {
		t.Errorf("%d keys came in", n)
	}
	if _, r := deposer(m, "service", "nom;prenom\nx;y\n"); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, `role="alert"`) {
		t.Errorf("no vendor's file: %d", r.Code)
	}
}

var version = regexp.MustCompile(`name="version" value="([0-9]+)"`)

// faire posts an act on a key, at the version that its page shows.
func faire(m *fixture.Monde, cle, geste string, form url.Values) fixture.Reponse {
	m.Helper()
	page := m.Get("service", cle)
	v := version.FindStringSubmatch(page.Body)
	if v == nil {
		m.Fatalf("no act is offered on %s", cle)
	}
	if form == nil {
		form = url.Values{}
	}
	form.Set("version", v[1])
	return m.Post("service", cle+"/"+geste, form)
}

func etat(m *fixture.Monde) string {
	return fixture.Valeur[string](m, `select etat from cle where numero_serie = 'HP-0001'`)
}

func TestDeLAttributionALaRemise(t *testing.T) {
	m := fixture.New(t)
	cle := stock(m)
	for _, tt := range []struct{ identifiant, motif string }{
		{"", "Indiquez l’identifiant du titulaire."},
		{"personne.ici", "Aucun compte de votre département ne porte cet identifiant."},
		{"agent.10", "Aucun compte de votre département ne porte cet identifiant."}, // of the Gers
	} {
		r := faire(m, cle, "attribuer", url.Values{"identifiant": {tt.identifiant}})
		if r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, tt.motif) {
			t.Errorf("%q: %d", tt.identifiant, r.Code)
		}
	}
	if r := faire(m, cle, "attribuer", url.Values{"identifiant": {"Agent.2"}}); r.Code != http.StatusSeeOther {
		t.Fatalf("attribuer: %d", r.Code)
	}
	fixture.Shows(t, m.Get("service", cle).Body, []string{"Claire Fabre", "Attribuée", "Reçu à signer", "Noter la remise"}, []string{"Recaler la clé"})
	fixture.Shows(t, m.Get("service", cle+"/recu").Body, []string{"Reçu de clé sécurisée", "HP-0001", "Claire Fabre", "Je ne la prête pas"}, []string{secret})
	if r := m.Get("service", cle+"/recu.pdf"); r.Code != http.StatusOK || !strings.HasPrefix(r.Body, "%PDF") {
		t.Errorf("recu.pdf: %d", r.Code)
	}
	if r := faire(m, cle, "remettre", nil); r.Code != http.StatusSeeOther || etat(m) != "remise" {
		t.Errorf("remettre: %d, %s", r.Code, etat(m))
	}
	if r := m.Post("service", cle+"/reprendre", url.Values{"version": {"3"}}); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("taken back once handed over: %d", r.Code)
	}
	if r := m.Post("service", cle+"/perdue", url.Values{"version": {"1"}}); r.Code != http.StatusConflict || etat(m) != "remise" {
		t.Errorf("from a page opened long ago: %d", r.Code)
	}
	if n := fixture.Valeur[int](m, `select count(*) from journal where objet = 'cle' and acte in ('attribuer_cle', 'remettre_cle', 'entrer_cles')`); n != 3 {
		t.Errorf("%d lines in the journal", n)
	}
}

// One who has not proved lately who he is gives no key; a lost one is taken out of service without a question.
func TestRemettreDemandeUnePreuve(t *testing.T) {
	m := fixture.New(t)
	cle := stock(m)
	faire(m, cle, "attribuer", url.Values{"identifiant": {"agent.2"}})
	m.Attendre(6 * 60e9)
	if r := faire(m, cle, "remettre", nil); r.Code != http.StatusOK || !strings.Contains(r.Body, "Confirmez que c’est vous") || etat(m) != "attribuee" {
		t.Errorf("handed over without a proof: %d, %s", r.Code, etat(m))
	}
	if r := faire(m, cle, "perdue", nil); r.Code != http.StatusSeeOther || etat(m) != "perdue" {
		t.Errorf("perdue: %d, %s", r.Code, etat(m))
	}
}

// A key whose clock is seven minutes late is set again by two codes read one after the other.
func TestRecaler(t *testing.T) {
	m := fixture.New(t)
	cle := stock(m)
	faire(m, cle, "attribuer", url.Values{"identifiant": {"agent.2"}})
	faire(m, cle, "remettre", nil)
	k := otp.Cle{Secret: []byte("12345678901234567890"), Algorithme: otp.SHA1, Chiffres: 6, Periode: 30}
	code := func(n int64) string {
		c, err := k.CodeDe(k.Pas(m.Heure) - 14 + n)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	for name, form := range map[string]url.Values{
		"that do not follow": {"code": {code(-3)}, "code_suivant": {code(0)}},
		"one alone":          {"code": {code(0)}},
	} {
		if r := m.Post("service", cle+"/recaler", form); r.Code != http.StatusUnprocessableEntity {
			t.Errorf("codes %s: %d", name, r.Code)
		}
	}
	if r := m.Post("service", cle+"/recaler", url.Values{"code": {code(-1)}, "code_suivant": {code(0)}}); r.Code != http.StatusSeeOther {
		t.Fatalf("recaler: %d %s", r.Code, r.Body)
	}
	fixture.Shows(t, m.Get("service", cle).Body, []string{"En retard de 420"}, nil)
	if r := m.Post("service", cle+"/recaler", url.Values{"code": {code(-1)}, "code_suivant": {code(0)}}); r.Code != http.StatusUnprocessableEntity {
		t.Errorf("by the same codes again: %d", r.Code)
	}
}

// A key taken out of service puts its holder out; another's loss does not (security.md AUT-16).
func TestPerteCoupeLesSessions(t *testing.T) {
	m := fixture.New(t)
	cle := stock(m)
	faire(m, cle, "attribuer", url.Values{"identifiant": {"agent.2"}})
	faire(m, cle, "remettre", nil)
	claire, paul := m.Agent("directeur").Compte, m.Agent("mairie").Compte
	for token, compte := range map[string]uuid.UUID{"claire": claire, "claire en chemin": claire, "paul": paul} {
		if _, err := m.Tx.Exec(t.Context(), `insert into sessions (token, data, expiry, compte_id) values ($1, 'x', now() + interval '1 hour', $2)`,
			token, compte); err != nil {
			t.Fatal(err)
		}
	}
	faire(m, cle, "perdue", nil)
	if got := fixture.Valeur[string](m, `select string_agg(token, ',') from sessions where terminee_par is null`); got != "paul" {
		t.Errorf("still open: %s", got)
	}
}

func TestUneCleInconnue(t *testing.T) {
	m := fixture.New(t)
	stock(m)
	for _, id := range []string{uuid.NewString(), "rien"} {
		if r := m.Get("service", "/cles/"+id); r.Code != http.StatusNotFound {
			t.Errorf("%s: %d", id, r.Code)
		}
	}
}

// An application given back never serves another: the telephone of its former holder still shows its codes. A box comes back
// in stock.
func TestAnApplicationDoesNotComeBackInStock(t *testing.T) {
	m := fixture.New(t)
	m.Armer("directeur") // an application
	app := "/cles/" + fixture.Valeur[string](m, `select id::text from cle where compte_id = $1`, m.Agent("directeur").Compte)
	state := func(path string) string {
		return fixture.Valeur[string](m, `select etat from cle where id = $1`, strings.TrimPrefix(path, "/cles/"))
	}
	act := func(path, geste string) fixture.Reponse {
		v := fixture.Valeur[string](m, `select version::text from cle where id = $1`, strings.TrimPrefix(path, "/cles/"))
		return m.Post("service", path+"/"+geste, url.Values{"version": {v}, "identifiant": {"agent.2"}})
	}
	box := stock(m)
	for _, geste := range []string{"attribuer", "remettre", "restituer", "ranger"} {
		if r := act(box, geste); r.Code != http.StatusSeeOther {
			t.Fatalf("the box: %s: %d", geste, r.Code)
		}
	}
	if r := act(app, "restituer"); r.Code != http.StatusSeeOther {
		t.Fatalf("the application is given back: %d", r.Code)
	}
	if strings.Contains(m.Get("service", app).Body, app+"/ranger") {
		t.Error("the page offers it")
	}
	if r := act(app, "ranger"); r.Code != http.StatusUnprocessableEntity || !strings.Contains(r.Body, "ne revient pas en stock") {
		t.Errorf("%d", r.Code)
	}
	if state(app) != "restituee" || state(box) != "stock" {
		t.Errorf("the application is %s, the box %s", state(app), state(box))
	}
}
