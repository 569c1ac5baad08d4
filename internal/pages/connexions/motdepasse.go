package connexions

import (
	"net/http"
	"strings"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
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
	err = p.Gate.Changer(r.Context(), p.Site.Visite(r), e.Compte,
		compte.Choix{Nouveau: f.Values.Get("mot_de_passe"), Confirmation: f.Values.Get("mot_de_passe_confirmation")})
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
	return p.Site.Render(w, r, status, motDePassePage(f, e.Identifiant, strings.Join(mots, " ")))
}

func nouveauField(f *httpx.Form) ui.Field {
	return f.Field(ui.Field{
		Name: "mot_de_passe", Label: "Mot de passe choisi", Required: true, Width: ui.Medium, Autocomplete: "new-password",
		Hint: "au moins 15 caractères\u00a0: une phrase de quelques mots convient",
	})
}

func confirmationField(f *httpx.Form) ui.Field {
	return f.Field(ui.Field{
		Name: "mot_de_passe_confirmation", Label: "Le même, une seconde fois", Required: true, Width: ui.Medium,
		Autocomplete: "new-password",
	})
}
