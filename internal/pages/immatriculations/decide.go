package immatriculations

import (
	"context"
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

var faits = map[immatriculation.Decision]string{
	immatriculation.MemeEnfant:  "C’est le même enfant\u00a0: il garde un seul numéro.",
	immatriculation.AutreEnfant: "C’est un autre enfant\u00a0: le registre reprend la demande.",
	immatriculation.DemanderIA:  "L’inspection académique est saisie.",
}

// decide records the answer about one who looks alike.
func (p Pages) decide(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := immatriculation.Decision(f.Text("decision"))
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		p.Flash(ctx, faits[d], path(id)+"/revenir")
		return "/ine", immatriculation.Decider(ctx, tx, agent, id, f.UUID("candidat"), f.Version(), d, f.Text("motif"))
	})
	return p.again(w, r, agent, f, err)
}

// again shows the page once more with what is wrong, or with what somebody else has decided meanwhile.
func (p Pages) again(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, err error) error {
	stale := httpx.Stale(err)
	if !stale && !f.Refused(err) {
		return err
	}
	v, err := p.open(r, agent)
	if err != nil {
		return err
	}
	v.form, v.stale = f, stale
	if stale {
		return p.Render(w, r, http.StatusConflict, showPage(v))
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, showPage(v))
}

// undo comes back on one's last answer.
func (p Pages) undo(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		p.Flash(ctx, "La réponse est annulée\u00a0: la question est posée à nouveau.", "")
		return path(id), immatriculation.Revenir(ctx, tx, agent, id, f.Version())
	})
	return p.again(w, r, agent, f, err)
}
