package opposition

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// lockSQL makes a radiation under way and an opposition wait for each other: both lock the lines of the register.
const lockSQL = `select id from scolarite where eleve_id = $1 for update`

const autoriteSQL = `
	select exists (select from lien_responsable where eleve_id = $1 and responsable_id = $2 and autorite_parentale)`

const enregistrerSQL = `insert into opposition (id, eleve_id, responsable_id, recue_le) values ($1, $2, $3, $4)`

// Enregistrer records that a responsable opposes the radiation of the pupil.
func Enregistrer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant, responsable uuid.UUID, recueLe time.Time) error {
	tx.Queue(lockSQL, enfant)
	if err := eleve.LockOuvert(ctx, tx, enfant); err != nil {
		return err
	}
	var autorite bool
	if err := tx.QueryRow(ctx, autoriteSQL, enfant, responsable).Scan(&autorite); err != nil {
		return fmt.Errorf("opposition: read the authority: %w", err)
	}
	if err := validerReception(recueLe, agent.Aujourdhui(), autorite); err != nil {
		return err
	}
	id := uuid.New()
	if _, err := tx.Exec(ctx, enregistrerSQL, id, enfant, responsable, recueLe); err != nil {
		return explain(err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.EnregistrerOpposition, Objet: "eleve", ID: enfant, Ecole: agent.Ecole})
	return nil
}

const leverSQL = `
	update opposition set levee_le = $2, motif_levee = $3, reference = $4, version = version + 1 where id = $1`

// Lever lifts the opposition that the pupil has.
func Lever(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, v int, l Levee) error {
	if err := eleve.LockOuvert(ctx, tx, enfant); err != nil {
		return err
	}
	var id uuid.UUID
	var present int
	var o Opposition
	err := tx.QueryRow(ctx, `select id, version, recue_le, levee_le from opposition where eleve_id = $1
		order by levee_le nulls first, recue_le desc limit 1 for update`, enfant).Scan(&id, &present, &o.RecueLe, &o.LeveeLe)
	if errors.Is(err, pgx.ErrNoRows) {
		return refusal.InConflict("Aucune opposition n’est enregistrée pour cet élève.")
	}
	if err := version.Check(err, "opposition", v, present); err != nil {
		return err
	}
	if err := o.Lever(l, agent.Aujourdhui()); err != nil {
		return err
	}
	tx.Queue(leverSQL, id, l.Le, l.Motif, l.Reference)
	journal.Record(tx, agent, journal.Ligne{
		Acte: journal.LeverOpposition, Objet: "eleve", ID: enfant, Ecole: agent.Ecole, Motif: l.Motif,
	})
	return nil
}

// Refuser says no to an act that removes the pupil from the school while a parent opposes it. Whoever asks holds the
// lock of the line of the register that the act changes.
func Refuser(ctx context.Context, tx territoire.Tx, enfant uuid.UUID) error {
	var recueLe time.Time
	err := tx.QueryRow(ctx, OuverteSQL, enfant).Scan(&recueLe)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("opposition: look for one: %w", err)
	}
	return Opposee(recueLe)
}

// OuverteSQL is the day since when a parent opposes the radiation of a pupil, no row when none does.
const OuverteSQL = `select recue_le from opposition where eleve_id = $1 and levee_le is null`

// OuverteParmiSQL is the first of those days for the pupils that a query designates.
func OuverteParmiSQL(eleves string) string {
	return `select recue_le from opposition where eleve_id = any (array(` + eleves + `)) and levee_le is null order by recue_le limit 1`
}

// explain gives the constraints of the table their sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.ConstraintName == "une_opposition_ouverte_par_eleve" {
		return refusal.InConflict("Une opposition est déjà enregistrée pour cet élève.")
	}
	return fmt.Errorf("opposition: record: %w", err)
}
