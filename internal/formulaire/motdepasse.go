package formulaire

import (
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// ChoixDe is the password that the form holds, typed twice.
func ChoixDe(f *httpx.Form) compte.Choix {
	return compte.Choix{Nouveau: f.Values.Get("mot_de_passe"), Confirmation: f.Values.Get("mot_de_passe_confirmation")}
}

func motDePasse(f *httpx.Form) ui.Field {
	return f.Field(ui.Field{
		Name: "mot_de_passe", Label: "Mot de passe choisi", Required: true, Width: ui.Medium, Autocomplete: "new-password",
		Hint: "au moins 15 caractères\u00a0: une phrase de quelques mots convient",
	})
}

func motDePasseEncore(f *httpx.Form) ui.Field {
	return f.Field(ui.Field{
		Name: "mot_de_passe_confirmation", Label: "Le même, une seconde fois", Required: true, Width: ui.Medium,
		Autocomplete: "new-password",
	})
}
