package liberations

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/liberation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// vue is the page of one request.
type vue struct {
	demande
	agent habilitation.Agent
	form  *httpx.Form
}

// recue tells that the agent's school is the one that is asked.
func (v vue) recue() bool {
	return v.agent.Role == habilitation.Directeur && v.EcoleUAI == v.agent.Ecole
}

// envoyee tells that it is the one that asks.
func (v vue) envoyee() bool {
	return v.agent.Role == habilitation.Directeur && v.DemandeurUAI == v.agent.Ecole
}

// decide tells that the decision is the agent's.
func (v vue) decide() bool {
	return v.agent.Can(habilitation.DeciderLiberation) && v.liberation().Arbitrable(v.agent.Aujourdhui())
}

func (v vue) situation() string { return v.demande.situation(v.agent.Aujourdhui()) }

func (v vue) facts() []ui.SummaryRow {
	return []ui.SummaryRow{
		{Label: "Élève", Value: v.nom() + ", né(e) le " + date.Long(v.DateNaissance)},
		{Label: "École qui l’a encore", Value: v.ancienne()},
		{Label: "École où il est arrivé", Value: v.nouvelle()},
		{Label: "Radiation demandée au", Value: date.Long(v.Depart)},
		{Label: "Motif", Value: inscription.Libelle(liberation.Motifs, v.Motif)},
		{Label: "Demandée le", Value: date.Long(v.DemandeeLe)},
		{Label: "Réponse de l’école avant le", Value: date.Long(v.Echeance) + " au soir"},
		{Label: "Suite", Value: v.situation()},
	}
}

// page reads a request and shows it, with a form as it stands.
func (p Pages) page(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v := vue{agent: agent, form: f}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueRegistre(l, agent, journal.Consulter, "liberation", id)
		territoire.Une(l, &v.demande, demandeSQL+`l.id = $1`, id)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, showPage(v))
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.page(w, r, agent, httpx.NewForm(nil), http.StatusOK)
}

// act does something to the request of the address; said is what was done.
func (p Pages) act(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, said string,
	do func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) error,
) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := do(ctx, tx, id, f); err != nil {
			return "", err
		}
		p.Flash(ctx, said, "")
		return path(id), nil
	})
	switch {
	case httpx.Stale(err):
		f.Refuse("", "Cette demande a reçu une réponse depuis que vous l’avez ouverte.")
		return p.page(w, r, agent, f, http.StatusConflict)
	case f.Refused(err):
		return p.page(w, r, agent, f, http.StatusUnprocessableEntity)
	}
	return err
}

func (p Pages) accorder(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, "L’élève est radié\u00a0; l’autre école peut l’admettre.",
		func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) error {
			return liberation.Accorder(ctx, tx, agent, id, f.Version())
		})
}

func (p Pages) refuser(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, "La libération est refusée\u00a0; l’inspection peut en décider autrement.",
		func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) error {
			return liberation.Refuser(ctx, tx, agent, id, f.Version(), f.Text("motif_refus"))
		})
}

func (p Pages) retirer(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, "La demande est retirée.",
		func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) error {
			return liberation.Retirer(ctx, tx, agent, id, f.Version())
		})
}

func (p Pages) decider(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, "Votre décision est enregistrée\u00a0; les deux écoles la voient.",
		func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) error {
			return liberation.Decider(ctx, tx, agent, id, f.Text("decision") == "liberer", f.Text("motif_refus"))
		})
}
