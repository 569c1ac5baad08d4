package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"base-eleves/internal/domain/cle"
)

// coffreCommand replaces the key that seals the secrets of the secure keys, and all that is sealed beside, while servers
// serve:
//  1. each server is given the next key in COFFRE_LISIBLES, and restarted: it reads both;
//  2. each server is given it in COFFRE_CLE, the former one in COFFRE_LISIBLES, and restarted: it seals under the next;
//  3. « coffre tourner », with the same two, seals everything again; the former one may go.
func coffreCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:  "coffre",
		Usage: "tient la clé qui chiffre les secrets",
		Commands: []*cli.Command{{
			Name:  "tourner",
			Usage: "chiffre de nouveau, sous COFFRE_CLE, les secrets chiffrés sous une autre clé ; interrompu, il se relance",
			Action: func(ctx context.Context, cmd *cli.Command) error {
				b, err := env.open(ctx, cmd)
				if err != nil {
					return err
				}
				defer b.close()
				box, err := env.coffre()
				if err != nil {
					return err
				}
				return b.with(ctx, func(conn *pgx.Conn) error {
					n, err := cle.Tourner(ctx, conn, box)
					if err == nil {
						_, err = fmt.Fprintf(cmd.Root().Writer, "%d secrets chiffrés de nouveau ; aucun ne reste sous une autre clé.\n", n)
					}
					return err
				})
			},
		}},
	}
}
