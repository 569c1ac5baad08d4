package travail

import (
	"context"
	"time"

	"base-eleves/internal/anonyme"
	"base-eleves/internal/territoire"
)

// Banc is where one file is made: it is written here, and whoever waits is told how far it is.
type Banc struct {
	*anonyme.Fichier
	atelier *Atelier // nil where a page waits for the file
	prise   priseEnMain
	vu      time.Time
}

// Etabli is the bench of a file that a page waits for.
func Etabli() (*Banc, error) {
	out, err := anonyme.Ouvrir()
	return &Banc{Fichier: out}, err
}

// Avancer says how many pupils are done. It fails when the work is not ours any more: it was given up, or another server
// has taken it over.
func (b *Banc) Avancer(ctx context.Context, fait int) error {
	if b.atelier == nil {
		return nil
	}
	now := b.atelier.Now()
	if now.Sub(b.vu) < souffle {
		return nil
	}
	b.vu = now
	return b.atelier.DB.Connexion(ctx, func(tx territoire.Tx) error {
		tag, err := tx.Exec(ctx, `update travail set fait = $3, battement = $4 where id = $1 and prise = $2 and etat = 'en_cours'`,
			b.prise.ID, b.prise.Prise, fait, now)
		if err == nil && tag.RowsAffected() == 0 {
			return errPerdu
		}
		return err
	})
}
