package sixieme

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/depart"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
)

// recu is a pupil whom a collège has received.
type recu struct {
	ID      uuid.UUID // of the scolarité that ends
	College string    // its name and its commune
}

const recusSQL = `
	select s.id, concat_ws(', ', g.nom, c.nom) as college
	from scolarite s join affectation_6e a on a.eleve_id = s.eleve_id and a.annee = $2 and a.etat = 'recu'
	join college g on g.uai = a.college_uai left join commune c on c.insee = g.commune_insee
	where s.id = any ($1) and s.annee = $2 - 1`

// Radier strikes off the pupils whom their collège has received for a rentrée, all of them or none, each with his collège
// as the destination. The act is undone as any departure of several.
func Radier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, ids []uuid.UUID, le time.Time) (uuid.UUID, error) {
	list, err := territoire.Lignes[recu](ctx, tx, recusSQL, ids, int(annee))
	if err != nil {
		return uuid.Nil, fmt.Errorf("sixieme: read who is received: %w", err)
	}
	college := map[uuid.UUID]string{}
	for _, r := range list {
		college[r.ID] = r.College
	}
	return depart.RadierChacun(ctx, tx, agent, ids, le, func(id uuid.UUID) (scolarite.Depart, error) {
		to, ok := college[id]
		if !ok {
			return scolarite.Depart{}, refusal.InConflict("Le collège n’a pas encore reçu cet élève.")
		}
		return scolarite.Depart{Le: le, Motif: "entree_6e", Destination: to}, nil
	})
}
