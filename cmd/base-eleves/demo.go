package main

import (
	"github.com/urfave/cli/v3"
)

func demoCommand(environment) *cli.Command {
	return &cli.Command{Name: "demo", Usage: "la base de démonstration"}
}
