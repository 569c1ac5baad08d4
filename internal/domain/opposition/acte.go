package opposition

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// lockSQL makes a radiation under way and an opposition wait for each other: both lock the lines of the register.
const lockSQL = `select id from scolarite where eleve_id = $1 for update`

const autoriteSQL = `
	select exists (select from lien_responsable where eleve_id = e.id and responsable_id = $2 and autorite_parentale)
	from eleve e where id = $1`

const enregistrerSQL = `insert into opposition (id, eleve_id, responsable_id, recue_le) values ($1, $2, $3, $4)`

// Enregistrer records that a responsable opposes the radiation of the pupil.
func Enregistrer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve, responsable uuid.UUID, recueLe time.Time) error {
	tx.Queue(lockSQL, eleve)
	var autorite bool
	err := tx.QueryRow(ctx, autoriteSQL, eleve, responsable).Scan(&autorite)
	if errors.Is(err, pgx.ErrNoRows) {
		return refusal.NotFound()
	}
	if err != nil {
		return fmt.Errorf("opposition: read the authority: %w", err)
	}
	if err := validerReception(recueLe, agent.Aujourdhui(), autorite); err != nil {
		return err
	}
	id := uuid.New()
	if _, err := tx.Exec(ctx, enregistrerSQL, id, eleve, responsable, recueLe); err != nil {
		return explain(err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.EnregistrerOpposition, Objet: "eleve", ID: eleve, Ecole: agent.Ecole})
	return nil
}

const leverSQL = `
	update opposition set levee_le = $2, motif_levee = $3, reference = $4, version = version + 1 where id = $1`

// Lever lifts the opposition that the pupil has.
func Lever(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, v int, l Levee) error {
	var id uuid.UUID
	var present int
	var o Opposition
	err := tx.QueryRow(ctx, `select id, version, recue_le, levee_le from opposition where eleve_id = $1
		order by levee_le nulls first, recue_le desc limit 1 for update`, eleve).Scan(&id, &present, &o.RecueLe, &o.LeveeLe)
	if errors.Is(err, pgx.ErrNoRows) {
		return aucune(ctx, tx, eleve)
	}
	if err := version.Check(err, "opposition", v, present); err != nil {
		return err
	}
	if err := o.Lever(l, agent.Aujourdhui()); err != nil {
		return err
	}
	tx.Queue(leverSQL, id, l.Le, l.Motif, l.Reference)
	journal.Record(tx, agent, journal.Ligne{
		Acte: journal.LeverOpposition, Objet: "eleve", ID: eleve, Ecole: agent.Ecole, Motif: l.Motif,
	})
	return nil
}

// aucune tells a pupil without any opposition from one of another territory.
func aucune(ctx context.Context, tx territoire.Tx, eleve uuid.UUID) error {
	if err := version.Lock(ctx, tx, "eleve", eleve, 0); err != nil {
		return err
	}
	return refusal.InConflict("Aucune opposition n’est enregistrée pour cet élève.")
}

// Refuser says no to an act that removes the pupil from the school while a parent opposes it. Whoever asks holds the
// lock of the line of the register that the act changes.
func Refuser(ctx context.Context, tx territoire.Tx, eleve uuid.UUID) error {
	var recueLe time.Time
	err := tx.QueryRow(ctx, `select recue_le from opposition where eleve_id = $1 and levee_le is null`, eleve).Scan(&recueLe)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return nil
	case err != nil:
		return fmt.Errorf("opposition: look for one: %w", err)
	}
	return refuser(recueLe)
}

// explain gives the constraints of the table their sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.ConstraintName == "une_opposition_ouverte_par_eleve" {
		return refusal.InConflict("Une opposition est déjà enregistrée pour cet élève.")
	}
	return fmt.Errorf("opposition: record: %w", err)
}
