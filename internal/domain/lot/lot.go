// Package lot does one act on several lines of the register at once: to all of them or to none, and every refusal is
// said with the line it is about. Acts in bulk come here, so that a screen can name each pupil it could not deal with.
package lot

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Refus is why the act is refused to one line, and the field at fault, if it is one.
type Refus struct {
	ID    uuid.UUID
	Field string
	Motif string
}

// Refuses is the error of an act that some lines refuse: nothing was done to any.
type Refuses []Refus

// Error returns the sentences, one a line.
func (r Refuses) Error() string {
	l := make(refusal.List, len(r))
	for i, refus := range r {
		l[i].Motif = refus.Motif
	}
	return l.Error()
}

// IDs are the lines that refuse.
func (r Refuses) IDs() []uuid.UUID {
	ids := make([]uuid.UUID, len(r))
	for i, refus := range r {
		ids[i] = refus.ID
	}
	return ids
}

// Commun is what all n lines of the act refuse, when they refuse it for the same field: said once, of that field.
func (r Refuses) Commun(n int) (Refus, bool) {
	if len(r) != n || n == 0 || r[0].Field == "" {
		return Refus{}, false
	}
	for _, refus := range r {
		if refus.Field != r[0].Field || refus.Motif != r[0].Motif {
			return Refus{}, false
		}
	}
	return r[0], true
}

// Faire does the act to each line, once, always in the same order: two acts on the same lines wait for each other
// instead of blocking each other. A refusal does not stop the rest from being tried; the caller's transaction must be
// given up when an error is returned. A line outside the territory is not found, as anywhere.
func Faire(ctx context.Context, tx territoire.Tx, ids []uuid.UUID, act func(id uuid.UUID) error) error {
	refuses, err := Essayer(ctx, tx, ids, act)
	if err == nil && len(refuses) > 0 {
		return refuses
	}
	return err
}

// Essayer does the act to each line that accepts it, as Faire does, and returns the refusals of the others, to which
// nothing was done.
func Essayer(ctx context.Context, tx territoire.Tx, ids []uuid.UUID, act func(id uuid.UUID) error) (refuses Refuses, err error) {
	ids = slices.Clone(ids)
	slices.SortFunc(ids, func(a, b uuid.UUID) int { return bytes.Compare(a[:], b[:]) })
	for _, id := range slices.Compact(ids) {
		err := essayer(ctx, tx, func() error { return act(id) })
		all := refusal.All(err)
		if err != nil && (len(all) == 0 || all[0].Kind == refusal.Unknown) {
			return nil, err
		}
		for _, r := range all {
			refuses = append(refuses, Refus{id, r.Field, r.Motif})
		}
	}
	return refuses, nil
}

// essayer gives an act a savepoint: a constraint of the base that refuses one line must not end the transaction in
// which the others are tried. After a breakdown there is nothing left to try.
func essayer(ctx context.Context, tx territoire.Tx, act func() error) error {
	tx.Queue(`savepoint essai`)
	err := act()
	if err != nil && len(refusal.All(err)) == 0 {
		return err
	}
	if err != nil {
		// Sent at once: after an error of the base nothing else is even prepared.
		if _, lost := tx.Exec(ctx, `rollback to savepoint essai`); lost != nil {
			return fmt.Errorf("lot: give a line up: %w", lost)
		}
	}
	tx.Queue(`release savepoint essai`)
	return err
}
