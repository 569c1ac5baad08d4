package radiations

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/depart"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// show is the form by which a pupil is struck off, or, once he is, what was recorded.
func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.open(w, r, agent, id)
}

// open shows the form of these pupils as nobody has filled it yet.
func (p Pages) open(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, ids ...uuid.UUID) error {
	d, err := p.readDepart(r.Context(), agent, httpx.NewForm(nil), ids...)
	if err != nil {
		return err
	}
	d.propose(agent)
	return p.Render(w, r, http.StatusOK, d.page())
}

// render shows the page of these pupils with the form as it stands.
func (p Pages) render(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int, ids ...uuid.UUID) error {
	d, err := p.readDepart(r.Context(), agent, f, ids...)
	if err != nil {
		return err
	}
	d.conflict = status == http.StatusConflict
	return p.Render(w, r, status, d.page())
}

// submit strikes one pupil off.
func (p Pages) submit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	typed := readForm(f)
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			d, err := destiner(ctx, tx, f, typed)
			if err == nil {
				err = scolarite.Radier(ctx, tx, agent, id, f.Version(), d)
			}
			if err != nil {
				return "", err
			}
			said := "La radiation est enregistrée\u00a0; le certificat est prêt."
			if d.Le.After(agent.Aujourdhui()) {
				said = "Le départ est annoncé pour le " + date.Long(d.Le) + "\u00a0; le certificat est prêt."
			}
			p.Flash(ctx, said, path(id)+"/annuler")
			return path(id), nil
		})
	}
	switch {
	case httpx.Stale(err):
		return p.render(w, r, agent, f, http.StatusConflict, id)
	case f.Refused(err):
		return p.render(w, r, agent, f, http.StatusUnprocessableEntity, id)
	}
	return err
}

// submitAll strikes the pupils selected off, all of them or none. A selection that comes without a date or a motive,
// from a list, is asked for them first.
func (p Pages) submitAll(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	ids := f.UUIDs("id", "Cochez au moins un élève.")
	if f.Err() != nil {
		return p.renderChoose(w, r, agent, http.StatusUnprocessableEntity, f.Errors())
	}
	if !f.Values.Has("date_radiation") && !f.Values.Has("motif_radiation") {
		return p.open(w, r, agent, ids...)
	}
	typed := readForm(f)
	if err = f.Err(); err == nil {
		err = p.ActLong(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			d, err := destiner(ctx, tx, f, typed)
			if err != nil {
				return "", err
			}
			id, err := depart.Radier(ctx, tx, agent, ids, d)
			if err != nil {
				return "", err
			}
			said := ui.Plural(len(ids), "élève radié", "élèves radiés") + "."
			if d.Le.After(agent.Aujourdhui()) {
				said = ui.Plural(len(ids), "départ annoncé", "départs annoncés") + " pour le " + date.Long(d.Le) + "."
			}
			p.Flash(ctx, said, groupePath(id)+"/annuler")
			return groupePath(id), nil
		})
	}
	var refuses lot.Refuses
	if errors.As(err, &refuses) {
		return p.refuseAll(w, r, agent, f, ids, refuses)
	}
	if f.Refused(err) {
		return p.render(w, r, agent, f, http.StatusUnprocessableEntity, ids...)
	}
	return err
}

// refuseAll shows the form again with each pupil who is refused, by name, and unticked: sent again as it is, it lets the
// others go. What all refuse alike is said once.
func (p Pages) refuseAll(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, ids []uuid.UUID, refuses lot.Refuses) error {
	d, err := p.readDepart(r.Context(), agent, f, ids...)
	if err != nil {
		return err
	}
	if c, ok := refuses.Commun(len(ids)); ok {
		f.Refuse(c.Field, c.Motif)
		refuses = nil
	}
	d.refuses = refuses.IDs()
	for _, e := range d.partants {
		for _, refus := range refuses {
			if refus.ID == e.ID {
				f.Refuse("", e.nom()+"\u00a0: "+refus.Motif)
			}
		}
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, d.page())
}

// undo goes back on a radiation.
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
		if err := scolarite.Retablir(ctx, tx, agent, id, f.Version()); err != nil {
			return "", err
		}
		p.Flash(ctx, "La radiation est annulée\u00a0: l’élève est présent.", "")
		return path(id), nil
	})
	if f.Refused(err) {
		return p.render(w, r, agent, f, http.StatusUnprocessableEntity, id)
	}
	return err
}

// joindre joins the parts that are not empty.
func joindre(sep string, parts ...string) string {
	var kept []string
	for _, s := range parts {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return strings.Join(kept, sep)
}
