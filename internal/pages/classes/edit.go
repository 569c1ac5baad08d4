package classes

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/classe"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

const occupeeSQL = `select exists (select from affectation where classe_id = $1)`

// readSaisie reads the class to be changed and what its form needs.
func (p Pages) readSaisie(ctx context.Context, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) (saisie, error) {
	s := saisie{f: f}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		queueFiche(l, &s.fiche, id)
		territoire.Valeur(l, &s.typ, typeSQL, agent.Ecole)
		territoire.Valeur(l, &s.occupee, occupeeSQL, id)
	})
	return s, err
}

// showEdit shows the form of a class that is there.
func (p Pages) showEdit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	s, err := p.readSaisie(r.Context(), agent, id, httpx.NewForm(nil))
	if err != nil {
		return err
	}
	s.fiche.pose(s.f)
	return p.Render(w, r, http.StatusOK, editPage(s))
}

func (p Pages) submitEdit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, err := readID(r, agent)
	if err != nil {
		return err
	}
	c := readClasse(f)
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			err := classe.Modifier(ctx, tx, agent, id, f.Version(), c)
			if err == nil {
				p.Flash(ctx, "La classe «\u00a0"+c.LibelleCourt+"\u00a0» est modifiée.", "")
			}
			return "/classes/" + id.String(), err
		})
	}
	switch {
	case httpx.Stale(err):
		return p.renderConflict(w, r, agent, id, f)
	case f.Refused(err):
		return p.renderRefused(w, r, agent, id, f)
	}
	return err
}

// submitDelete takes away a class in which nobody was ever placed.
func (p Pages) submitDelete(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, err := readID(r, agent)
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		err := classe.Supprimer(ctx, tx, agent, id, f.Version())
		if err == nil {
			p.Flash(ctx, "La classe est supprimée.", "")
		}
		return "/classes", err
	})
	if !httpx.Stale(err) && !f.Refused(err) {
		return err
	}
	stale := httpx.Stale(err)
	s, err := p.readSaisie(r.Context(), agent, id, f)
	if err != nil {
		return err
	}
	s.fiche.pose(f)
	if stale {
		f.Refuse("", "Quelqu’un a modifié cette classe entre-temps\u00a0: voici ce qui est enregistré. Confirmez à nouveau la suppression.")
		return p.Render(w, r, http.StatusConflict, editPage(s))
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, editPage(s))
}

// renderRefused shows the form again with what was typed, on the version it was opened on.
func (p Pages) renderRefused(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
	s, err := p.readSaisie(r.Context(), agent, id, f)
	if err != nil {
		return err
	}
	s.fiche.Version = f.Version()
	return p.Render(w, r, http.StatusUnprocessableEntity, editPage(s))
}

// renderConflict shows both versions, and the form on the new one: sending it again overwrites knowingly. Two people who
// typed the same have no quarrel.
func (p Pages) renderConflict(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
	s, err := p.readSaisie(r.Context(), agent, id, f)
	if err != nil {
		return err
	}
	if s.conflit = differences(s.fiche, f); len(s.conflit) == 0 {
		return httpx.Redirect(w, r, s.fiche.path())
	}
	return p.Render(w, r, http.StatusConflict, editPage(s))
}

func readID(r *http.Request, agent habilitation.Agent) (uuid.UUID, *httpx.Form, error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return id, nil, err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	return id, f, err
}
