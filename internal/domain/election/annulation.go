package election

import (
	"context"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Annulations are why the inspection annuls an election whose results were contested before it (arrêté of 13 May 1985).
var Annulations = []inscription.Valeur{
	{Code: "liste", Label: "Liste électorale irrégulière"}, {Code: "candidature", Label: "Candidature irrégulière"},
	{Code: "scrutin", Label: "Déroulement du vote irrégulier"}, {Code: "depouillement", Label: "Dépouillement irrégulier"},
	{Code: "autre", Label: "Autre motif de la décision"},
}

// Annulation is that decision.
type Annulation struct {
	Le    time.Time
	Motif string // a code of Annulations
}

// Valider says what is missing or wrong, of results proclaimed on a day.
func (a Annulation) Valider(proclamee, today time.Time) error {
	var l refusal.List
	validerJour(&l, "annulee_le", a.Le, proclamee, today)
	if !inscription.Connu(Annulations, a.Motif) {
		l.Add("annulation", "Choisissez le motif de la décision.")
	}
	return l.Err()
}

var errAnnulee = refusal.InConflict("Cette élection est annulée\u00a0: rien ne change plus.")

// Annuler records that the results do not hold: the election stays as it was, and another one may be prepared for the year.
func Annuler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, a Annulation) error {
	e, err := verrouiller(ctx, tx, id, v)
	switch {
	case err != nil:
		return err
	case e.AnnuleeLe != nil:
		return errAnnulee
	case e.ProclameeLe == nil:
		return refusal.InConflict("Les résultats ne sont pas proclamés\u00a0: il n’y a rien à annuler.")
	}
	if err := a.Valider(*e.ProclameeLe, agent.Aujourdhui()); err != nil {
		return err
	}
	tx.Queue(`update election set annulee_le = $2, annulation = $3, version = version + 1 where id = $1`, id, a.Le, a.Motif)
	noter(tx, agent, journal.AnnulerElection, id)
	return nil
}

// Retablir takes back an annulment recorded by mistake, as long as no other election of the year is prepared.
func Retablir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	e, err := verrouiller(ctx, tx, id, 0)
	switch {
	case err != nil:
		return err
	case e.AnnuleeLe == nil:
		return refusal.InConflict("Cette élection n’est pas annulée.")
	}
	if _, err := tx.Exec(ctx, `update election set annulee_le = null, annulation = '', version = version + 1 where id = $1`, id); err != nil {
		return expliquer(err)
	}
	noter(tx, agent, journal.RetablirElection, id)
	return nil
}
