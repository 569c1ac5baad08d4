// Package depart strikes off several pupils in one act, a class or all those who end their cycle, and takes the act back
// as one for 30 days. The rule for each of them is that of scolarite (domain.md §2.3, T14).
package depart

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

const ouvrirSQL = `insert into depart (id, ecole_uai, faite_le, compte_id, le) values ($1, $2, $3, $4, $5)`

const lignesSQL = `
	insert into depart_ligne (depart_id, scolarite_id, ecole_uai)
	select $1, s, $2 from unnest($3::uuid[]) as s`

// Radier strikes all of them off, or announces that they leave; when one refuses nothing is done, and lot.Refuses names
// each who does.
func Radier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, ids []uuid.UUID, d scolarite.Depart) (uuid.UUID, error) {
	return RadierChacun(ctx, tx, agent, ids, d.Le, func(uuid.UUID) (scolarite.Depart, error) { return d, nil })
}

// RadierChacun is the same where each leaves on that day for a place of his own.
func RadierChacun(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, ids []uuid.UUID, le time.Time,
	depart func(uuid.UUID) (scolarite.Depart, error)) (uuid.UUID, error) {
	err := lot.Faire(ctx, tx, ids, func(id uuid.UUID) error {
		d, err := depart(id)
		if err != nil {
			return err
		}
		return scolarite.Radier(ctx, tx, agent, id, 0, d)
	})
	if err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	tx.Queue(ouvrirSQL, id, agent.Ecole, agent.Maintenant, agent.Compte, le)
	tx.Queue(lignesSQL, id, agent.Ecole, ids)
	return id, nil
}

// delai is how long a departure can be undone (design.md §4).
const delai = 30 * 24 * time.Hour

// Annulable tells whether a departure can still be undone.
func Annulable(faite time.Time, annulee *time.Time, now time.Time) bool {
	return annulee == nil && now.Sub(faite) < delai
}

// partant is a pupil of a departure, as he is now.
type partant struct {
	ID     uuid.UUID
	Change bool // his departure was changed since
}

// Those taken back one by one since are left out.
const partantsSQL = `
	select s.id, s.date_radiation <> d.le as change
	from depart d join depart_ligne l on l.depart_id = d.id join scolarite s on s.id = l.scolarite_id
	where d.id = $1 and s.date_radiation is not null`

// Annuler takes a departure back, but for the pupils whom another school has admitted or whose departure was changed
// since: it returns them.
func Annuler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) ([]uuid.UUID, error) {
	if err := version.Lock(ctx, tx, "depart", id, v); err != nil {
		return nil, err
	}
	var faite time.Time
	var annulee *time.Time
	if err := tx.QueryRow(ctx, `select faite_le, annulee_le from depart where id = $1`, id).Scan(&faite, &annulee); err != nil {
		return nil, fmt.Errorf("depart: read: %w", err)
	}
	switch {
	case annulee != nil:
		return nil, refusal.InConflict("Ce départ est déjà annulé.")
	case !Annulable(faite, annulee, agent.Maintenant):
		return nil, refusal.InConflict("Un départ de plusieurs élèves ne s’annule plus au-delà de 30 jours\u00a0: annulez la radiation de chacun.")
	}
	laisses, err := retablir(ctx, tx, agent, id)
	if err != nil {
		return nil, err
	}
	tx.Queue(`update depart set annulee_le = $2, version = version + 1 where id = $1`, id, agent.Maintenant)
	tx.Queue(`update depart_ligne set conservee = true where depart_id = $1 and scolarite_id = any ($2)`, id, laisses)
	return laisses, nil
}

// retablir undoes what can be, and returns those left.
func retablir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) ([]uuid.UUID, error) {
	list, err := territoire.Lignes[partant](ctx, tx, partantsSQL, id)
	if err != nil {
		return nil, fmt.Errorf("depart: read the pupils: %w", err)
	}
	var ids, laisses []uuid.UUID
	for _, p := range list {
		if p.Change {
			laisses = append(laisses, p.ID)
		} else {
			ids = append(ids, p.ID)
		}
	}
	refuses, err := lot.Essayer(ctx, tx, ids, func(id uuid.UUID) error { return scolarite.Retablir(ctx, tx, agent, id, 0) })
	return append(laisses, refuses.IDs()...), err
}
