package passage

import (
	"context"
	"fmt"
	"time"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// admise is the state of a scolarité that no decision changes any more (internal/domain/scolarite).
const admise = "admis_definitif"

// errAdmis refuses to change the decision of a pupil who is in his new year already.
var errAdmis = refusal.InConflict("L’élève est déjà admis dans l’année que cette décision a ouverte\u00a0: annulez d’abord cette admission, ou radiez-le pour admission erronée.")

// errAilleurs leaves to another school what it has opened for the pupil.
var errAilleurs = refusal.InConflict("Une autre école attend cet élève l’an prochain\u00a0: la décision change une fois qu’elle y a renoncé.")

// suivre brings the year prepared for the pupil in line with a choice that has changed: its niveau, the class that does
// not open it, or the whole of it for who leaves.
func (p Passage) suivre(ctx context.Context, tx territoire.Tx, before Choix, today time.Time) error {
	c := p.Choix()
	if !p.Suivi || c.Niveau == before.Niveau && c.Quittant == before.Quittant {
		return nil
	}
	if p.SuiteEtat == admise {
		return errAdmis
	}
	var ailleurs bool
	if err := tx.QueryRow(ctx, `select suivre_passage($1, $2)`, p.ScolariteID, today).Scan(&ailleurs); err != nil {
		return fmt.Errorf("passage: bring the next year in line: %w", err)
	}
	if ailleurs {
		return errAilleurs
	}
	return nil
}
