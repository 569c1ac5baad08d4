package httpx

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Some acts ask the agent to prove again who he is: a screen may have been left open (security.md SES-5). He gives his
// password, and a code of his key or a passkey; the log-in counts as a proof. What he had asked for, or typed, then goes on by itself:
// a form comes back in hidden fields of the page that asks, so that nothing is typed twice. A file would not: no route
// that asks takes one.
const (
	keyPreuve     = "preuve" // when the agent last proved who he is, the log-in apart
	pathPreuve    = "/session/preuve"
	champSecret   = "preuve_mot_de_passe"
	champCode     = "preuve_code"
	champAcces    = "preuve_acces"
	usagePreuve   = "preuve"
	champSuite    = "preuve_suite"
	prefixePreuve = "preuve_"
)

// Delais are how old a proof may be, the youngest that each kind of act accepts.
const (
	// DelaiExport: a file of names leaves the base.
	DelaiExport = 10 * time.Minute
	// DelaiSecret: an INE shown whole, a key replaced, an act on many that cannot be undone.
	DelaiSecret = 5 * time.Minute
)

// Recente is the same router, whose pages ask for a proof not older than delai: the property stands beside the right.
func (rt Router) Recente(delai time.Duration) Router {
	rt.preuve = delai
	return rt
}

// prouvee asks for the proof before the page.
func (rt Router) prouvee(p Page) Page {
	if rt.preuve == 0 {
		return p
	}
	delai, s := rt.preuve, rt.site
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		if ok, err := s.Prouver(w, r, agent, delai); !ok {
			return err
		}
		return p(w, r, agent)
	}
}

// Prouver tells whether the agent has proved who he is within delai; if not it has answered, by asking him. A page whose
// act is grave only beyond some size calls it itself; others are registered with Recente.
func (s *Site) Prouver(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, delai time.Duration) (bool, error) {
	if s.Eprouve(r.Context(), agent, delai) {
		return true, nil
	}
	q := question{agent: agent, form: NewForm(nil), titre: "Confirmez que c’est vous"}
	if r.Method != http.MethodPost {
		q.action, q.saisie = pathPreuve, []ui.Option{{Label: champSuite, Value: r.URL.RequestURI()}}
		return false, s.demander(w, r, http.StatusOK, q)
	}
	q.saisie = emporter(r.PostForm)
	if !r.PostForm.Has(champCode) {
		return false, s.demander(w, r, http.StatusOK, q)
	}
	err := s.juger(r, agent, q.form)
	switch {
	case q.form.Err() != nil:
		return false, s.demander(w, r, http.StatusUnprocessableEntity, q)
	case err != nil:
		return false, err
	}
	oublier(r.PostForm, r.Form)
	return true, nil
}

// Eprouve tells whether the agent has proved who he is within delai, for a page whose form holds a secret that no other page
// may carry.
func (s *Site) Eprouve(ctx context.Context, agent habilitation.Agent, delai time.Duration) bool {
	return agent.Maintenant.Sub(s.prouveLe(ctx)) <= delai
}

// prouveLe is when the agent last proved who he is: at the log-in, or since.
func (s *Site) prouveLe(ctx context.Context) time.Time {
	if again := s.instant(ctx, keyPreuve); !again.IsZero() {
		return again
	}
	return s.instant(ctx, keyOpened)
}

// proveAgain takes the proofs asked for before a page, and opens it.
func (s *Site) proveAgain(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	suite := r.PostForm.Get(champSuite)
	q := question{agent: agent, form: NewForm(nil), titre: "Confirmez que c’est vous", action: pathPreuve,
		saisie: []ui.Option{{Label: champSuite, Value: suite}}}
	err := s.juger(r, agent, q.form)
	switch {
	case q.form.Err() != nil:
		return s.demander(w, r, http.StatusUnprocessableEntity, q)
	case err != nil:
		return err
	}
	return Redirect(w, r, Locale(suite))
}

// juger checks the proofs of a request. Right, they are noted in the session, under a new token (SES-2), and in the
// journal; wrong, f says why and the journal keeps that too. The error is neither.
func (s *Site) juger(r *http.Request, agent habilitation.Agent, f *Form) error {
	typed := Form{Values: r.PostForm}
	motDePasse, code, acces := r.PostForm.Get(champSecret), typed.Text(champCode), r.PostForm.Get(champAcces)
	if motDePasse == "" {
		f.Refuse(champSecret, "Indiquez votre mot de passe.")
	}
	if code == "" && acces == "" {
		f.Refuse(champCode, "Recopiez le code affiché par votre clé.")
	}
	if f.Err() != nil {
		return nil
	}
	ctx := r.Context()
	seconde := compte.Seconde{Code: code}
	if acces != "" {
		answer := s.Acces(r, usagePreuve, acces)
		seconde.Acces = &answer
	}
	err := s.Gate.Reprouver(ctx, s.Visite(r), agent.Compte, motDePasse, seconde)
	if why, ok := refusal.As(err); ok {
		f.Refuse(champs[why.Field], why.Motif)
		return s.noter(ctx, agent, journal.RefuserPreuve)
	}
	if err != nil {
		return err
	}
	if err := s.noter(ctx, agent, journal.Prouver); err != nil {
		return err
	}
	if err := s.Sessions.RenewToken(ctx); err != nil {
		return err
	}
	s.Sessions.Put(ctx, keyPreuve, agent.Maintenant.Format(time.RFC3339))
	return nil
}

