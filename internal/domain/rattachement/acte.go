package rattachement

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

const objet = "rattachement"

var errEcole = refusal.Of("ecole_uai", "Aucune école de votre département ne porte ce code.")

// Attacher opens a period for a child whose file the agent reads.
func Attacher(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, p Periode) (uuid.UUID, error) {
	p.situer(agent)
	if err := admettre(ctx, tx, agent, enfant, p); err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	_, err := tx.Exec(ctx, `insert into rattachement (id, eleve_id, ecole_uai, modalite, debut, fin)
		values ($1, $2, nullif($3, ''), $4, $5, $6)`, id, enfant, p.Ecole, p.Modalite, p.Debut, p.fin())
	if err != nil {
		return uuid.Nil, explain(err)
	}
	noter(tx, agent, journal.Attacher, id, p.Ecole)
	return id, nil
}

// Corriger changes what was recorded of a period.
func Corriger(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, p Periode) error {
	p.situer(agent)
	enfant, err := lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	if err := admettre(ctx, tx, agent, enfant, p); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `update rattachement set ecole_uai = nullif($2, ''), modalite = $3, debut = $4, fin = $5,
		version = version + 1 where id = $1`, id, p.Ecole, p.Modalite, p.Debut, p.fin())
	if err != nil {
		return explain(err)
	}
	noter(tx, agent, journal.Modifier, id, p.Ecole)
	return nil
}

// Finir ends a period on its last day.
func Finir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, le time.Time) error {
	if _, err := lock(ctx, tx, id, v); err != nil {
		return err
	}
	if le.IsZero() {
		return refusal.Of("le", "Indiquez le dernier jour de cette instruction.")
	}
	if le.After(agent.Aujourdhui().AddDate(plusLoin, 0, 0)) {
		return refusal.Of("le", "Cette date est trop lointaine.")
	}
	if _, err := tx.Exec(ctx, `update rattachement set fin = $2, version = version + 1 where id = $1`, id, le); err != nil {
		return refusal.On("le", explain(err))
	}
	noter(tx, agent, journal.Detacher, id, agent.Ecole)
	return nil
}

// Retirer takes away a period that should never have been recorded; the history of the file keeps its trace.
func Retirer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	if _, err := lock(ctx, tx, id, v); err != nil {
		return err
	}
	tx.Queue(`delete from rattachement where id = $1`, id)
	noter(tx, agent, journal.Supprimer, id, agent.Ecole)
	return nil
}

// situer gives the school of the directeur, who attaches to no other.
func (p *Periode) situer(agent habilitation.Agent) {
	if agent.Ecole != "" {
		p.Ecole = agent.Ecole
	}
}

func (p Periode) fin() *time.Time {
	if p.Fin.IsZero() {
		return nil
	}
	return &p.Fin
}

func lock(ctx context.Context, tx territoire.Tx, id uuid.UUID, v int) (enfant uuid.UUID, err error) {
	var present int
	err = tx.QueryRow(ctx, `select eleve_id, version from rattachement where id = $1 for update`, id).Scan(&enfant, &present)
	return enfant, version.Check(err, objet, v, present)
}

const enfantSQL = `
	select e.etat, e.date_naissance, $3 = '' or $3 = any ((select portee_ecoles())::text[]),
		exists (select from scolarite s where s.eleve_id = e.id and s.etat = 'admis_definitif' and s.fin_annee >= $2
			and (s.date_radiation is null or s.date_radiation > $2))
	from enfant_a_rattacher($1) e`

// admettre refuses a period that the rule, the file or the territory does not allow.
func admettre(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, p Periode) error {
	var etat string
	var e enfant
	var ici bool
	err := tx.QueryRow(ctx, enfantSQL, id, p.Debut, p.Ecole).Scan(&etat, &e.Naissance, &ici, &e.Present)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return refusal.NotFound()
	case err != nil:
		return fmt.Errorf("rattachement: read the child: %w", err)
	case etat == eleve.Fusionne:
		return eleve.ErrFusionne
	case !ici:
		return errEcole
	}
	return p.valider(e, agent.Aujourdhui())
}

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID, uai string) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: objet, ID: id, Ecole: uai})
}

// explain gives the constraints of the table their sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.ConstraintName {
		case "un_seul_rattachement_a_la_fois":
			return refusal.Of("debut", "Cet enfant est déjà instruit hors de l’école à ces dates.")
		case "rattachement_dans_l_ordre":
			return refusal.Of("fin", "Le dernier jour précède le premier.")
		}
	}
	return fmt.Errorf("rattachement: save: %w", err)
}
