package main

import (
	"context"

	"github.com/urfave/cli/v3"
)

func demoResetCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:  "reset",
		Usage: "vide la base de démonstration et la remplit de nouveau",
		Action: func(ctx context.Context, cmd *cli.Command) error {
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
			return b.fill(ctx, env.demoOptions(box))
		},
	}
}
