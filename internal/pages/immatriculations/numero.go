package immatriculations

import (
	"context"
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

func (p Pages) askNumero(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.open(r, agent)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, numeroPage(v))
}

// submitNumero records the number that the IA has found. An unusual key is told, not refused.
func (p Pages) submitNumero(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		ine, err := immatriculation.Corriger(ctx, tx, agent, id, f.Version(), f.Text("ine"), f.Text("motif"))
		if err != nil {
			return "", err
		}
		said := "Le numéro est enregistré."
		if !ine.CleHabituelle() {
			said += " Sa clé est inhabituelle\u00a0: vérifiez que vous l’avez bien recopié."
		}
		p.Flash(ctx, said, "")
		return path(id), nil
	})
	stale := httpx.Stale(err)
	if !stale && !f.Refused(err) {
		return err
	}
	v, err := p.open(r, agent)
	if err != nil {
		return err
	}
	v.form, v.stale = f, stale
	status := http.StatusUnprocessableEntity
	if stale {
		status = http.StatusConflict
	}
	return p.Render(w, r, status, numeroPage(v))
}
