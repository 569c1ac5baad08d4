package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"base-eleves/internal/domain/compte"
)

// habiliterCommand grants the first habilitation of an IA: a département has nobody yet who may.
func habiliterCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:      "habiliter",
		Usage:     "accorde à IDENTIFIANT la première habilitation d’inspection académique de son département",
		ArgsUsage: "IDENTIFIANT",
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.Args().Len() != 1 {
				return errors.New("dites l’identifiant du compte")
			}
			b, err := env.open(ctx, cmd)
			if err != nil {
				return err
			}
			defer b.close()
			if _, err := b.etat(ctx); err != nil {
				return err
			}
			return b.with(ctx, func(conn *pgx.Conn) error {
				err := compte.HabiliterPremiere(ctx, conn, cmd.Args().First(), env.now())
				if err == nil {
					tell("Habilitation accordée. Les suivantes s’accordent sur la page /comptes/habilitations.")
				}
				return err
			})
		},
	}
}
