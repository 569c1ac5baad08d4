package main

import (
	"context"
	"fmt"

	"github.com/urfave/cli/v3"

	"base-eleves/internal/postgres"
)

func migrateCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:  "migrate",
		Usage: "met le schéma de la base à jour (DATABASE_URL : celle du propriétaire des tables)",
		Action: func(ctx context.Context, cmd *cli.Command) error {
			b, err := env.open(ctx, cmd)
			if err != nil {
				return err
			}
			defer b.close()
			from, to, err := postgres.Migrate(ctx, b.url)
			if err != nil {
				return fmt.Errorf("migrations : %w", err)
			}
			_, err = fmt.Fprintf(cmd.Root().Writer, "schéma : version %d, était %d\n", to, from)
			return err
		},
	}
}
