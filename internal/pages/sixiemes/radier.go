package sixiemes

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/qualite"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// radier strikes off the pupils whom their collège has received, all of those ticked or none, each with his collège as
// the destination.
func (p Pages) radier(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	c := readCritere(r.URL.Query(), agent)
	c.onglet = recus
	ids := f.UUIDs("id", "Cochez au moins un élève.")
	le := f.Date("date_radiation", "Indiquez la date de radiation.")
	v, err := p.read(r.Context(), agent, c, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	v.form = f
	partis := map[uuid.UUID]qualite.Partant{}
	for _, x := range v.choisis(recus) {
		partis[x.ID] = x
	}
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			id, err := sixieme.Radier(ctx, tx, agent, c.annee, ids, le)
			if err == nil {
				p.Flash(ctx, ui.Plural(len(ids), "élève radié", "élèves radiés")+"\u00a0: les certificats sont prêts.",
					"/radiations/departs/"+id.String()+"/annuler")
			}
			return "/radiations", err
		})
	}
	var refuses lot.Refuses
	if errors.As(err, &refuses) {
		for _, refus := range refuses {
			f.Refuse(refus.Field, nommer(partis[refus.ID], refus.Motif))
		}
		return p.Render(w, r, http.StatusUnprocessableEntity, listPage(v))
	}
	if f.Refused(err) {
		return p.Render(w, r, http.StatusUnprocessableEntity, listPage(v))
	}
	return err
}

// nommer begins a refusal with whom it is about.
func nommer(x qualite.Partant, motif string) string {
	if x.NomFamille == "" {
		return motif
	}
	return x.Nom() + "\u00a0: " + motif
}
