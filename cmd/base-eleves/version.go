package main

import (
	"context"
	"fmt"
	"runtime/debug"

	"github.com/urfave/cli/v3"

	"base-eleves/internal/postgres"
)

func versionCommand() *cli.Command {
	return &cli.Command{
		Name:  "version",
		Usage: "dit la version du programme et celle du schéma qu’il attend",
		Action: func(_ context.Context, cmd *cli.Command) error {
			_, err := fmt.Fprintf(cmd.Root().Writer, "base-eleves %s, schéma %d\n", version(), postgres.Latest())
			return err
		},
	}
}

// version is the commit that the program was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "inconnue"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return info.Main.Version
}
