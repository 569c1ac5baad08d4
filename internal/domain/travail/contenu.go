package travail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/anonyme"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// tailleMorceau is how much of a file is held in memory at once.
const tailleMorceau = 256 << 10

// place is what a piece is sealed for: it opens nowhere else in the file, nor in another.
func place(id uuid.UUID, rang int) string { return "travail " + id.String() + " " + strconv.Itoa(rang) }

// ranger keeps a file in the base, sealed piece by piece; it returns how long the file is.
func ranger(ctx context.Context, tx territoire.Tx, box *coffre.Coffre, id uuid.UUID, written *anonyme.Fichier) (int64, error) {
	f, size, err := written.Relire()
	if err != nil {
		return 0, err
	}
	if _, err := tx.Exec(ctx, `delete from travail_morceau where travail_id = $1`, id); err != nil {
		return 0, fmt.Errorf("travail: forget what was begun: %w", err)
	}
	piece := make([]byte, tailleMorceau)
	for rang := 0; ; rang++ {
		n, err := io.ReadFull(f, piece)
		if errors.Is(err, io.EOF) {
			return size, nil
		}
		if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
			return 0, fmt.Errorf("travail: read again: %w", err)
		}
		_, err = tx.Exec(ctx, `insert into travail_morceau (travail_id, rang, contenu) values ($1, $2, $3)`, id, rang,
			box.Sceller(piece[:n], place(id, rang)))
		if err != nil {
			return 0, fmt.Errorf("travail: keep a piece: %w", err)
		}
	}
}

// ErrAbsent refuses a file that is not there any more, or not yet.
var ErrAbsent = refusal.InConflict("Ce fichier n’est plus disponible\u00a0: demandez-le à nouveau.")

// Ouvrir notes in the journal that the agent takes a file that is ready, and says what it is.
func Ouvrir(ctx context.Context, db *territoire.DB, agent habilitation.Agent, id uuid.UUID) (t Travail, err error) {
	err = db.Ecrire(ctx, agent.Portee(), func(tx territoire.Tx) error {
		if t, err = territoire.Ligne[Travail](ctx, tx, unSQL, id); err != nil {
			return err
		}
		if t.Etat != Pret || !t.GardeJusquAu.After(agent.Maintenant) {
			return ErrAbsent
		}
		noter(tx, agent, journal.TelechargerFichier, id, string(t.Nature))
		return nil
	})
	return t, err
}

// Copier gives the file to w, piece by piece, each read in the agent's own scope. A file cut short is an error.
func (t Travail) Copier(ctx context.Context, db *territoire.DB, box *coffre.Coffre, agent habilitation.Agent, w io.Writer) error {
	for rang, left := 0, t.Taille; left > 0; rang++ {
		var sealed []byte
		err := db.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
			territoire.Valeur(l, &sealed, `select contenu from travail_morceau where travail_id = $1 and rang = $2`, t.ID, rang)
		})
		if err != nil {
			return fmt.Errorf("travail: read a piece: %w", err)
		}
		piece, err := box.Ouvrir(sealed, place(t.ID, rang))
		if err != nil {
			return err
		}
		if _, err := w.Write(piece); err != nil {
			return err
		}
		left -= int64(len(piece))
	}
	return nil
}
