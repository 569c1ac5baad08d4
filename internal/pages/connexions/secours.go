package connexions

import (
	"net/http"

	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// showSecours asks one who does not have his key for a recovery code.
func (p Pages) showSecours(w http.ResponseWriter, r *http.Request, _ etape) error {
	return p.Site.Render(w, r, http.StatusOK, secoursPage(httpx.NewForm(nil)))
}

// submitSecours checks the code, in the place of the key's.
func (p Pages) submitSecours(w http.ResponseWriter, r *http.Request, e etape) error {
	f, err := httpx.ReadForm(r, p.Site.Now())
	if err != nil {
		return err
	}
	code := f.Required("code", 60, "Recopiez un de vos codes de secours.")
	f.Values.Del("code") // it never comes back
	if f.Err() != nil {
		return p.Site.Render(w, r, http.StatusUnprocessableEntity, secoursPage(f))
	}
	aChanger, err := p.Gate.Secours(r.Context(), p.Site.Visite(r), e.Compte, e.Identifiant, code)
	if f.Refused(err) {
		return p.Site.Render(w, r, http.StatusUnprocessableEntity, secoursPage(f))
	}
	if err != nil {
		return err
	}
	return p.known(w, r, e, aChanger)
}

func secoursField(f *httpx.Form) ui.Field {
	return f.Field(ui.Field{
		Name: "code", Label: "Code de secours", Hint: "24 lettres et chiffres\u00a0; les tirets ne comptent pas", Required: true,
		MaxLength: 60, Width: ui.Medium, Autofocus: true, Autocomplete: "one-time-code",
	})
}
