package inscriptions

import (
	"context"
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// nothing is read besides.
func nothing(*territoire.Lecture) {}

// askAnnuler says what the cancellation entails.
func (p Pages) askAnnuler(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	e, err := p.readOuverte(r, agent, nothing)
	if err != nil {
		return err
	}
	e.form = httpx.NewForm(nil)
	return p.Render(w, r, http.StatusOK, cancelPage(e))
}

// annuler cancels the inscription. When somebody has changed it meanwhile, it is shown as it now is before one confirms.
func (p Pages) annuler(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	e, err := p.readOuverte(r, agent, nothing)
	if err != nil {
		return err
	}
	if e.form, err = httpx.ReadForm(r, agent.Aujourdhui()); err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		id, motif := e.detail.acte.ID, e.form.Text("motif_annulation")
		if err := inscription.Annuler(ctx, tx, agent, id, e.form.Version(), motif); err != nil {
			return "", err
		}
		p.Flash(ctx, "L’inscription est annulée.", "")
		return e.detail.href(), nil
	})
	switch {
	case httpx.Stale(err):
		_ = e.form.Take(err) // a refusal
		return p.Render(w, r, http.StatusConflict, cancelPage(e))
	case e.form.Refused(err):
		return p.Render(w, r, http.StatusUnprocessableEntity, cancelPage(e))
	}
	return err
}

// consequences are what the agent accepts when he confirms.
func (d detail) consequences() []string {
	ecole := "L’enfant quitte la liste d’attente de la commune."
	if d.acte.EcoleUAI != "" {
		ecole = "L’école n’attend plus l’enfant\u00a0: il disparaît de ses arrivées."
	}
	list := []string{
		"L’inscription de " + d.nom() + " pour l’année " + d.acte.Annee.Libelle() + " (" + d.ecole() + ") est annulée.", ecole,
	}
	if d.certifiable() {
		list = append(list, "Le certificat d’inscription déjà remis à la famille n’est plus valable.")
	}
	return append(list, "Le dossier de l’enfant reste\u00a0: une autre inscription peut être faite.")
}

func motifOptions() []ui.Option {
	options := make([]ui.Option, len(inscription.MotifsAnnulation))
	for i, v := range inscription.MotifsAnnulation {
		options[i] = ui.Option{Value: v.Code, Label: v.Label}
	}
	return options
}
