package groupes

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/groupe"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/formulaire"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parmi are the pupils of the group's year who are not in it.
func parmi(id uuid.UUID) formulaire.Parmi {
	return formulaire.Parmi{
		Cle: id, Annee: `(select annee from groupe where id = $1)`,
		Sauf: `exists (select from groupe_eleve m where m.groupe_id = $1 and m.scolarite_id = s.id)`,
	}
}

// choix is the page where one chooses whom to add.
type choix struct {
	fiche fiche
	liste formulaire.Choix
	errs  ui.Errors
}

func (p Pages) choose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.renderChoose(w, r, agent, id, http.StatusOK, nil)
}

func (p Pages) renderChoose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, status int, errs ui.Errors) error {
	v := choix{errs: errs}
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.fiche, ficheSQL, id)
		formulaire.QueueChoix(l, &v.liste, r.URL.Query(), parmi(id))
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, choosePage(v, v.props(r.URL.RawQuery)))
}

func (v choix) props(query string) ui.ListProps {
	to := v.fiche.path() + "/eleves"
	props := v.liste.Props(to, len(v.errs) > 0)
	props.Caption = "Élèves qui ne sont pas du groupe"
	props.Bulk = []ui.BulkAction{{Label: "Ajouter au groupe", Action: to + "?" + query}}
	props.Empty.Href, props.Empty.Action = v.fiche.path(), "Voir le groupe"
	return props
}

// add puts the pupils selected in the group.
func (p Pages) add(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.move(w, r, agent, groupe.Ajouter, "élève ajouté au groupe", "élèves ajoutés au groupe",
		func(id uuid.UUID, errs ui.Errors) error {
			return p.renderChoose(w, r, agent, id, http.StatusUnprocessableEntity, errs)
		})
}

// takeOut takes the pupils selected out of the group.
func (p Pages) takeOut(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.move(w, r, agent, groupe.Retirer, "élève retiré du groupe", "élèves retirés du groupe",
		func(id uuid.UUID, errs ui.Errors) error {
			return p.renderShow(w, r, agent, id, http.StatusUnprocessableEntity, errs)
		})
}

// move does an act to the pupils selected; refused, the page that asked for it comes back.
func (p Pages) move(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	act func(context.Context, territoire.Tx, habilitation.Agent, uuid.UUID, []uuid.UUID) (int, error), un, des string,
	refuse func(uuid.UUID, ui.Errors) error,
) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	ids := f.UUIDs("id", "Cochez au moins un élève.")
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			n, err := act(ctx, tx, agent, id, ids)
			if err == nil {
				p.Flash(ctx, ui.Plural(n, un, des)+".", "")
			}
			return path(id), err
		})
	}
	if !f.Refused(err) {
		return err
	}
	return refuse(id, f.Errors())
}
