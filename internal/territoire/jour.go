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
	dite := map[string]*bool{"reste": new(bool), "lecture": p.EnLecture}
	premiere := !db.jour.ouvert(p)
	b.Queue(p.ouvrir(premiere), p.Habilitation, p.Le, p.Adresse, p.Requete).Query(func(rows pgx.Rows) error { return lireOuverture(rows, dite) })
	return func() {
		if premiere && !*dite["reste"] {
			db.jour.noter(p)
		}
	}
}

// lireOuverture reads the columns that somebody asked for.
func lireOuverture(rows pgx.Rows, dite map[string]*bool) error {
	defer rows.Close()
	for rows.Next() {
		dst := make([]any, len(rows.FieldDescriptions()))
		for i, f := range rows.FieldDescriptions() {
			if b := dite[f.Name]; b != nil {
				dst[i] = b
			}
		}
		if err := rows.Scan(dst...); err != nil {
			return err
		}
	}
	return rows.Err()
}
