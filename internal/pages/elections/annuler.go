package elections

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

func (x fiche) annulee() bool { return x.AnnuleeLe != nil }

// annulation says when the election was annulled, and why.
func (x fiche) annulation() string {
	return "L’inspection académique a annulé cette élection le " + date.Long(*x.AnnuleeLe) + ". Motif\u00a0: " +
		inscription.Libelle(election.Annulations, x.Annulation) + "."
}

func annulations() []ui.Option {
	var options []ui.Option
	for _, a := range election.Annulations {
		options = append(options, ui.Option{Value: a.Code, Label: a.Label})
	}
	return options
}

func (p Pages) showAnnuler(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.renderAnnuler(w, r, agent, id, httpx.NewForm(nil), http.StatusOK)
}

func (p Pages) renderAnnuler(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, f *httpx.Form, status int) error {
	s, err := p.readSaisie(r.Context(), agent, id, f)
	switch {
	case err != nil:
		return err
	case !s.fiche.proclamee():
		return refusal.InConflict("Les résultats ne sont pas proclamés\u00a0: il n’y a rien à annuler.")
	}
	return p.Render(w, r, status, annulerPage(s))
}

// annuler records the decision of the inspection.
func (p Pages) annuler(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		a := election.Annulation{Le: f.DateOrNone("annulee_le"), Motif: f.Text("annulation")}
		if err := f.Err(); err != nil {
			return "", err
		}
		p.Flash(ctx, "L’élection est annulée\u00a0: préparez la nouvelle.", path(id)+"/retablir")
		return path(id), election.Annuler(ctx, tx, agent, id, f.Version(), a)
	})
	if status == 0 {
		return err
	}
	if status == http.StatusConflict {
		f.Refuse("", "L’élection a changé depuis que vous avez ouvert la page\u00a0: relisez-la, puis envoyez à nouveau.")
	}
	return p.renderAnnuler(w, r, agent, id, f, status)
}

// retablir takes the annulment back.
func (p Pages) retablir(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		p.Flash(ctx, "L’annulation est retirée\u00a0: les résultats valent de nouveau.", "")
		return path(id), election.Retablir(ctx, tx, agent, id)
	})
}
