package macle

import (
	"net/http"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
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
	choix := formulaire.ChoixDe(f)
	choix.Session = p.SessionID(r.Context())
	err = p.Gate.Changer(r.Context(), p.Visite(r), agent.Compte, choix)
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
func (p Pages) mots(r *http.Request, agent habilitation.Agent) ([]string, error) {
	var mots []string
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { compte.QueueMots(l, &mots) })
	return compte.Eviter(mots), err
}
