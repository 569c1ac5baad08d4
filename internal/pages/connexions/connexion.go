package connexions

import (
	"net/http"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// connexion is what the log-in page shows.
type connexion struct {
	form   *httpx.Form
	raison string
	suite  string
	demo   []groupe
	jeton  string // of the forms that use a demo account
}

// showConnexion asks for the identifier and the password.
func (p Pages) showConnexion(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	if _, ok := p.Site.Agent(r); ok {
		return httpx.Redirect(w, r, local(q.Get("suite")))
	}
	return p.renderConnexion(w, r, http.StatusOK, connexion{
		form:   httpx.NewForm(map[string]string{"identifiant": q.Get("identifiant")}),
		raison: reasons[q.Get("raison")],
		suite:  q.Get("suite"),
	})
}

// submitConnexion checks the password, which opens nothing but the next step.
func (p Pages) submitConnexion(w http.ResponseWriter, r *http.Request) error {
	f, err := httpx.ReadForm(r, p.Site.Now())
	if err != nil {
		return err
	}
	suite := f.Values.Get("suite")
	identifiant := f.Required("identifiant", 100, "Indiquez votre identifiant.")
	motDePasse := f.Values.Get("mot_de_passe")
	if motDePasse == "" {
		f.Refuse("mot_de_passe", "Indiquez votre mot de passe.")
	}
	if f.Err() != nil {
		return p.renderConnexion(w, r, http.StatusUnprocessableEntity, connexion{form: f, suite: suite})
	}
	id, err := p.Gate.MotDePasse(r.Context(), p.Site.Visite(r), identifiant, motDePasse)
	if f.Refused(err) {
		return p.renderConnexion(w, r, http.StatusUnprocessableEntity, connexion{form: f, suite: suite})
	}
	if err != nil {
		return err
	}
	if err := p.Site.Sessions.Clear(r.Context()); err != nil {
		return err
	}
	return p.advance(w, r, etape{Compte: id, Identifiant: identifiant, Suite: suite, Debut: p.Site.Now()}, pathCle)
}

func (p Pages) renderConnexion(w http.ResponseWriter, r *http.Request, status int, c connexion) error {
	comptes, err := p.demoComptes(r)
	if err != nil {
		return err
	}
	c.demo, c.jeton = grouper(comptes), p.Site.Jeton(r.Context())
	return p.Site.Render(w, r, status, connexionPage(c))
}

// The identifier typed comes back, the password never does.
func (c connexion) identifiant() ui.Field {
	return c.form.Field(ui.Field{
		Name: "identifiant", Label: "Identifiant", Required: true, Width: ui.Medium, Autocomplete: "username",
		Autofocus: c.form.Values.Get("identifiant") == "",
	})
}

func (c connexion) motDePasse() ui.Field {
	return c.form.Field(ui.Field{
		Name: "mot_de_passe", Label: "Mot de passe", Required: true, Width: ui.Medium,
		Autofocus: c.form.Values.Get("identifiant") != "",
	})
}

// groupe is the demo accounts of one role.
type groupe struct {
	role    habilitation.Role
	comptes []compte.DemoCompte
}

func (p Pages) demoComptes(r *http.Request) ([]compte.DemoCompte, error) {
	if !p.Site.Demo || p.Site.Comptes == nil {
		return nil, nil
	}
	return p.Site.Comptes.Comptes(r.Context())
}

// grouper puts demo accounts under their role, in the order of the rights matrix.
func grouper(comptes []compte.DemoCompte) []groupe {
	var groupes []groupe
	for _, role := range habilitation.Roles {
		g := groupe{role: role}
		for _, c := range comptes {
			if c.Role == role {
				g.comptes = append(g.comptes, c)
			}
		}
		if len(g.comptes) > 0 {
			groupes = append(groupes, g)
		}
	}
	return groupes
}
