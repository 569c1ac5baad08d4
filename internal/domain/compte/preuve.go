package compte

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// errMotDePasse tells the holder of an open session what the log-in page tells nobody: which of the two was wrong.
var errMotDePasse = refusal.Of("mot_de_passe", "Ce mot de passe n’est pas le bon.")

// Identifiant is that of an account, for its own holder.
func (g *Gate) Identifiant(ctx context.Context, compte uuid.UUID) (identifiant string, err error) {
	err = g.DB.Connexion(ctx, func(tx territoire.Tx) error {
		return tx.QueryRow(ctx, `select identifiant from compte where id = $1`, compte).Scan(&identifiant)
	})
	if err != nil {
		return "", fmt.Errorf("compte: read the identifier: %w", err)
	}
	return identifiant, nil
}

// Seconde is the second proof: a code of the key, or a passkey.
type Seconde struct {
	Code  string
	Acces *Acces
}

// Reprouver asks one who is logged in for both proofs again (security.md SES-5): somebody else may sit at a screen left
// open. His failures are counted with those of the log-in, so that nobody guesses here what he may not guess there.
func (g *Gate) Reprouver(ctx context.Context, v Visite, compte uuid.UUID, motDePasse string, s Seconde) error {
	identifiant, err := g.Identifiant(ctx, compte)
	if err != nil {
		return err
	}
	_, err = g.MotDePasse(ctx, v, identifiant, motDePasse)
	if errors.Is(err, errIncorrect) {
		return errMotDePasse
	}
	if err != nil {
		return err
	}
	if s.Acces != nil {
		_, err = g.Acces(ctx, v, compte, identifiant, *s.Acces)
	} else {
		_, err = g.Code(ctx, v, compte, identifiant, s.Code)
	}
	return err
}
