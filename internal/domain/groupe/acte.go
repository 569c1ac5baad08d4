package groupe

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Creer opens a group in the agent's school.
func Creer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, g Groupe) (uuid.UUID, error) {
	if err := g.Valider(); err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	_, err := tx.Exec(ctx, `insert into groupe (id, ecole_uai, annee, libelle, nature, intervenant, effectif_max)
		values ($1, $2, $3, $4, $5, $6, nullif($7, 0))`, id, agent.Ecole, int(annee), g.Libelle, g.Nature, g.Intervenant, g.EffectifMax)
	if err != nil {
		return uuid.Nil, explain(err)
	}
	noter(tx, agent, journal.Creer, id)
	return id, nil
}

// Modifier changes a group.
func Modifier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, g Groupe) error {
	if err := version.Lock(ctx, tx, "groupe", id, v); err != nil {
		return err
	}
	if err := g.Valider(); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, `update groupe set libelle = $2, nature = $3, intervenant = $4, effectif_max = nullif($5, 0),
		version = version + 1 where id = $1`, id, g.Libelle, g.Nature, g.Intervenant, g.EffectifMax)
	if err != nil {
		return explain(err)
	}
	noter(tx, agent, journal.Modifier, id)
	return nil
}

// Supprimer takes a group away; its pupils stay where they are, in their classes.
func Supprimer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	if err := version.Lock(ctx, tx, "groupe", id, v); err != nil {
		return err
	}
	tx.Queue(`delete from groupe where id = $1`, id)
	noter(tx, agent, journal.Supprimer, id)
	return nil
}

const ajouterSQL = `
	with eligible as (
		select s.id, s.ecole_uai from scolarite s join groupe g on g.ecole_uai = s.ecole_uai and g.annee = s.annee
		where g.id = $1 and s.id = any ($2) and s.etat in ('admis_accepte', 'admis_definitif')),
	ajoute as (
		insert into groupe_eleve (groupe_id, scolarite_id, ecole_uai) select $1, id, ecole_uai from eligible
		on conflict do nothing returning 1)
	select (select count(*) from eligible), (select count(*) from ajoute)`

// Ajouter puts pupils of the year in the group; it says how many were not there yet.
func Ajouter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, scolarites []uuid.UUID) (n int, err error) {
	if err := version.Lock(ctx, tx, "groupe", id, 0); err != nil {
		return 0, err
	}
	eligibles := 0
	if err := tx.QueryRow(ctx, ajouterSQL, id, scolarites).Scan(&eligibles, &n); err != nil {
		return 0, fmt.Errorf("groupe: add: %w", err)
	}
	if eligibles != len(scolarites) {
		return 0, refusal.InConflict("Un des élèves cochés n’est plus dans l’école cette année\u00a0: rechargez la liste.")
	}
	noter(tx, agent, journal.Affecter, id)
	return n, nil
}

// Retirer takes pupils out of the group; it says how many were in it.
func Retirer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, scolarites []uuid.UUID) (int, error) {
	if err := version.Lock(ctx, tx, "groupe", id, 0); err != nil {
		return 0, err
	}
	tag, err := tx.Exec(ctx, `delete from groupe_eleve where groupe_id = $1 and scolarite_id = any ($2)`, id, scolarites)
	if err != nil {
		return 0, fmt.Errorf("groupe: take out: %w", err)
	}
	noter(tx, agent, journal.Affecter, id)
	return int(tag.RowsAffected()), nil
}

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "groupe", ID: id, Ecole: agent.Ecole})
}

// explain gives the constraints of the table their sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.ConstraintName {
		case "un_groupe_par_libelle":
			return refusal.Of("libelle", "Un autre groupe porte déjà ce nom cette année.")
		case "groupe_annee_fkey":
			return refusal.Of("annee", "Cette année scolaire n’est pas encore ouverte.")
		}
	}
	return fmt.Errorf("groupe: save: %w", err)
}
