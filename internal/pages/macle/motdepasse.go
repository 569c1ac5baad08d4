package macle

import (
	"net/http"
	"strings"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// askMotDePasse asks one who has just given his password for another: somebody may have seen him type it.
func (p Pages) askMotDePasse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	mots, err := p.mots(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, motDePassePage(httpx.NewForm(nil), mots))
}

// changeMotDePasse replaces it. Too long after the proof the page is opened again, which asks for one: what was typed is a
// secret, and goes through no other page.
func (p Pages) changeMotDePasse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	if !p.Eprouve(r.Context(), agent, httpx.DelaiExport) {
		return httpx.Redirect(w, r, pathMot)
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	mots, err := p.mots(r, agent) // which meets what closes the access of the agent
	if err != nil {
		return err
	}
	err = p.Gate.Changer(r.Context(), p.Visite(r), agent.Compte, compte.Choix{
		Nouveau: f.Values.Get("mot_de_passe"), Confirmation: f.Values.Get("mot_de_passe_confirmation"), Session: p.SessionID(r.Context()),
	})
	if f.Refused(err) {
		return p.Render(w, r, http.StatusUnprocessableEntity, motDePassePage(f, mots))
	}
	if err != nil {
		return err
	}
	if err := p.Sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	p.Flash(r.Context(), "Votre mot de passe est changé. Vos autres sessions sont terminées.", "")
	return httpx.Redirect(w, r, path)
}

// mots are those that the password must not rest on.
func (p Pages) mots(r *http.Request, agent habilitation.Agent) (string, error) {
	var mots []string
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { compte.QueueMots(l, &mots) })
	return strings.Join(compte.Eviter(mots), " "), err
}

func nouveauField(f *httpx.Form) ui.Field {
	return f.Field(ui.Field{
		Name: "mot_de_passe", Label: "Nouveau mot de passe", Required: true, Width: ui.Medium, Autocomplete: "new-password",
		Hint: "au moins 15 caractères\u00a0: une phrase de quelques mots convient",
	})
}

func confirmationField(f *httpx.Form) ui.Field {
	return f.Field(ui.Field{
		Name: "mot_de_passe_confirmation", Label: "Le même, une seconde fois", Required: true, Width: ui.Medium,
		Autocomplete: "new-password",
	})
}
