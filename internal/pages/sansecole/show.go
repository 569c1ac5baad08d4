package sansecole

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/sansecole"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// fiche is the page of one child.
type fiche struct {
	enfant
	agent habilitation.Agent
	form  *httpx.Form
}

func (p Pages) page(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v := fiche{agent: agent, form: f}
	today := agent.Aujourdhui()
	du, au := sansecole.Bornes(today)
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueRegistre(l, agent, journal.Consulter, "scolarite", id)
		territoire.Une(l, &v.enfant, enfantsSQL+` where id = $4`, du, au, today, id)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, showPage(v))
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.page(w, r, agent, httpx.NewForm(map[string]string{"le": date.Court(agent.Aujourdhui())}), http.StatusOK)
}

// submit notes what was found about the child.
func (p Pages) submit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	typed := sansecole.Constat{Constat: f.Text("constat"), Issue: f.Text("issue"), Le: f.DateOrNone("le")}
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			suivi, err := sansecole.Noter(ctx, tx, agent, id, typed)
			if err != nil {
				return "", err
			}
			p.Flash(ctx, "Le constat est enregistré.", "/sans-ecole/constats/"+suivi.String()+"/retirer")
			return path(id), nil
		})
	}
	if f.Refused(err) {
		return p.page(w, r, agent, f, http.StatusUnprocessableEntity)
	}
	return err
}

// retirer takes the last note back.
func (p Pages) retirer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := sansecole.Retirer(ctx, tx, agent, id); err != nil {
			return "", err
		}
		p.Flash(ctx, "Le constat est retiré.", "")
		return "/sans-ecole", nil
	})
}

func (v fiche) facts() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Label: "Naissance", Value: date.Long(v.DateNaissance)},
		{Label: "Commune de résidence", Value: v.residence()},
		{Label: "Dernière école", Value: v.ecole() + ", " + v.Niveau},
		{Label: "Parti le", Value: date.Long(v.PartiLe) + ", depuis " + ui.Plural(v.jours(v.agent.Aujourdhui()), "jour", "jours")},
		{Label: "Destination déclarée", Value: v.destination()},
		{Label: "Attendu ailleurs", Value: map[bool]string{true: "Oui", false: "Non"}[v.Attendu]},
		{Label: "Suivi", Value: v.suivi()},
	}
}

// retirable is the note that the agent may take back: his own side's, or anybody's for the IA.
func (v fiche) retirable() *uuid.UUID {
	sien := v.agent.Role == habilitation.IA || v.ConstatePar == v.agent.Role
	if !sien || !v.agent.Can(habilitation.NoterSansEcole) {
		return nil
	}
	return v.SuiviID
}
