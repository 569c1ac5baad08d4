package repartition

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// place puts the pupils selected in the class chosen, or takes them out of theirs when none is: all of them or none.
func (p Pages) place(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	v := view{critere: readCritere(r.URL.Query(), agent), agent: agent, f: f}
	v.ids = f.UUIDs("id", "Cochez au moins un élève.")
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			k, err := v.destination(ctx, tx)
			if err != nil {
				return "", err
			}
			if err := v.affecter(ctx, tx, k); err != nil {
				return "", err
			}
			p.Flash(ctx, v.done(k), "")
			return v.critere.href(), nil
		})
	}
	if !f.Refused(err) {
		return err
	}
	return p.render(w, r, v, http.StatusUnprocessableEntity)
}

// destination is the class chosen, nil to take out. No class is a choice for pupils who have one to leave; beside the
// button that takes out, or for pupils who have none, it is an oversight.
func (v view) destination(ctx context.Context, tx territoire.Tx) (*scolarite.Classe, error) {
	switch {
	case v.critere.Retirer:
		return nil, nil
	case v.f.Text("classe_id") != "":
		return scolarite.FindClasse(ctx, tx, v.f.UUID("classe_id"))
	}
	var placed bool
	err := tx.QueryRow(ctx, `select exists (select from scolarite where id = any ($1) and classe_id is not null)`, v.ids).Scan(&placed)
	switch {
	case err != nil:
		return nil, fmt.Errorf("repartition: read the selection: %w", err)
	case !placed || v.critere.Classe != nil:
		return nil, refusal.Of("classe_id", "Choisissez la classe où placer les élèves.")
	}
	return nil, nil
}

// affecter does the act, or says whom it cannot be done to.
func (v view) affecter(ctx context.Context, tx territoire.Tx, k *scolarite.Classe) error {
	err := lot.Faire(ctx, tx, v.ids, func(id uuid.UUID) error {
		return scolarite.Affecter(ctx, tx, v.agent, id, 0, k)
	})
	if refuses := (lot.Refuses{}); errors.As(err, &refuses) {
		return named(ctx, tx, refuses)
	}
	return err
}

// nomme is the name of a pupil selected.
type nomme struct {
	ID         uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
}

// named says each refusal with the pupil it is about.
func named(ctx context.Context, tx territoire.Tx, refuses lot.Refuses) error {
	ids := make([]uuid.UUID, len(refuses))
	for i, r := range refuses {
		ids[i] = r.ID
	}
	rows, err := territoire.Lignes[nomme](ctx, tx, `select id, nom_famille, nom_usage, prenom from scolarite where id = any ($1)`, ids)
	if err != nil {
		return fmt.Errorf("repartition: read the names: %w", err)
	}
	names := make(map[uuid.UUID]string, len(rows))
	for _, n := range rows {
		names[n.ID] = eleve.NomListe(n.NomFamille, n.NomUsage, n.Prenom)
	}
	var l refusal.List
	for _, r := range refuses {
		l.Add("", names[r.ID]+"\u00a0: "+r.Motif)
	}
	return l.Err()
}

// done says what was done.
func (v view) done(k *scolarite.Classe) string {
	n := len(v.ids)
	switch {
	case k != nil:
		return ui.Plural(n, "élève placé", "élèves placés") + " dans la classe " + k.Libelle + "."
	case n == 1:
		return "Un élève retiré de sa classe."
	}
	return ui.Count(n) + " élèves retirés de leur classe."
}
