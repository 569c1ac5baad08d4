package admissions

import (
	"context"
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// submit does an act to one child: that of the address, or the one of the form when the address names none.
func (p Pages) submit(a acte) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		id, err := httpx.ID(r, "id")
		if err != nil {
			return err
		}
		f, err := httpx.ReadForm(r, agent.Aujourdhui())
		if err != nil {
			return err
		}
		d := readDecision(f, a)
		f.Values.Set("acte", string(d.acte))
		if f.Err() != nil {
			return p.refuse(w, r, agent, f, http.StatusUnprocessableEntity)
		}
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			if err := d.faire(ctx, tx, agent, id, f.Version()); err != nil {
				return "", err
			}
			undo := ""
			if d.acte == accepter || d.acte == reporter {
				undo = path(id) + "/" + string(retirer)
			}
			p.Flash(ctx, dits[d.acte].seul, undo)
			return path(id), nil
		})
		switch {
		case httpx.Stale(err):
			return p.refuse(w, r, agent, f, http.StatusConflict)
		case f.Refused(err):
			return p.refuse(w, r, agent, f, http.StatusUnprocessableEntity)
		}
		return err
	}
}

// refuse shows the page of the child again with what was typed; after a conflict, with what somebody else has decided
// in the meantime, so that sending again is done knowingly.
func (p Pages) refuse(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.readArrivee(r.Context(), agent, id, status == http.StatusConflict)
	if err != nil {
		return err
	}
	for name, proposed := range v.proposes() {
		if _, typed := f.Values[name]; !typed {
			f.Values.Set(name, proposed)
		}
	}
	v.form = f
	return p.Render(w, r, status, showPage(v))
}
