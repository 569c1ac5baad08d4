package connexions

import (
	"net/http"

	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
)

// showMotDePasse asks one who has an initial password for one of his own.
func (p Pages) showMotDePasse(w http.ResponseWriter, r *http.Request, e etape) error {
	return p.renderMotDePasse(w, r, http.StatusOK, e, httpx.NewForm(nil))
}

// submitMotDePasse replaces the initial password.
func (p Pages) submitMotDePasse(w http.ResponseWriter, r *http.Request, e etape) error {
	f, err := httpx.ReadForm(r, p.Site.Now())
	if err != nil {
		return err
	}
	err = p.Gate.Changer(r.Context(), p.Site.Visite(r), e.Compte, formulaire.ChoixDe(f))
	if f.Refused(err) {
		return p.renderMotDePasse(w, r, http.StatusUnprocessableEntity, e, f)
	}
	if err != nil {
		return err
	}
	return p.finish(w, r, e)
}

func (p Pages) renderMotDePasse(w http.ResponseWriter, r *http.Request, status int, e etape, f *httpx.Form) error {
	mots, err := p.Gate.MotsEvites(r.Context(), e.Compte)
	if err != nil {
		return err
	}
	return p.Site.Render(w, r, status, motDePassePage(f, e.Identifiant, mots))
}
