package territoire

import (
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
)

// jour remembers whose scope has been opened today. The first work of a day in a scope brings about what was announced
// for that day (migrations/0020_depart.sql), in the same statement; the others pay nothing for it.
type jour struct {
	mu      sync.Mutex
	le      string
	ouverts map[uuid.UUID]bool
}

// ouvert tells whether the scope has been opened on its day.
func (j *jour) ouvert(p Portee) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.le == p.Le.Format(time.DateOnly) && j.ouverts[p.Habilitation]
}

// noter remembers that it has.
func (j *jour) noter(p Portee) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if le := p.Le.Format(time.DateOnly); j.le != le {
		j.le, j.ouverts = le, map[uuid.UUID]bool{}
	}
	j.ouverts[p.Habilitation] = true
}

// ouvrir queues the statement that opens the scope; done is for when the whole transaction has been kept.
func (db *DB) ouvrir(b *pgx.Batch, p Portee) (done func()) {
	if db.jour.ouvert(p) {
		b.Queue(p.ouvrir(false), p.Habilitation, p.Le, p.Adresse, p.Requete)
		return func() {}
	}
	var reste bool
	b.Queue(p.ouvrir(true), p.Habilitation, p.Le, p.Adresse, p.Requete).QueryRow(func(row pgx.Row) error { return row.Scan(&reste) })
	return func() {
		if !reste {
			db.jour.noter(p)
		}
	}
}
