// Package classe is the structure of a school for a year: its classes, each with its niveaux, its teachers' names,
// its room. Pupils are placed in them by internal/domain/scolarite.
package classe

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

// Classe is a class of a school for a year.
type Classe struct {
	LibelleCourt string
	LibelleLong  string
	Enseignant   string  // the first one
	Autres       []Autre // who teaches it too
	Salle        string
	EffectifMax  int // 0 for none
	Niveaux      []ecole.Niveau
}

// Valider says what is missing or wrong in a school of that type.
func (c Classe) Valider(typ ecole.Type) error {
	var l refusal.List
	if c.LibelleCourt == "" {
		l.Add("libelle_court", "Donnez un nom court à la classe, par exemple «\u00a0CE1 A\u00a0».")
	}
	if len(c.Niveaux) == 0 {
		l.Add("niveau", "Choisissez au moins un niveau.")
	}
	for _, n := range c.Niveaux {
		if !typ.Ouvre(n) {
			l.Add("niveau", "L’école n’a pas de "+n.Libelle()+".")
		}
	}
	if c.EffectifMax < 0 || c.EffectifMax > 60 {
		l.Add("effectif_max", "Indiquez un effectif entre 1 et 60, ou rien.")
	}
	for i, a := range c.Autres {
		_ = l.Take(a.valider(i + 1))
	}
	return l.Err()
}

// Creer opens a class in the agent's school.
func Creer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, c Classe) (uuid.UUID, error) {
	if err := valider(ctx, tx, agent, c); err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	_, err := tx.Exec(ctx, `insert into classe (id, ecole_uai, annee, libelle_court, libelle_long, enseignant, salle, effectif_max)
		values ($1, $2, $3, $4, $5, $6, $7, nullif($8, 0))`,
		id, agent.Ecole, int(annee), c.LibelleCourt, c.LibelleLong, c.Enseignant, c.Salle, c.EffectifMax)
	if err != nil {
		return uuid.Nil, explain(err)
	}
	if err := ouvrir(ctx, tx, agent, id, c.Niveaux); err != nil {
		return uuid.Nil, err
	}
	enseigner(tx, agent, id, c.Autres)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Creer, Objet: "classe", ID: id, Ecole: agent.Ecole})
	return id, nil
}

// Modifier changes a class; a niveau that still has pupils stays.
func Modifier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, c Classe) error {
	if err := valider(ctx, tx, agent, c); err != nil {
		return err
	}
	if err := version.Lock(ctx, tx, "classe", id, v); err != nil {
		return err
	}
	if err := ouvrir(ctx, tx, agent, id, c.Niveaux); err != nil {
		return err
	}
	enseigner(tx, agent, id, c.Autres)
	_, err := tx.Exec(ctx, `update classe set libelle_court = $2, libelle_long = $3, enseignant = $4, salle = $5,
		effectif_max = nullif($6, 0), version = version + 1 where id = $1`,
		id, c.LibelleCourt, c.LibelleLong, c.Enseignant, c.Salle, c.EffectifMax)
	if err != nil {
		return explain(err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: "classe", ID: id, Ecole: agent.Ecole})
	return nil
}

// Supprimer takes a class away, if nobody was ever placed in it.
func Supprimer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) error {
	if err := version.Lock(ctx, tx, "classe", id, v); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `delete from classe where id = $1`, id); err != nil {
		return explain(err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Supprimer, Objet: "classe", ID: id, Ecole: agent.Ecole})
	return nil
}

func valider(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c Classe) error {
	var typ ecole.Type
	if err := tx.QueryRow(ctx, `select type from ecole where uai = $1`, agent.Ecole).Scan(&typ); err != nil {
		return fmt.Errorf("classe: read the school: %w", err)
	}
	return c.Valider(typ)
}

// ouvrir makes the niveaux of the class those given.
func ouvrir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, niveaux []ecole.Niveau) error {
	if _, err := tx.Exec(ctx, `delete from classe_niveau where classe_id = $1 and niveau <> all ($2)`, id, niveaux); err != nil {
		return explain(err)
	}
	if _, err := tx.Exec(ctx, `insert into classe_niveau (classe_id, ecole_uai, niveau)
		select $1, $2, unnest($3::text[]) on conflict do nothing`, id, agent.Ecole, niveaux); err != nil {
		return explain(err)
	}
	return nil
}

// explain gives the constraints of the tables their sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.ConstraintName {
		case "un_libelle_par_ecole_et_par_annee":
			return refusal.Of("libelle_court", "Une autre classe porte déjà ce nom cette année.")
		case "classe_annee_fkey":
			return refusal.Of("annee", "Cette année scolaire n’est pas encore ouverte.")
		case "classe_qui_ouvre_le_niveau":
			return refusal.Of("niveau", "Des élèves de ce niveau sont placés dans la classe\u00a0: déplacez-les d’abord.")
		case "classe_de_la_meme_ecole_et_de_la_meme_annee", "affectation_classe_id_fkey":
			return refusal.InConflict("Des élèves ont été placés dans cette classe\u00a0: elle ne peut plus être supprimée.")
		}
	}
	return fmt.Errorf("classe: save: %w", err)
}
