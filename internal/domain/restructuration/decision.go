package restructuration

import (
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
)

// Decision is a decision recorded; a row of SQL.
type Decision struct {
	ID         uuid.UUID
	Version    int
	Genre      Genre
	Annee      ecole.Annee
	Le         time.Time
	AnnonceeLe time.Time
	FaiteLe    *time.Time
	AnnuleeLe  *time.Time
	Eleves     int
	Conserves  int
}

// ColonnesSQL are those of a Decision r.
const ColonnesSQL = `r.id, r.version, r.genre, r.annee, r.date_effet as le, r.annoncee_le, r.faite_le, r.annulee_le, r.eleves, r.conserves`

// SQL reads one decision.
const SQL = `select ` + ColonnesSQL + ` from restructuration r where r.id = $1`

// delai is how long a decision can be undone (design.md §4).
const delai = 30 * 24 * time.Hour

// Annulable tells whether what was done can still be undone.
func (d Decision) Annulable(now time.Time) bool {
	return d.FaiteLe != nil && d.AnnuleeLe == nil && now.Sub(*d.FaiteLe) < delai
}

// Annoncee tells that it is still to be done.
func (d Decision) Annoncee() bool { return d.FaiteLe == nil && d.AnnuleeLe == nil }
