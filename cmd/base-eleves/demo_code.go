package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"

	"base-eleves/internal/demo"
)

func demoCodeCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:      "code",
		Usage:     "écrit le code que la clé d’un compte affiche en ce moment",
		ArgsUsage: "IDENTIFIANT",
		Action: func(ctx context.Context, cmd *cli.Command) error {
			identifiant := cmd.Args().First()
			if cmd.NArg() != 1 {
				return fmt.Errorf("%w : donnez l’identifiant d’un compte", errUsage)
			}
			list, err := env.comptes(ctx, cmd)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(list, func(c demo.Compte) bool { return c.Identifiant == strings.ToLower(identifiant) })
			if i < 0 {
				return fmt.Errorf("aucun compte de démonstration ne s’appelle %q (« base-eleves demo comptes » les donne)", identifiant)
			}
			box, err := env.coffre()
			if err != nil {
				return err
			}
			code, err := list[i].Code(box, env.now())
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(cmd.Root().Writer, code)
			return err
		},
	}
}
