package election

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Preparer opens the election of the agent's school for a year.
func Preparer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, s Scrutin) (uuid.UUID, error) {
	if err := s.Valider(annee); err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	_, err := tx.Exec(ctx, `insert into election (id, ecole_uai, annee, scrutin_le, report, mode, ouvre_a, ferme_a, reunion_le)
		values ($1, $2, $3, $4, $5, $6, nullif($7, -1), nullif($8, -1), $9)`,
		id, agent.Ecole, int(annee), s.Le, s.Report, s.Mode, int(s.Ouvre), int(s.Ferme), jourOuRien(s.Reunion))
	if err != nil {
		return uuid.Nil, expliquer(err)
	}
	noter(tx, agent, journal.PreparerElection, id)
	return id, nil
}

// Modifier changes what was decided of an election. A list already fixed must have been fixed in time for the new date.
func Modifier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, s Scrutin) error {
	e, err := verrouiller(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if e.ProclameeLe != nil {
		return refusal.InConflict("Les résultats sont proclamés\u00a0: rien ne change plus.")
	}
	if err := s.Valider(ecole.Annee(e.Annee)); err != nil {
		return err
	}
	if e.ArreteeLe != nil && s.ArreterLe(ecole.Annee(e.Annee), *e.ArreteeLe, agent.Aujourdhui()) != nil {
		return refusal.Of("scrutin_le", "La liste électorale a été arrêtée trop tard pour cette date\u00a0: rouvrez-la d’abord.")
	}
	_, err = tx.Exec(ctx, `update election set scrutin_le = $2, report = $3, mode = $4, ouvre_a = nullif($5, -1), ferme_a = nullif($6, -1),
		reunion_le = $7, version = version + 1 where id = $1`,
		id, s.Le, s.Report, s.Mode, int(s.Ouvre), int(s.Ferme), jourOuRien(s.Reunion))
	if err != nil {
		return expliquer(err)
	}
	noter(tx, agent, journal.Modifier, id)
	return nil
}

// ligne is what the acts read of an election.
type ligne struct {
	Version   int
	EcoleUAI  string
	Annee     int
	ScrutinLe time.Time
	ArreteeLe *time.Time
	Sieges    int
	Inscrits  int

	ProclameeLe *time.Time
	AnnuleeLe   *time.Time
}

// verrouiller locks an election of the territory; v is the version that the form was opened on, 0 for an act that needs none.
func verrouiller(ctx context.Context, tx territoire.Tx, id uuid.UUID, v int) (e ligne, err error) {
	e, err = territoire.Ligne[ligne](ctx, tx,
		`select version, ecole_uai, annee, scrutin_le, arretee_le,
		coalesce(sieges, 0) as sieges, coalesce(inscrits, 0) as inscrits, proclamee_le, annulee_le from election where id = $1 for update`, id)
	return e, version.Check(err, "election", v, e.Version)
}

func jourOuRien(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// expliquer gives the constraints their sentence.
func expliquer(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.ConstraintName {
		case "une_election_par_ecole_et_par_annee":
			return refusal.InConflict("L’élection de cette année est déjà préparée\u00a0: ouvrez-la.")
		case "election_annee_fkey":
			return refusal.InConflict("Cette année scolaire n’est pas encore ouverte.")
		}
	}
	return fmt.Errorf("election: save: %w", err)
}

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "election", ID: id, Ecole: agent.Ecole})
}

// Oublier erases the voters of the elections that nobody can contest any more.
func Oublier(tx territoire.Tx, now time.Time) {
	tx.Queue(`select oublier_elections($1)`, now.Format(time.DateOnly))
}
