package cle

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/coffre"
)

// scelles is a table whose rows the box has sealed: lire gives those that another key than the present one has sealed, as
// their identifier, what they are sealed for and their content, and ecrire puts them back.
type scelles struct {
	nom, lire, ecrire string
	lot               int // rows held at once, for some milliseconds, in which whoever wants one of them waits
}

// tables are all that is sealed in the base for longer than a session: the secrets of the keys, the forms that are kept as
// they were being typed, the files made beside the pages. What each is sealed for is said where it is written.
var tables = []scelles{
	{"cle", `select id::text, numero_serie, secret_chiffre from cle`,
		`update cle set secret_chiffre = $2 where id = $1::uuid`, 100},
	{"brouillon", `select concat_ws(' ', compte_id, habilitation_id, page), concat_ws(' ', 'brouillon', compte_id, habilitation_id, page),
			decode(contenu, 'base64') from brouillon`,
		`update brouillon set contenu = translate(encode($2::bytea, 'base64'), E'\n', '')
			where compte_id = split_part($1, ' ', 1)::uuid and habilitation_id = split_part($1, ' ', 2)::uuid and page = substr($1, 75)`, 100},
	{"travail_morceau", `select concat_ws(' ', travail_id, rang), concat_ws(' ', 'travail', travail_id, rang), contenu from travail_morceau`,
		`update travail_morceau set contenu = $2 where travail_id = split_part($1, ' ', 1)::uuid and rang = split_part($1, ' ', 2)::int`, 8},
}

// aTournerSQL are the rows of a table sealed under another key than the present one.
func (s scelles) aTournerSQL() string {
	return `select * from (` + s.lire + `) as s (id, contexte, scelle) where substr(scelle, 1, $1) <> $2`
}

// Tourner seals again, under the present key of the box, all that another one has sealed; the box opens both. It says how
// many secrets of keys there were. Batches are kept one by one: stopped, it is begun again. Vendor's files that wait are
// to be sent again.
func Tourner(ctx context.Context, conn *pgx.Conn, box *coffre.Coffre) (n int, err error) {
	if _, err := conn.Exec(ctx, `delete from depot_cle`); err != nil {
		return 0, fmt.Errorf("cle: forget the files that wait: %w", err)
	}
	for i, table := range tables {
		done, err := table.tourner(ctx, conn, box)
		if i == 0 {
			n = done
		}
		if err != nil {
			return n, err
		}
	}
	return n, nil
}

// Restent is how many rows another key has sealed.
func Restent(ctx context.Context, conn *pgx.Conn, box *coffre.Coffre) (n int, err error) {
	for _, table := range tables {
		left, err := table.restent(ctx, conn, box)
		if err != nil {
			return n, err
		}
		n += left
	}
	return n, nil
}

func (s scelles) restent(ctx context.Context, conn *pgx.Conn, box *coffre.Coffre) (n int, err error) {
	head := box.Entete()
	if err := conn.QueryRow(ctx, `select count(*) from (`+s.aTournerSQL()+`) s`, len(head), head).Scan(&n); err != nil {
		return 0, fmt.Errorf("cle: count what is left of %s: %w", s.nom, err)
	}
	return n, nil
}

// tourner goes on until nothing is left: the rows that somebody else holds come in a later batch.
func (s scelles) tourner(ctx context.Context, conn *pgx.Conn, box *coffre.Coffre) (n int, err error) {
	for {
		done, err := s.tournerLot(ctx, conn, box)
		if err != nil {
			return n, fmt.Errorf("cle: seal %s again: %w", s.nom, err)
		}
		n += done
		left, err := s.restent(ctx, conn, box)
		if err != nil || left == 0 {
			return n, err
		}
	}
}

type aTourner struct {
	ID, Contexte string
	Scelle       []byte
}

func (s scelles) tournerLot(ctx context.Context, conn *pgx.Conn, box *coffre.Coffre) (n int, err error) {
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		head := box.Entete()
		rows, err := tx.Query(ctx, s.aTournerSQL()+` limit $3 for update skip locked`, len(head), head, s.lot)
		if err != nil {
			return err
		}
		list, err := pgx.CollectRows(rows, pgx.RowToStructByName[aTourner])
		if err != nil {
			return err
		}
		n = len(list)
		b := &pgx.Batch{}
		for _, row := range list {
			secret, err := box.Ouvrir(row.Scelle, row.Contexte)
			if err != nil {
				return fmt.Errorf("%s: %w", row.ID, err)
			}
			b.Queue(s.ecrire, row.ID, box.Sceller(secret, row.Contexte))
		}
		return tx.SendBatch(ctx, b).Close()
	})
	return n, err
}