// champs are the fields of the refusals of the gate, as this page calls them.
var champs = map[string]string{"mot_de_passe": champSecret, "code": champCode, "acces": champCode}

// noter writes a line of the journal of its own: a proof is one, whatever comes after it.
func (s *Site) noter(ctx context.Context, agent habilitation.Agent, acte journal.Acte) error {
	return s.DB.Ecrire(ctx, agent.Portee().MemeEnLecture(), func(tx territoire.Tx) error {
		journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "compte", ID: agent.Compte, Ecole: agent.Ecole})
		return nil
	})
}

// emporter is what the form held, for the page that asks to send it again with the proofs.
func emporter(form url.Values) []ui.Option {
	var kept []ui.Option
	for _, name := range slices.Sorted(maps.Keys(form)) {
		if name == "jeton" || strings.HasPrefix(name, prefixePreuve) {
			continue
		}
		for _, v := range form[name] {
			kept = append(kept, ui.Option{Label: name, Value: v})
		}
	}
	return kept
}

// oublier takes the proofs out of the form: the page never sees them, and its act has the same print without them.
func oublier(forms ...url.Values) {
	for _, form := range forms {
		for name := range form {
			if strings.HasPrefix(name, prefixePreuve) {
				delete(form, name)
			}
		}
	}
}

// question is the page that asks for the proofs.
type question struct {
	agent   habilitation.Agent
	form    *Form
	titre   string
	action  string      // "" for the address of the form that asked
	saisie  []ui.Option // what it held
	present *compte.DemoCompte
	acces   string // what his browser is asked, to prove that it holds a passkey; "" for none
}

func (s *Site) demander(w http.ResponseWriter, r *http.Request, status int, q question) error {
	if s.Demo && s.Comptes != nil {
		if err := s.souffler(r.Context(), &q); err != nil {
			return err
		}
	}
	acces, err := s.DemanderAcces(r, usagePreuve, q.agent.Compte)
	if err != nil {
		return err
	}
	q.acces = acces
	return s.Render(w, r, status, preuvePage(q))
}

// souffler has the page of a demo base say what its account would prove itself by.
func (s *Site) souffler(ctx context.Context, q *question) error {
	identifiant, err := s.Gate.Identifiant(ctx, q.agent.Compte)
	if err != nil {
		return err
	}
	comptes, err := s.Comptes.Comptes(ctx)
	for _, c := range comptes {
		if c.Identifiant == identifiant {
			q.present = &c
			q.form.Values.Set(champCode, c.Code)
		}
	}
	return err
}

func (q question) motDePasse() ui.Field {
	return q.form.Field(ui.Field{Name: champSecret, Label: "Mot de passe", Required: true, Width: ui.Medium, Autofocus: true})
}

// code is empty whatever was typed: a code serves once.
func (q question) code() ui.Field {
	return q.form.Field(ui.Field{Name: champCode, Label: "Code de la clé", Hint: "celui que votre clé affiche en ce moment", Required: true, MaxLength: 20})
}

// Visite is where a request comes from, as the gate counts attempts.
func (s *Site) Visite(r *http.Request) compte.Visite {
	v := compte.Visite{Adresse: s.adresse(r), Maintenant: s.Now()}
	if c, err := r.Cookie(s.NomAppareil()); err == nil {
		v.Appareil = c.Value
	}
	return v
}

// NomAppareil is the cookie of a browser that has already logged in; it goes where the session's goes.
func (s *Site) NomAppareil() string {
	if s.Sessions.Cookie.Secure {
		return "__Host-appareil"
	}
	return "appareil"
}

var errAilleurs = errors.New("httpx: an address of another site")

// Locale is a page of ours, whatever the address that a form or a link gives.
func Locale(suite string) string {
	if u, err := locale(suite); err == nil {
		return u.RequestURI()
	}
	return "/"
}

func locale(suite string) (*url.URL, error) {
	u, err := url.Parse(suite)
	if err != nil {
		return nil, err
	}
	foreign := u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(suite, "/") || strings.HasPrefix(suite, "//") ||
		strings.ContainsRune(suite, '\\') || strings.ContainsFunc(suite, unicode.IsControl)
	if foreign {
		return nil, errAilleurs
	}
	return u, nil
}
