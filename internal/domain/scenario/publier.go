package scenario

import (
	"context"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Apercu is what publishing a scenario would do to each pupil. Publishing takes nobody out of a class: a scenario that
// leaves somebody aside has only not decided.
type Apercu struct {
	Changent    []Eleve // go to the class of the scenario
	Inchanges   int
	Attendus    []Eleve // placed by the scenario, but their year is not open yet
	Gardent     []Eleve // the scenario does not place them: they keep the class they have
	SansClasse  []Eleve // neither has one for them
	Impossibles []Eleve // their niveau has changed: the class does not open it
}

// Apercu looks ahead.
func (t *Tableau) Apercu() (a Apercu) {
	for _, e := range t.Eleves {
		k := t.Classe(e.ClasseID)
		switch {
		case k == nil && e.Vigueur != nil:
			a.Gardent = append(a.Gardent, e)
		case k == nil:
			a.SansClasse = append(a.SansClasse, e)
		case !k.Accueille(e):
			a.Impossibles = append(a.Impossibles, e)
		case e.ScolariteID == nil:
			a.Attendus = append(a.Attendus, e)
		case egal(e.Vigueur, e.ClasseID):
			a.Inchanges++
		default:
			a.Changent = append(a.Changent, e)
		}
	}
	return a
}

// Publier makes a scenario the répartition in force, as its version v shows it: one act, taken back as one.
func Publier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) (Fait, error) {
	t, err := ouvrirA(ctx, tx, agent, id, v)
	if err != nil {
		return Fait{}, err
	}
	a := t.Apercu()
	if len(a.Changent) == 0 {
		return Fait{}, refusal.InConflict("Ce scénario ne change rien à la répartition en vigueur.")
	}
	poses := make([]pose, len(a.Changent))
	for i, e := range a.Changent {
		to := e.ClasseID
		e.ClasseID, e.Version = e.Vigueur, 0 // as the register has him
		poses[i] = pose{e, to, false}
	}
	f := Fait{Eleves: len(poses)}
	if f.Mouvement, err = deplacer(ctx, tx, agent, Cible{Annee: t.Cible.Annee}, Publication, &id, poses); err != nil {
		return f, err
	}
	tx.Queue(`update scenario set publie_le = $2, version = version + 1 where id = $1`, id, agent.Maintenant)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.PublierRepartition, Objet: "scenario", ID: id, Ecole: agent.Ecole})
	return f, nil
}
