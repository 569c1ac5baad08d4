package journal

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Conservation is how many months a line is kept: the CNIL asks for six to twelve.
const Conservation = 12

// Cloture is what was closed, and how much.
type Cloture struct {
	Ancre
	Avant  time.Time // the lines deleted are older
	Lignes int64
}

// limite is the first midnight of the months that are kept.
func limite(now time.Time) time.Time {
	return time.Date(now.Year(), now.Month()-Conservation, 1, 0, 0, 0, 0, now.Location())
}

// finSQL is the link before the first line that is kept, and how many there are up to it. A journal without any such line
// ends at its last link.
const finSQL = `
	select coalesce(
		(select m.rang from journal_maillon m join journal j on j.id = m.ligne_id where j.le >= $1 order by m.rang limit 1) - 1,
		(select max(rang) from journal_maillon), 0)`

// Clore deletes the whole months that are no longer kept, after their end is signed and copied out of the base: the chain
// goes on from there. A journal that somebody has touched is left as it is: it is a proof.
func Clore(ctx context.Context, conn *pgx.Conn, cle ed25519.PrivateKey, fichier string, now time.Time) (c Cloture, err error) {
	if _, err := Verifier(ctx, conn, cle.Public().(ed25519.PublicKey), fichier); err != nil {
		return c, err
	}
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('journal', 0)), set_config('be.reecrire_journal', 'oui', true)`); err != nil {
			return err
		}
		c, err = cloreJusque(ctx, tx, cle, limite(now), now)
		if err != nil || c.Lignes == 0 {
			return err
		}
		return copier(fichier, []Ancre{c.Ancre}) // before anything is gone
	})
	if err != nil {
		return c, fmt.Errorf("journal: close: %w", err)
	}
	return c, nil
}

func cloreJusque(ctx context.Context, tx pgx.Tx, cle ed25519.PrivateKey, avant, now time.Time) (c Cloture, err error) {
	var rang int64
	var tete []byte
	if err := tx.QueryRow(ctx, finSQL, avant).Scan(&rang); err != nil {
		return c, err
	}
	err = tx.QueryRow(ctx, `select empreinte from journal_maillon where rang = $1`, rang).Scan(&tete)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, nil // nothing is that old
	}
	if err != nil {
		return c, err
	}
	c = Cloture{Ancre: cloturer(cle, rang, Empreinte(tete), now), Avant: avant}
	for _, step := range []string{
		`delete from journal j using journal_maillon m where m.ligne_id = j.id and m.rang <= $1`,
		`delete from journal_ancre where rang < $1 and rang < (select max(rang) from journal_ancre)`,
		`delete from journal_maillon where rang <= $1`,
	} {
		tag, err := tx.Exec(ctx, step, rang)
		if err != nil {
			return c, err
		}
		c.Lignes = tag.RowsAffected()
	}
	_, err = tx.Exec(ctx, `insert into journal_cloture (rang, empreinte, le, signature, avant, lignes) values ($1, $2, $3, $4, $5, $6)`,
		c.Rang, c.Empreinte, c.Le, c.Signature, avant, c.Lignes)
	return c, err
}
