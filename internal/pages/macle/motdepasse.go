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
	return p.renderMotDePasse(w, r, http.StatusOK, agent, httpx.NewForm(nil))
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
	if err := p.ouvrir(r, agent); err != nil {
		return err
	}
	err = p.Gate.Changer(r.Context(), p.Visite(r), agent.Compte, compte.Choix{
		Nouveau: f.Values.Get("mot_de_passe"), Confirmation: f.Values.Get("mot_de_passe_confirmation"), Session: p.SessionID(r.Context()),
	})
	if f.Refused(err) {
		return p.renderMotDePasse(w, r, http.StatusUnprocessableEntity, agent, f)
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

// ouvrir meets what closes the access of the agent, as any page does that reads the register.
func (p Pages) ouvrir(r *http.Request, agent habilitation.Agent) error {
	var la bool
	return p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { territoire.Valeur(l, &la, `select true`) })
}

func (p Pages) renderMotDePasse(w http.ResponseWriter, r *http.Request, status int, agent habilitation.Agent, f *httpx.Form) error {
	if err := p.ouvrir(r, agent); err != nil {
		return err
	}
	mots, err := p.Gate.MotsEvites(r.Context(), agent.Compte)
	if err != nil {
		return err
	}
	return p.Render(w, r, status, motDePassePage(f, strings.Join(mots, " ")))
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
