package dispositif

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Ouvrir records the ULIS of the agent's school for a year; v is the version of the one that is there, 0 for none.
func Ouvrir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, v int, u Unite) error {
	if err := u.Valider(); err != nil {
		return err
	}
	id, present := uuid.New(), 0
	err := tx.QueryRow(ctx, `select id, version from ulis where ecole_uai = $1 and annee = $2 for update`, agent.Ecole, int(annee)).Scan(&id, &present)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return fmt.Errorf("dispositif: lock the ULIS: %w", err)
	}
	if present != v {
		return refusal.Outdated()
	}
	_, err = tx.Exec(ctx, `insert into ulis (id, ecole_uai, annee, libelle, enseignant, salle, effectif_max)
		values ($1, $2, $3, $4, $5, $6, nullif($7, 0))
		on conflict (id) do update set libelle = excluded.libelle, enseignant = excluded.enseignant, salle = excluded.salle,
			effectif_max = excluded.effectif_max, version = ulis.version + 1`,
		id, agent.Ecole, int(annee), u.Libelle, u.Enseignant, u.Salle, u.EffectifMax)
	if err != nil {
		return explain(err)
	}
	noter(tx, agent, journal.Modifier, "ulis", id)
	return nil
}

// Fermer takes the ULIS of a year away, if nobody benefits from it then.
func Fermer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, v int) error {
	var id uuid.UUID
	var present int
	var sert bool
	err := tx.QueryRow(ctx, `select id, version, exists (select from beneficiaire b where b.ecole_uai = u.ecole_uai
			and b.dispositif = 'ulis' and b.debut <= $4 and (b.fin is null or b.fin >= $3))
		from ulis u where ecole_uai = $1 and annee = $2 for update`,
		agent.Ecole, int(annee), annee.Debut(), annee.Fin()).Scan(&id, &present, &sert)
	if err := version.Check(err, "ulis", v, present); err != nil {
		return err
	}
	if sert {
		return refusal.InConflict("Des élèves bénéficient de ce dispositif cette année\u00a0: mettez d’abord fin à chaque période.")
	}
	tx.Queue(`delete from ulis where id = $1`, id)
	noter(tx, agent, journal.Supprimer, "ulis", id)
	return nil
}

const eleveSQL = `
	select s.eleve_id, $3 = 'upe2a' or exists (select from ulis where ecole_uai = s.ecole_uai and annee = $2)
	from scolarite s where s.id = $1 and s.annee = $2 and s.etat in ('admis_accepte', 'admis_definitif')`

// Commencer says that the pupil of a scolarité benefits from a dispositif from a day on.
func Commencer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, scolarite uuid.UUID, d Dispositif, p Periode) error {
	if err := p.valider(agent.Aujourdhui()); err != nil {
		return err
	}
	var eleve uuid.UUID
	var ouvert bool
	err := tx.QueryRow(ctx, eleveSQL, scolarite, int(ecole.AnneeDe(p.Debut)), string(d)).Scan(&eleve, &ouvert)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return refusal.Of("debut", "Cet élève n’est pas dans l’école à cette date.")
	case err != nil:
		return fmt.Errorf("dispositif: read the pupil: %w", err)
	case !ouvert:
		return refusal.Of("debut", "L’école n’a pas de dispositif ULIS cette année-là\u00a0: ouvrez-le d’abord.")
	}
	id := uuid.New()
	if _, err := tx.Exec(ctx, `insert into beneficiaire (id, eleve_id, ecole_uai, dispositif, debut, fin) values ($1, $2, $3, $4, $5, $6)`,
		id, eleve, agent.Ecole, d, p.Debut, p.fin()); err != nil {
		return explain(err)
	}
	noter(tx, agent, journal.Creer, objet, id)
	return nil
}

// objet is the table of the periods.
const objet = "beneficiaire"

// Finir ends a period on its last day.
func Finir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, le time.Time) error {
	if err := version.Lock(ctx, tx, objet, id, 0); err != nil {
		return err
	}
	if le.IsZero() {
		return refusal.Of("debut", "Indiquez le dernier jour.")
	}
	if _, err := tx.Exec(ctx, `update beneficiaire set fin = $2, version = version + 1 where id = $1`, id, le); err != nil {
		return refusal.On("debut", explain(err))
	}
	noter(tx, agent, journal.Modifier, objet, id)
	return nil
}

// Corriger changes the days of a period.
func Corriger(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, p Periode) error {
	if err := version.Lock(ctx, tx, objet, id, v); err != nil {
		return err
	}
	if err := p.valider(agent.Aujourdhui()); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `update beneficiaire set debut = $2, fin = $3, version = version + 1 where id = $1`, id, p.Debut, p.fin()); err != nil {
		return explain(err)
	}
	noter(tx, agent, journal.Modifier, objet, id)
	return nil
}

// Retirer takes away a period that should never have been recorded.
func Retirer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	if err := version.Lock(ctx, tx, objet, id, v); err != nil {
		return err
	}
	tx.Queue(`delete from beneficiaire where id = $1`, id)
	noter(tx, agent, journal.Supprimer, objet, id)
	return nil
}

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, table string, id uuid.UUID) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: table, ID: id, Ecole: agent.Ecole})
}

// explain gives the constraints of the tables their sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.ConstraintName {
		case "un_seul_benefice_a_la_fois":
			return refusal.Of("debut", "Cet élève bénéficie déjà de ce dispositif à ces dates.")
		case "benefice_dans_l_ordre":
			return refusal.Of("fin", "Le dernier jour précède le premier.")
		case "une_ulis_par_ecole_et_par_annee":
			return refusal.Outdated()
		case "ulis_annee_fkey":
			return refusal.Of("annee", "Cette année scolaire n’est pas encore ouverte.")
		}
	}
	return fmt.Errorf("dispositif: save: %w", err)
}
