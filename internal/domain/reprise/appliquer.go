package reprise

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Appliquer does what the plan of a file sent says, as one operation. expected is the mark of the plan that was read: if
// the school has changed meanwhile in a way that changes the plan, nothing is done.
func Appliquer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, expected string) (uuid.UUID, error) {
	d, err := lockDepot(ctx, tx, agent, id)
	if err != nil {
		return uuid.Nil, err
	}
	if d.Plan == nil {
		return uuid.Nil, refusal.InConflict("Relisez l’aperçu avant d’appliquer.")
	}
	plan, err := d.planifier(ctx, tx, agent)
	if err != nil {
		return uuid.Nil, err
	}
	switch {
	case plan.Empreinte() != expected:
		return uuid.Nil, refusal.InConflict("Des dossiers de l’école ont changé depuis cet aperçu. Relisez-le avant d’appliquer.")
	case len(plan.Changements) == 0:
		return uuid.Nil, refusal.InConflict("Ce fichier ne change rien\u00a0: il n’y a rien à appliquer.")
	}
	op := uuid.New()
	enregistrer(tx, agent, op, d, plan)
	if err := ecrire(ctx, tx, agent, op, plan); err != nil {
		return uuid.Nil, err
	}
	tx.Queue(`delete from depot where id = $1`, id)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Importer, Objet: "operation", ID: op, Ecole: agent.Ecole})
	return op, nil
}

const operationSQL = `
	insert into operation (id, ecole_uai, genre, annee, nom, faite_le, compte_id, crees, modifies, inchanges, refuses)
	values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`

// enregistrer records the operation.
func enregistrer(tx territoire.Tx, agent habilitation.Agent, op uuid.UUID, d Depot, plan Plan) {
	n := plan.Compte()
	tx.Queue(operationSQL, op, agent.Ecole, d.Genre, int(d.Annee), d.Nom, agent.Maintenant, agent.Compte,
		n[Cree], n[Modifie], n[Inchange], n[Refuse])
}

const lignesSQL = `
	insert into operation_ligne (operation_id, rang, ecole_uai, ligne, objet, objet_id, eleve_id, operation, avant, apres)
	select $1, l.rang, $2, l.ligne, l.objet, l.id, nullif(l.eleve, $3::uuid),
		case when l.ajout then 'ajout' else 'modification' end, l.avant::jsonb, l.apres::jsonb
	from unnest($4::int[], $5::int[], $6::text[], $7::uuid[], $8::uuid[], $9::boolean[], $10::text[], $11::text[])
		as l (rang, ligne, objet, id, eleve, ajout, avant, apres)`

// ecrire records what changes, then has it change.
func ecrire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, op uuid.UUID, plan Plan) error {
	args, err := colonnes(agent, plan.Changements)
	if err != nil {
		return err
	}
	tx.Queue(lignesSQL, append([]any{op, agent.Ecole, uuid.Nil}, args...)...)
	for _, t := range tables {
		if len(t.modifiables) > 0 {
			tx.Queue(t.modification(), op)
		}
		tx.Queue(t.insertion(), op)
	}
	tx.Queue(`update classe c set numero = (l.apres ->> 'numero')::integer from operation_ligne l
		where l.operation_id = $1 and l.objet = 'classe' and c.id = l.objet_id and l.apres ? 'numero'`, op)
	tx.Queue(`select reprendre_ine(objet_id, apres ->> 'ine', $2) from operation_ligne
		where operation_id = $1 and objet = 'immatriculation'`, op, agent.Maintenant)
	_, err = tx.Exec(ctx, `insert into immatriculation (eleve_id, ecole_uai, etat, demande_le)
		select eleve_id, ecole_uai, 'en_attente', $2 from operation_ligne
		where operation_id = $1 and objet = 'scolarite' and operation = 'ajout' and apres ->> 'etat' = 'admis_definitif'
		on conflict (eleve_id) do nothing`, op, agent.Maintenant)
	return explain(err)
}

// colonnes are the lines of the operation, a column at a time.
func colonnes(agent habilitation.Agent, list []Changement) ([]any, error) {
	n := len(list)
	rangs, lignes, objets := make([]int32, n), make([]int32, n), make([]string, n)
	ids, eleves, ajouts := make([]uuid.UUID, n), make([]uuid.UUID, n), make([]bool, n)
	avant, apres := make([]string, n), make([]string, n)
	for i, c := range list {
		if c.Ajout && c.Apres["id"] == nil {
			c.Apres["id"] = c.ID
		}
		if c.Ajout && c.Objet == "eleve" {
			c.Apres["cree_le"] = agent.Maintenant
		}
		before, errB := json.Marshal(c.Avant)
		after, errA := json.Marshal(c.Apres)
		if err := errors.Join(errB, errA); err != nil {
			return nil, fmt.Errorf("reprise: write a line of the operation: %w", err)
		}
		rangs[i], lignes[i], objets[i], ids[i], eleves[i] = int32(i), int32(c.Ligne), c.Objet, c.ID, c.Eleve
		ajouts[i], avant[i], apres[i] = c.Ajout, string(before), string(after)
	}
	return []any{rangs, lignes, objets, ids, eleves, ajouts, avant, apres}, nil
}

// explain gives the constraints that concurrent acts may meet their sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.ConstraintName {
		case "une_seule_admission_definitive_a_la_fois":
			return refusal.InConflict("Un des élèves vient d’être admis dans une autre école. Relisez l’aperçu avant d’appliquer.")
		case "un_libelle_par_ecole_et_par_annee", "un_numero_par_ecole_et_par_annee":
			return refusal.InConflict("Une classe vient d’être ouverte. Relisez l’aperçu avant d’appliquer.")
		}
	}
	if err != nil {
		return fmt.Errorf("reprise: apply: %w", err)
	}
	return nil
}
