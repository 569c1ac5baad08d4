package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"base-eleves/internal/demo"
)

func demoCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:  "demo",
		Usage: "la base de démonstration : ses comptes, leurs codes, son remplissage",
		Commands: []*cli.Command{
			demoComptesCommand(env), demoCodeCommand(env), demoResetCommand(env), demoGenererCommand(env),
		},
	}
}

var errPasDemo = errors.New("cette base n’est pas une base de démonstration")

// openDemo reaches the base, which must be one of demonstration.
func (env environment) openDemo(ctx context.Context, cmd *cli.Command) (base, error) {
	b, err := env.open(ctx, cmd)
	if err != nil {
		return base{}, err
	}
	etat, err := b.etat(ctx)
	if err == nil && etat != demo.Demo {
		err = errPasDemo
	}
	if err != nil {
		b.close()
		return base{}, err
	}
	return b, nil
}

// comptes reads the accounts of the demonstration.
func (env environment) comptes(ctx context.Context, cmd *cli.Command) (list []demo.Compte, err error) {
	b, err := env.openDemo(ctx, cmd)
	if err != nil {
		return nil, err
	}
	defer b.close()
	err = b.with(ctx, func(conn *pgx.Conn) error {
		list, err = demo.Lister(ctx, conn)
		return err
	})
	return list, err
}

func demoComptesCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:  "comptes",
		Usage: "écrit les comptes : role;identifiant;mot_de_passe;territoire",
		Action: func(ctx context.Context, cmd *cli.Command) error {
			list, err := env.comptes(ctx, cmd)
			if err != nil {
				return err
			}
			out := cmd.Root().Writer
			fmt.Fprintln(out, "role;identifiant;mot_de_passe;territoire")
			for _, c := range list {
				fmt.Fprintf(out, "%s;%s;%s;%s\n", c.Role, c.Identifiant, c.MotDePasse, c.Territoire)
			}
			return nil
		},
	}
}
