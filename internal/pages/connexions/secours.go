package connexions

import (
	"net/http"

	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// champSecours is the field of a recovery code; it stands in the place of the code of the key.
const champSecours = "secours"

// submitSecours checks the recovery code of one who does not have his key.
func (p Pages) submitSecours(w http.ResponseWriter, r *http.Request, e etape, f *httpx.Form) error {
	code := f.Required(champSecours, 60, "Recopiez un de vos codes de secours.")
	f.Values.Del(champSecours) // it never comes back
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
		Name: champSecours, Label: "Code de secours", Hint: "24 lettres et chiffres\u00a0; les tirets ne comptent pas", Required: true,
		MaxLength: 60, Width: ui.Medium, Autofocus: true, Autocomplete: "one-time-code",
	})
}
