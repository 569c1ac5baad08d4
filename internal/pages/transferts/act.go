package transferts

import (
	"context"
	"errors"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/transfert"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// acte is what one does to the pupils selected; its name ends the address it is posted to.
type acte string

const (
	accepter acte = "accepter"
	decliner acte = "decliner"
	retirer  acte = "retirer"
	inscrire acte = "inscrire"
)

// dits are the acts as their button says them, then as done for one pupil or more.
var dits = map[acte]struct{ bouton, un, plusieurs string }{
	accepter: {"Accepter les élèves cochés", "élève est attendu à la rentrée", "élèves sont attendus à la rentrée"},
	decliner: {"Décliner", "élève est décliné", "élèves sont déclinés"},
	retirer:  {"Retirer de la proposition", "élève est retiré", "élèves sont retirés"},
	inscrire: {"Inscrire les enfants cochés", "enfant est inscrit", "enfants sont inscrits"},
}

// consigne says what is expected of the agent.
func (v vue) consigne() string {
	switch {
	case v.recoit():
		return "Acceptez tous ces élèves d’un coup, ou décochez ceux qui ne viendront pas. Leur dossier vous parvient à la rentrée, quand vous les notez présents."
	case v.envoie():
		return "L’école choisie n’a pas encore répondu pour ces élèves."
	}
	return "Inscrivez ces enfants d’un coup\u00a0: l’école pourra ensuite les accepter."
}

// submit does an act to the pupils selected: to all of them, or to none. Without any, the undo of an offer withdraws all.
func (p Pages) submit(a acte) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		id, err := httpx.ID(r, "id")
		if err != nil {
			return err
		}
		v, err := p.read(r.Context(), agent, id)
		if err != nil {
			return err
		}
		if v.form, err = httpx.ReadForm(r, agent.Aujourdhui()); err != nil {
			return err
		}
		v.ids = v.choisis(a)
		if err = v.form.Err(); err == nil {
			err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
				if err := faire(ctx, tx, agent, a, id, v.ids); err != nil {
					return "", err
				}
				p.Flash(ctx, ui.Plural(len(v.ids), dits[a].un, dits[a].plusieurs)+".", v.undo(a))
				return path(id), nil
			})
		}
		return p.refuse(w, r, v, err)
	}
}

// choisis are the pupils ticked.
func (v vue) choisis(a acte) []uuid.UUID {
	if a == retirer && len(v.form.Values["id"]) == 0 {
		var ids []uuid.UUID
		for _, e := range v.eleves {
			if e.Etat == transfert.Propose {
				ids = append(ids, e.ID)
			}
		}
		return ids
	}
	return v.form.UUIDs("id", "Cochez au moins un élève.")
}

// undo is the address that takes the act back, "" for none.
func (v vue) undo(a acte) string {
	if a == accepter || a == decliner {
		return path(v.transfert.ID) + "/annuler"
	}
	return ""
}

func faire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, a acte, id uuid.UUID, ids []uuid.UUID) error {
	switch a {
	case accepter:
		return transfert.Accepter(ctx, tx, agent, id, 0, ids)
	case decliner:
		return transfert.Decliner(ctx, tx, agent, id, 0, ids)
	case retirer:
		return transfert.Retirer(ctx, tx, agent, id, 0, ids)
	}
	return transfert.Inscrire(ctx, tx, agent, id, ids)
}

// refuse shows the page again with each pupil who is refused, by name.
func (p Pages) refuse(w http.ResponseWriter, r *http.Request, v vue, err error) error {
	var refuses lot.Refuses
	if !errors.As(err, &refuses) && !v.form.Refused(err) {
		return err
	}
	for _, refus := range refuses {
		v.form.Refuse("", v.nom(refus.ID)+"\u00a0: "+refus.Motif)
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, showPage(v))
}

func (v vue) nom(id uuid.UUID) string {
	for _, e := range v.eleves {
		if e.ID == id {
			return e.Nom()
		}
	}
	return ""
}

func (p Pages) annuler(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		laisses, err := transfert.Annuler(ctx, tx, agent, id, 0)
		if err == nil {
			said := "Les réponses sont annulées."
			if laisses > 0 {
				said += " " + ui.Plural(laisses, "élève, déjà suivi par l’école qui l’accueille, y reste.", "élèves, déjà suivis par l’école qui les accueille, y restent.")
			}
			p.Flash(ctx, said, "")
		}
		return path(id), err
	})
}
