package compte

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

var errAttendue = refusal.InConflict("Une clé vous est attribuée : mettez-la d’abord en service, à la connexion suivante.")

// Enroler puts a key that the agent's own telephone holds in the place of the one in service: he has typed a code of it,
// which serves no second time. The former key opens nothing any more.
func Enroler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, box *coffre.Coffre, c otp.Cle, code string) error {
	m, v, err := c.Juger(chiffres(code), c.Neuve(), agent.Maintenant)
	if err != nil {
		return err
	}
	if v != otp.Juste {
		return errCode
	}
	id := uuid.New()
	var fait bool
	err = tx.QueryRow(ctx, `select enroler_ma_cle($1, $2, $3, $4, $5)`, id, c.Serie, box.Sceller(c.Secret, c.Serie), m.Dernier, agent.Maintenant).
		Scan(&fait)
	if err != nil {
		return fmt.Errorf("compte: put the key in service: %w", err)
	}
	if !fait {
		return errAttendue
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.EnrolerCle, Objet: "cle", ID: id, Ecole: agent.Ecole})
	return nil
}
