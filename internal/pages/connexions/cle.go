package connexions

import (
	"net/http"

	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// showCle asks for the code of the key.
func (p Pages) showCle(w http.ResponseWriter, r *http.Request, e etape) error {
	if r.URL.Query().Has(champSecours) {
		return p.Site.Render(w, r, http.StatusOK, secoursPage(httpx.NewForm(nil)))
	}
	return p.renderCle(w, r, http.StatusOK, e, httpx.NewForm(nil))
}

// submitCle checks the code: from here on the person is known.
func (p Pages) submitCle(w http.ResponseWriter, r *http.Request, e etape) error {
	f, err := httpx.ReadForm(r, p.Site.Now())
	if err != nil {
		return err
	}
	if f.Values.Has(champSecours) {
		return p.submitSecours(w, r, e, f)
	}
	if f.Values.Get(champAcces) != "" {
		return p.submitAcces(w, r, e, f)
	}
	code := f.Required("code", 20, "Recopiez le code affiché par votre clé.")
	if f.Err() != nil {
		return p.renderCle(w, r, http.StatusUnprocessableEntity, e, f)
	}
	aChanger, err := p.Gate.Code(r.Context(), p.Site.Visite(r), e.Compte, e.Identifiant, code)
	if f.Refused(err) {
		return p.renderCle(w, r, http.StatusUnprocessableEntity, e, f)
	}
	if err != nil {
		return err
	}
	return p.known(w, r, e, aChanger)
}

// champAcces is the field of what a passkey answers, in the place of the code, and usageCle what its challenge is for.
const (
	champAcces = "acces"
	usageCle   = "connexion"
)

// submitAcces checks the answer of a passkey.
func (p Pages) submitAcces(w http.ResponseWriter, r *http.Request, e etape, f *httpx.Form) error {
	aChanger, err := p.Gate.Acces(r.Context(), p.Site.Visite(r), e.Compte, e.Identifiant, p.Site.Acces(r, usageCle, f.Values.Get(champAcces)))
	if f.Refused(err) {
		return p.renderCle(w, r, http.StatusUnprocessableEntity, e, f)
	}
	if err != nil {
		return err
	}
	return p.known(w, r, e, aChanger)
}

// known goes on with one who has passed both steps.
func (p Pages) known(w http.ResponseWriter, r *http.Request, e etape, aChanger bool) error {
	e.Nouveau = !p.Gate.Connu(p.Site.Visite(r), e.Identifiant)
	p.rememberAppareil(w, e.Identifiant)
	if aChanger {
		return p.advance(w, r, e, pathMotDePasse)
	}
	return p.finish(w, r, e)
}

func (p Pages) renderCle(w http.ResponseWriter, r *http.Request, status int, e etape, f *httpx.Form) error {
	comptes, err := p.demoComptes(r)
	if err != nil {
		return err
	}
	present := ""
	for _, c := range comptes {
		if c.Identifiant == e.Identifiant {
			present = c.Code
		}
	}
	f.Values.Set("code", present) // a code serves once: the one typed never comes back
	acces, err := p.Site.DemanderAcces(r, usageCle, e.Compte)
	if err != nil {
		return err
	}
	return p.Site.Render(w, r, status, clePage(f, present, acces))
}

func codeField(f *httpx.Form, autofocus bool) ui.Field {
	return f.Field(ui.Field{
		Name: "code", Label: "Code de la clé", Hint: "celui que votre clé affiche en ce moment", Required: true,
		MaxLength: 20, Autofocus: autofocus,
	})
}
