package affectations

import (
	"context"
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// submit assigns the pupils ticked.
func (p Pages) submit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	c := readCritere(r.URL.Query(), agent)
	ids := f.UUIDs("id", "Cochez au moins un élève.")
	college := f.Required("college_uai", 8, "Choisissez un collège.")
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			list := make([]sixieme.Choix, len(ids))
			for i, id := range ids {
				list[i] = sixieme.Choix{Eleve: id, College: college}
			}
			lot, n, err := sixieme.Affecter(ctx, tx, agent, c.annee, list, "")
			if err == nil {
				p.Flash(ctx, ui.Plural(n, "élève affecté", "élèves affectés")+".", pathAnnuler(lot))
			}
			return c.href(), err
		})
	}
	if !f.Refused(err) {
		return err
	}
	v, err := p.read(r.Context(), agent, c, f)
	if err != nil {
		return err
	}
	v.ids = ids
	return p.Render(w, r, http.StatusUnprocessableEntity, listPage(v))
}

func pathAnnuler(lot uuid.UUID) string { return path + "/lots/" + lot.String() + "/annuler" }

// undo takes an act back.
func (p Pages) undo(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	lot, err := uuid.Parse(chi.URLParam(r, "lot"))
	if err != nil {
		return refusal.NotFound()
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		conserves, err := sixieme.Annuler(ctx, tx, agent, lot, f.Version())
		if err == nil {
			said := "Les affectations sont annulées."
			if conserves > 0 {
				said += " " + ui.Plural(conserves, "élève, reçu ou affecté autrement depuis, la garde.", "élèves, reçus ou affectés autrement depuis, la gardent.")
			}
			p.Flash(ctx, said, "")
		}
		return path, err
	})
	if !f.Refused(err) {
		return err
	}
	v, err := p.read(r.Context(), agent, readCritere(r.URL.Query(), agent), f)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, listPage(v))
}

func (p Pages) readSaison(r *http.Request, agent habilitation.Agent) (s sixieme.Saison, err error) {
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		sixieme.QueueSaison(l, sixieme.Campagne(agent.Aujourdhui()), &s)
	})
	return s, err
}

func (p Pages) askSaison(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	s, err := p.readSaison(r, agent)
	if err != nil {
		return err
	}
	f := httpx.NewForm(map[string]string{"debut": date.Court(s.Debut), "fin": date.Court(s.Fin)})
	return p.Render(w, r, http.StatusOK, saisonPage(saison{Saison: s, form: f}))
}

// saison is the form of the dates.
type saison struct {
	sixieme.Saison
	form    *httpx.Form
	conflit []ui.ConflictRow
}

func (p Pages) setSaison(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	typed := sixieme.Saison{
		Annee: sixieme.Campagne(agent.Aujourdhui()), Version: f.Version(),
		Debut: f.Date("debut", "Indiquez le premier jour."), Fin: f.Date("fin", "Indiquez le dernier jour."),
	}
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			err := sixieme.Regler(ctx, tx, agent, typed)
			if err == nil {
				p.Flash(ctx, "Les dates de la saison sont enregistrées.", "")
			}
			return path, err
		})
	}
	status := http.StatusUnprocessableEntity
	if httpx.Stale(err) {
		status = http.StatusConflict
	} else if !f.Refused(err) {
		return err
	}
	now, err := p.readSaison(r, agent)
	if err != nil {
		return err
	}
	v := saison{Saison: now, form: f}
	if status == http.StatusConflict {
		v.conflit = []ui.ConflictRow{
			{Label: "Premier jour", Theirs: date.Court(now.Debut), Mine: date.Court(typed.Debut)},
			{Label: "Dernier jour", Theirs: date.Court(now.Fin), Mine: date.Court(typed.Fin)},
		}
	}
	return p.Render(w, r, status, saisonPage(v))
}
