package compte

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// ErrPremiere means that there is nothing to grant from the command line.
var ErrPremiere = errors.New("ce compte n’attend pas d’habilitation d’inspection académique, ou son département en a déjà une")

// HabiliterPremiere grants the first habilitation of an IA in a département, where nobody could: the service asks for it,
// the owner of the base grants it, which is still two persons (security.md ACL-11). All others are granted by an IA; one whose
// account is suspended grants nothing, and keeps nobody from being the first.
func HabiliterPremiere(ctx context.Context, tx Ecrivain, identifiant string, now time.Time) error {
	tag, err := tx.Exec(ctx, `
		update habilitation h set etat = 'accordee', decidee_le = $2 from compte c
		where c.identifiant = $1 and h.compte_id = c.id and h.role = 'ia' and h.etat = 'demandee'
			and not exists (select from habilitation o where o.role = 'ia' and o.departement_code = h.departement_code
				and o.etat = 'accordee' and o.compte_actif and (o.fin is null or o.fin >= $2::date))`, normaliser(identifiant), now)
	if err != nil {
		return fmt.Errorf("compte: grant the first habilitation: %w", err)
	}
	if tag.RowsAffected() != 1 {
		return ErrPremiere
	}
	return nil
}
