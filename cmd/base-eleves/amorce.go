package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"base-eleves/internal/domain/compte"
)

func amorceCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:  "amorce",
		Usage: "crée le jeton du premier administrateur, à usage unique",
		Action: func(ctx context.Context, cmd *cli.Command) error {
			return env.onBase(ctx, cmd, func(conn *pgx.Conn) error {
				var jeton string
				err := pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) (err error) {
					jeton, err = compte.CreerAmorce(ctx, tx, env.now())
					return err
				})
				if err != nil {
					return err
				}
				tell(fmt.Sprintf("Jeton valable %s, une fois, à donner sur la page /amorce :", compte.AmorceDuree))
				_, err = fmt.Fprintln(cmd.Root().Writer, jeton)
				return err
			})
		},
	}
}
