package connexions_test

import (
	"bytes"
	"context"
	"html"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2/memstore"
	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/app"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/httpx"
	"base-eleves/internal/postgres/postgrestest"
	"base-eleves/internal/territoire"
)

const bon = "les vaches montent en estive"

// empreinteDeBon is hashed once for all the tests.
var empreinteDeBon = sync.OnceValues(func() (string, error) { return compte.Hacher(bon) })

// monde is the application in front of a base where Claire Fabre directs a school of Tarbes.
type monde struct {
	*testing.T
	app  app.App
	site *httpx.Site
	tx   pgx.Tx
	now  time.Time
	id   uuid.UUID
	cle  otp.Cle
}

const territoireSQL = `
	insert into academie (code, nom) values ('16', 'Toulouse');
	insert into departement (code, nom, academie_code) values ('65', 'Hautes-Pyrénées', '16');
	insert into commune (insee, nom, departement_code) values ('65440', 'Tarbes', '65'), ('65047', 'Aureilhan', '65');
	insert into ecole (uai, nom, type, secteur, commune_insee, departement_code)
		values ('0650001A', 'École Jean-Jaurès', 'elementaire', 'public', '65440', '65')`

func newMonde(t *testing.T) *monde {
	m := &monde{T: t, tx: postgrestest.Tx(t), now: time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC)}
	m.exec(territoireSQL)
	m.site = newSite(t, territoire.Dans(m.tx))
	m.site.Now = func() time.Time { return m.now }
	m.app = app.New(m.site)
	m.id, m.cle = m.compte("claire.fabre", "Claire", habilitation.Directeur, "0650001A")
	return m
}

func newSite(t *testing.T, db *territoire.DB) *httpx.Site {
	t.Helper()
	box, err := coffre.New(bytes.Repeat([]byte{7}, coffre.Taille))
	if err != nil {
		t.Fatal(err)
	}
	return &httpx.Site{
		DB: db, Sessions: httpx.NewSessions(memstore.New(), false), Coffre: box, Secret: box.Cle("formulaires"),
		Log: slog.New(slog.DiscardHandler),
	}
}

func (m *monde) exec(sql string, args ...any) {
	m.Helper()
	if _, err := m.tx.Exec(context.Background(), sql, args...); err != nil {
		m.Fatal(err)
	}
}

func valeur[T any](m *monde, sql string, args ...any) (v T) {
	m.Helper()
	if err := m.tx.QueryRow(context.Background(), sql, args...).Scan(&v); err != nil {
		m.Fatal(err)
	}
	return v
}

// compte makes an account of one habilitation, open from a year ago.
func (m *monde) compte(identifiant, prenom string, role habilitation.Role, code string) (uuid.UUID, otp.Cle) {
	m.Helper()
	empreinte, err := empreinteDeBon()
	if err != nil {
		m.Fatal(err)
	}
	n := compte.Nouveau{
		Identifiant: identifiant, Nom: "Fabre", Prenom: prenom, Empreinte: empreinte, Cle: otp.Nouvelle(), CreeLe: m.now,
		Habilitations: []compte.Mandat{{Role: role, Territoire: code, Debut: m.now.AddDate(-1, 0, 0)}},
	}
	id, err := compte.Creer(m.Context(), m.tx, m.site.Coffre, n)
	if err != nil {
		m.Fatal(err)
	}
	return id, n.Cle
}

// code is what Claire's key shows next: each log-in needs a new one.
func (m *monde) code() string {
	m.Helper()
	m.now = m.now.Add(30 * time.Second)
	code, err := m.cle.Code(m.now)
	if err != nil {
		m.Fatal(err)
	}
	return code
}

// navigateur keeps its cookies and the token of the last form it was shown, as a browser without a script does.
type navigateur struct {
	*monde
	cookies map[string]string
	jeton   string
}

func (m *monde) navigateur() *navigateur {
	return &navigateur{monde: m, cookies: map[string]string{}}
}

// reponse is what the application answered.
type reponse struct {
	code   int
	body   string
	header http.Header
}

func (r reponse) vers() string { return r.header.Get("Location") }

var jetonShape = regexp.MustCompile(`name="jeton" value="([^"]+)"`)

func (n *navigateur) get(path string) reponse {
	n.Helper()
	return n.send(httptest.NewRequest(http.MethodGet, path, nil))
}

// post sends a form: pairs of name and value, with the token of the last page.
func (n *navigateur) post(path string, pairs ...string) reponse {
	n.Helper()
	values := url.Values{"jeton": {n.jeton}}
	for i := 0; i < len(pairs); i += 2 {
		values.Set(pairs[i], pairs[i+1])
	}
	return n.send(form(path, values))
}

func form(path string, values url.Values) *http.Request {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func (n *navigateur) send(r *http.Request) reponse {
	n.Helper()
	for name, value := range n.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	n.app.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		n.cookies[c.Name] = c.Value
		if c.MaxAge < 0 {
			delete(n.cookies, c.Name)
		}
	}
	if found := jetonShape.FindStringSubmatch(w.Body.String()); found != nil {
		n.jeton = html.UnescapeString(found[1])
	}
	return reponse{w.Code, html.UnescapeString(w.Body.String()), w.Header()}
}

// clone is the same browser before what follows: somebody who copied its cookies.
func (n *navigateur) clone() *navigateur {
	c := *n
	c.cookies = maps.Clone(n.cookies)
	return &c
}

// follows answers the redirection of a form that was accepted.
func (n *navigateur) follows(r reponse, path string) reponse {
	n.Helper()
	if r.code != http.StatusSeeOther || r.vers() != path {
		n.Fatalf("got %d to %q, want 303 to %q\n%s", r.code, r.vers(), path, r.body)
	}
	return n.get(path)
}

// password passes the first step.
func (n *navigateur) password(identifiant string) {
	n.Helper()
	n.get("/connexion")
	n.follows(n.post("/connexion", "identifiant", identifiant, "mot_de_passe", bon), "/connexion/cle")
}

// login passes both, as Claire.
func (n *navigateur) login() *navigateur {
	n.Helper()
	n.password("claire.fabre")
	if r := n.post("/connexion/cle", "code", n.code()); r.code != http.StatusSeeOther || r.vers() != "/" {
		n.Fatalf("got %d to %q\n%s", r.code, r.vers(), r.body)
	}
	return n
}

// inside tells whether the session opens a page that asks for a right.
func (n *navigateur) inside() bool {
	n.Helper()
	return n.get("/session/prolonger").code == http.StatusNoContent
}

// refused checks the answer to a form that was not accepted.
func (n *navigateur) refused(r reponse, sentence string) {
	n.Helper()
	if r.code != http.StatusUnprocessableEntity || !strings.Contains(r.body, `role="alert"`) || !strings.Contains(r.body, sentence) {
		n.Errorf("got %d, want 422 with an alert and %q\n%s", r.code, sentence, r.body)
	}
}
