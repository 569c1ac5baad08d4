package cle

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/otp"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// scellee is a key as its secret is kept, for the only transaction that may read it: that of the log-in pages.
type scellee struct {
	NumeroSerie   string
	SecretChiffre []byte
	Type          string
	Algorithme    string
	Chiffres      int
	Periode       int
	DernierPas    int64
	Recale        int
	Derive        int
}

const scelleeSQL = `select numero_serie, secret_chiffre, type, algorithme, chiffres::int, periode::int, dernier_pas, recale::int, derive::int
	from cle where id = $1 and secret_chiffre is not null`

var errRecaler = refusal.Of("code_suivant", "Ces deux codes ne se suivent pas, ou la clé est trop décalée\u00a0: remplacez-la.")

// Mesurer finds where a key stands by two codes that it shows one after the other, the holder being at the desk. The
// service never reads the secret that tells it. The caller has checked that the key is the agent's to set.
func Mesurer(ctx context.Context, db *territoire.DB, box *coffre.Coffre, id uuid.UUID, premier, second string, now time.Time) (otp.Marche, error) {
	var m otp.Marche
	err := db.Connexion(ctx, func(tx territoire.Tx) error {
		s, err := territoire.Ligne[scellee](ctx, tx, scelleeSQL, id)
		if errors.Is(err, pgx.ErrNoRows) {
			return refusal.NotFound()
		}
		if err != nil {
			return fmt.Errorf("cle: read the key: %w", err)
		}
		secret, err := box.Ouvrir(s.SecretChiffre, s.NumeroSerie)
		if err != nil {
			return fmt.Errorf("cle: open the key: %w", err)
		}
		k := otp.Cle{Secret: secret, Type: s.Type, Algorithme: s.Algorithme, Chiffres: s.Chiffres, Periode: s.Periode}
		var ok bool
		m, ok, err = k.Recaler(chiffres(premier), chiffres(second), otp.Marche{Dernier: s.DernierPas, Recale: s.Recale, Derive: s.Derive}, now)
		if err == nil && !ok {
			return errRecaler
		}
		return err
	})
	return m, err
}

// Recaler sets a key as measured. Its step or counter never goes back, whoever sets it at the same time.
func Recaler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, m otp.Marche) error {
	tag, err := tx.Exec(ctx, `update cle set dernier_pas = $2, recale = $3, derive = $4, echecs = 0
		where id = $1 and dernier_pas < $2 and etat in ('remise', 'active')`, id, m.Dernier, m.Recale, m.Derive)
	if err != nil {
		return fmt.Errorf("cle: set the key: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return refusal.InConflict("Seule une clé remise ou en service se recale, et par deux codes qui n’ont pas servi.")
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.RecalerCle, Objet: "cle", ID: id})
	return nil
}

// chiffres drops the spaces that people leave in the middle of a code.
func chiffres(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
