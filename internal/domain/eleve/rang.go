package eleve

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// avancerSQL does not touch the version: an order is no change of what somebody else is typing.
const avancerSQL = `
	with lui as (select rang from lien_responsable where eleve_id = $1 and responsable_id = $2),
	precedent as (select l.responsable_id, l.rang from lien_responsable l, lui
		where l.eleve_id = $1 and l.rang < lui.rang order by l.rang desc limit 1)
	update lien_responsable l set rang = case l.responsable_id when $2 then precedent.rang else lui.rang end
	from lui, precedent where l.eleve_id = $1 and l.responsable_id in ($2, precedent.responsable_id)`

// AvancerResponsable has a responsable called before the one that precedes him: the order in which the school calls.
func AvancerResponsable(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve, id uuid.UUID) error {
	if _, err := lockEcriture(ctx, tx, agent, eleve, 0); err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, avancerSQL, eleve, id)
	if err != nil {
		return fmt.Errorf("eleve: order the responsables: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return premier(ctx, tx, eleve, id)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: "responsable", ID: id, Ecole: agent.Ecole})
	return nil
}

// premier says why nobody moved: he is the first, or he is nobody of this pupil's.
func premier(ctx context.Context, tx territoire.Tx, eleve, id uuid.UUID) error {
	var lie bool
	err := tx.QueryRow(ctx, `select exists (select from lien_responsable where eleve_id = $1 and responsable_id = $2)`, eleve, id).Scan(&lie)
	switch {
	case err != nil:
		return fmt.Errorf("eleve: read the first responsable: %w", err)
	case lie:
		return refusal.InConflict("Cette personne est déjà appelée en premier.")
	}
	return refusal.NotFound()
}
