package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"base-eleves/internal/domain/annuaire"
)

func importerCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:     "importer",
		Usage:    "lit un fichier de référence",
		Commands: []*cli.Command{importerAnnuaireCommand(env)},
	}
}

func importerAnnuaireCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:      "annuaire",
		Usage:     "compare à la base l’annuaire officiel de l’éducation ; n’écrit qu’avec --appliquer",
		ArgsUsage: "FICHIER",
		Flags:     []cli.Flag{&cli.BoolFlag{Name: "appliquer", Usage: "écrit ce qui diffère"}},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() != 1 {
				return fmt.Errorf("%w : donnez le fichier de l’annuaire", errUsage)
			}
			b, err := env.open(ctx, cmd)
			if err != nil {
				return err
			}
			defer b.close()
			if _, err := b.etat(ctx); err != nil {
				return err
			}
			report, err := b.importerAnnuaire(ctx, cmd.Args().First(), cmd.Bool("appliquer"))
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.Root().Writer, report)
			return err
		},
	}
}

func (b base) importerAnnuaire(ctx context.Context, name string, apply bool) (report annuaire.Report, err error) {
	file, err := os.Open(name)
	if err != nil {
		return report, fmt.Errorf("annuaire : %w", err)
	}
	err = b.with(ctx, func(conn *pgx.Conn) error {
		return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
			report, err = annuaire.Run(ctx, tx, file, apply)
			return err
		})
	})
	return report, errors.Join(err, file.Close())
}
