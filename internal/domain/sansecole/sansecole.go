// Package sansecole is the watch over the children under the obligation of instruction whom no school has any more: who
// they are, and what a mairie or the IA has found about them (art. L131-1, L131-6 of the code de l'éducation).
package sansecole

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Bornes are the births between which a child is under the obligation on a day: the first excluded, the last included.
// It begins with the school year of the calendar year of his three years, and ends with his sixteenth birthday (art.
// L131-1, L131-5).
func Bornes(jour time.Time) (du, au time.Time) {
	return jour.AddDate(-16, 0, 0), date.Du(int(ecole.AnneeDe(jour))-3, time.December, 31)
}

// Ailleurs are the motives of departure that say where the child is taught, if not that he is.
var Ailleurs = []string{"depart_etranger", "instruction_famille", "cned", "esms_hopital"}

// Constats are what one may note, in the order in which one looks for a child.
var Constats = []inscription.Valeur{
	{Code: "recherche", Label: "Recherche en cours"},
	{Code: "signale", Label: "Signalé à l’inspection académique"},
	{Code: "retrouve", Label: "Retrouvé"},
}

// Issues are where a child was found.
var Issues = []inscription.Valeur{
	{Code: "autre_ecole", Label: "Dans une autre école"},
	{Code: "college", Label: "Au collège"},
	{Code: "etranger", Label: "À l’étranger"},
	{Code: "famille", Label: "Instruit en famille ou par le CNED"},
	{Code: "autre_commune", Label: "A déménagé, l’autre mairie est prévenue"},
}

// Constat is what was found about a child.
type Constat struct {
	Constat string
	Issue   string
	Le      time.Time
}

// Valider says what is missing or wrong.
func (c Constat) Valider(today time.Time) error {
	var l refusal.List
	if !inscription.Connu(Constats, c.Constat) {
		l.Add("constat", "Choisissez ce qui est constaté.")
	}
	switch trouve := inscription.Connu(Issues, c.Issue); {
	case c.Constat == "retrouve" && !trouve:
		l.Add("issue", "Choisissez où l’enfant a été retrouvé.")
	case c.Constat != "retrouve" && c.Issue != "":
		l.Add("issue", "Un lieu ne se dit que d’un enfant retrouvé.")
	}
	switch {
	case c.Le.IsZero():
		l.Add("le", "Indiquez la date du constat.")
	case c.Le.After(today):
		l.Add("le", "Cette date est dans l’avenir.")
	}
	return l.Err()
}

// Noter records what was found about a child of the list, named by the scolarité that ended.
func Noter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, scolarite uuid.UUID, c Constat) (uuid.UUID, error) {
	today := agent.Aujourdhui()
	if err := c.Valider(today); err != nil {
		return uuid.Nil, err
	}
	du, au := Bornes(today)
	id, found := uuid.New(), false
	err := tx.QueryRow(ctx, `select noter_sans_ecole($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		id, scolarite, c.Constat, c.Issue, c.Le, du, au, today, agent.Maintenant).Scan(&found)
	switch {
	case err != nil:
		return uuid.Nil, fmt.Errorf("sansecole: note: %w", err)
	case !found:
		return uuid.Nil, refusal.NotFound()
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.NoterSansEcole, Objet: "scolarite", ID: scolarite, Motif: c.Constat})
	return id, nil
}

// Retirer takes back what was noted: a mairie its own notes, the IA anybody's.
func Retirer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	tag, err := tx.Exec(ctx, `update sans_ecole_suivi set retire_le = $2 where id = $1 and retire_le is null`, id, agent.Maintenant)
	switch {
	case err != nil:
		return fmt.Errorf("sansecole: take back: %w", err)
	case tag.RowsAffected() == 0:
		return refusal.NotFound()
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.RetirerConstat, Objet: "scolarite", ID: id})
	return nil
}
