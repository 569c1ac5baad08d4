package passages

import (
	"context"
	"errors"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// submitAll does the same step for the pupils selected: for all of them or for none.
func (p Pages) submitAll(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	v := view{critere: readCritere(r.URL.Query(), agent), agent: agent, form: f}
	i := slices.IndexFunc(groupes[v.critere.Onglet], func(g groupe) bool { return string(g.etape) == r.URL.Query().Get("etape") })
	if i < 0 {
		return refusal.NotFound()
	}
	g := groupes[v.critere.Onglet][i]
	d := passage.Demande{Etape: g.etape, Usuel: true}
	v.ids = f.UUIDs("id", "Cochez au moins un élève.")
	if g.date != "" {
		d.Le = f.DateOrNone("le")
	}
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			err := lot.Faire(ctx, tx, v.ids, func(id uuid.UUID) error {
				if g.etape == passage.EtapeProposer {
					d.Choix, d.Usuel = choisi(f, id)
				}
				return passage.Faire(ctx, tx, agent, id, 0, d)
			})
			if err != nil {
				return "", err
			}
			if r.URL.Query().Get("lettres") != "" {
				return v.critere.lettres(g.etape, d.Le), nil
			}
			p.Flash(ctx, ui.Plural(len(v.ids), g.un, g.des)+".", "")
			return v.critere.href(), nil
		})
	}
	return p.refuseAll(w, r, v, g, err)
}

// refuseAll shows the list again with each pupil who is refused, by name; what all refuse alike is said once.
func (p Pages) refuseAll(w http.ResponseWriter, r *http.Request, v view, g groupe, err error) (wrong error) {
	var refuses lot.Refuses
	if !errors.As(err, &refuses) && !v.form.Refused(err) {
		return err
	}
	if v.lecture, wrong = p.read(r.Context(), v.agent, v.critere, func(*territoire.Lecture) {}); wrong != nil {
		return wrong
	}
	if c, ok := refuses.Commun(len(v.ids)); ok && g.date != "" {
		v.form.Refuse("le", c.Motif)
		refuses = nil
	}
	for _, refus := range refuses {
		v.form.Refuse("", v.lecture.nom(refus.ID)+refus.Motif)
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, listPage(v))
}

// nom begins the refusal of a pupil; one who is no longer on the list has been dealt with by somebody else.
func (all lecture) nom(id uuid.UUID) string {
	for _, l := range all.lignes {
		if l.ScolariteID == id {
			return l.nom() + "\u00a0: "
		}
	}
	return ""
}
