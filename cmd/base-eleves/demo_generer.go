package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"base-eleves/internal/demo"
)

func demoGenererCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:  "generer",
		Usage: "remplit une base d’une nation inventée, pour mesurer",
		Description: "Au-delà du million d’élèves, le PostgreSQL privé gagne à être lancé avec\n" +
			"BASE_ELEVES_PG_REGLAGES=\"wal_level=minimal max_wal_senders=0 max_wal_size=16GB shared_buffers=2GB\".\n" +
			"Comptez 3 Go pour un million d’élèves.",
		Flags: []cli.Flag{
			&cli.IntFlag{Name: "eleves", Usage: "nombre d’élèves, jusqu’à 8 000 000", Required: true},
			&cli.Uint64Flag{Name: "graine", Usage: "la même graine donne la même nation", Value: demo.Graine},
			&cli.BoolFlag{Name: "sans-annee-precedente", Usage: "n’invente pas les scolarités de l’an dernier"},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			if cmd.Int("eleves") < 1 || cmd.Int("eleves") > maxEleves {
				return fmt.Errorf("%w : --eleves va de 1 à %d", errUsage, maxEleves)
			}
			b, err := env.open(ctx, cmd)
			if err != nil {
				return err
			}
			defer b.close()
			if err := b.mayFill(ctx); err != nil {
				return err
			}
			box, err := env.coffre()
			if err != nil {
				return err
			}
			o := env.demoOptions(box)
			o.Eleves, o.Graine, o.AnneePrecedente = cmd.Int("eleves"), cmd.Uint64("graine"), !cmd.Bool("sans-annee-precedente")
			return b.fill(ctx, o)
		},
	}
}

// maxEleves leaves numbers of the register to those who left last summer, and to the newcomers of a demonstration.
const maxEleves = 8_000_000

// mayFill refuses a base that holds anything but a demonstration, and makes anew one whose filling was interrupted.
func (b base) mayFill(ctx context.Context) error {
	etat, err := b.etat(ctx)
	switch {
	case err != nil:
		return err
	case etat == demo.Reelle:
		return demo.ErrPasVide
	case etat == demo.Inachevee:
		return b.recreate(ctx)
	}
	return nil
}
