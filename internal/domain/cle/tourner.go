package cle

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/coffre"
)

// lotTourner is how many secrets are sealed again at once: their rows are held for some milliseconds, in which a log-in
// by one of them waits.
const lotTourner = 100

// aTournerSQL are secrets sealed under another key than the present one. Those that a log-in holds come in a later batch.
const aTournerSQL = `select id, numero_serie, secret_chiffre from cle where substr(secret_chiffre, 1, $1) <> $2
	order by id limit $3 for update skip locked`

type aTourner struct {
	ID            uuid.UUID
	NumeroSerie   string
	SecretChiffre []byte
}

// Tourner seals again, under the present key of the box, every secret that another one has sealed; the box opens both.
// Batches are kept one by one: stopped, it is begun again. Vendor's files that wait are to be sent again.
func Tourner(ctx context.Context, conn *pgx.Conn, box *coffre.Coffre) (n int, err error) {
	if _, err := conn.Exec(ctx, `delete from depot_cle`); err != nil {
		return 0, fmt.Errorf("cle: forget the files that wait: %w", err)
	}
	for {
		done, err := tournerLot(ctx, conn, box)
		if err != nil {
			return n, err
		}
		n += done
		reste, err := Restent(ctx, conn, box)
		if err != nil || reste == 0 {
			return n, err
		}
	}
}

// Restent is how many secrets another key has sealed.
func Restent(ctx context.Context, conn *pgx.Conn, box *coffre.Coffre) (n int, err error) {
	head := box.Entete()
	if err := conn.QueryRow(ctx, `select count(*) from cle where substr(secret_chiffre, 1, $1) <> $2`, len(head), head).Scan(&n); err != nil {
		return 0, fmt.Errorf("cle: count the secrets left: %w", err)
	}
	return n, nil
}

func tournerLot(ctx context.Context, conn *pgx.Conn, box *coffre.Coffre) (n int, err error) {
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		head := box.Entete()
		rows, err := tx.Query(ctx, aTournerSQL, len(head), head, lotTourner)
		if err != nil {
			return err
		}
		list, err := pgx.CollectRows(rows, pgx.RowToStructByName[aTourner])
		if err != nil {
			return err
		}
		n = len(list)
		b := &pgx.Batch{}
		for _, k := range list {
			secret, err := box.Ouvrir(k.SecretChiffre, k.NumeroSerie)
			if err != nil {
				return fmt.Errorf("key %s: %w", k.NumeroSerie, err)
			}
			b.Queue(`update cle set secret_chiffre = $2 where id = $1`, k.ID, box.Sceller(secret, k.NumeroSerie))
		}
		return tx.SendBatch(ctx, b).Close()
	})
	if err != nil {
		return 0, fmt.Errorf("cle: seal secrets again: %w", err)
	}
	return n, nil
}
