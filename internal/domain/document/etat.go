package document

import (
	"context"
	"time"

	"base-eleves/internal/territoire"
)

// Etat says whether a paper still holds, and since when another one has replaced it.
type Etat struct {
	Code string
	Le   time.Time // of Remplace: the day the newer one was issued
}

// The states of a paper; "" is one of which the base says nothing.
const (
	EnVigueur = "en_vigueur"
	Remplace  = "remplace"
	Perime    = "perime"
)

// EtatDe reads the state of a paper by its number, for anybody who holds it. Only who has the paper can ask: the number
// comes out of its seal. The base tells no more than a state.
func EtatDe(ctx context.Context, db *territoire.DB, numero string, now time.Time) (Etat, error) {
	var etat Etat
	err := db.Connexion(ctx, func(tx territoire.Tx) (err error) {
		type row struct {
			Etat string
			Le   *time.Time
		}
		r, err := territoire.Ligne[row](ctx, tx, `select etat, le from etat_du_document($1, $2)`, numero, now)
		if err != nil {
			return err
		}
		etat.Code = r.Etat
		if r.Le != nil {
			etat.Le = r.Le.In(now.Location())
		}
		return nil
	})
	return etat, err
}
