package main

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"base-eleves/internal/domain/arret"
)

// urgenceCommand stops the whole nation, every role included: what no page may do, since nobody could lift it.
func urgenceCommand(env environment) *cli.Command {
	motif := &cli.StringFlag{Name: "motif", Value: "intrusion", Usage: "intrusion, comptes, donnees, exercice ou autre"}
	stop := func(name, usage string, m arret.Mesure) *cli.Command {
		return &cli.Command{Name: name, Usage: usage, Flags: []cli.Flag{motif}, Action: func(ctx context.Context, cmd *cli.Command) error {
			return env.onBase(ctx, cmd, func(conn *pgx.Conn) error {
				if err := arret.National(ctx, conn, m, cmd.String("motif"), env.now()); err != nil {
					return err
				}
				_, err := fmt.Fprintf(cmd.Root().Writer, "%s, pour tous. Pour lever\u00a0: base-eleves urgence lever.\n", m.Label())
				return err
			})
		}}
	}
	return &cli.Command{
		Name:  "urgence",
		Usage: "arrête toute l’application, ou l’enregistrement, jusqu’à nouvel ordre",
		Commands: []*cli.Command{
			stop("fermer", "plus personne n’entre, le service informatique non plus", arret.Fermer),
			stop("lecture", "on consulte, on n’enregistre plus", arret.Lecture),
			{Name: "lever", Usage: "rouvre ce que « fermer » ou « lecture » ont arrêté", Action: func(ctx context.Context, cmd *cli.Command) error {
				return env.onBase(ctx, cmd, func(conn *pgx.Conn) error {
					n, err := arret.LeverNational(ctx, conn, env.now())
					if err == nil {
						_, err = fmt.Fprintf(cmd.Root().Writer, "Arrêts levés\u00a0: %d.\n", n)
					}
					return err
				})
			}},
		},
	}
}

// onBase runs f as the owner of a base that has been migrated.
func (env environment) onBase(ctx context.Context, cmd *cli.Command, f func(*pgx.Conn) error) error {
	b, err := env.open(ctx, cmd)
	if err != nil {
		return err
	}
	defer b.close()
	if _, err := b.etat(ctx); err != nil {
		return err
	}
	return b.with(ctx, f)
}
