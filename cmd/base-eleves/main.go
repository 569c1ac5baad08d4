// Command base-eleves serves the register and holds everything an operator types: bring a base to the newest schema,
// fill and question a base of demonstration, import the directory of schools, let the first administrator in.
// One file per command; the environment is read once, here.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/urfave/cli/v3"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args); err != nil {
		fmt.Fprintln(os.Stderr, "base-eleves : "+err.Error())
		os.Exit(exitCode(err))
	}
}

func run(ctx context.Context, args []string) error {
	env, err := readEnvironment(os.Getenv)
	if err != nil {
		return err
	}
	return newCommand(env).Run(ctx, args)
}

func newCommand(env environment) *cli.Command {
	return strict(&cli.Command{
		Name:        "base-eleves",
		Usage:       "le registre des élèves du premier degré",
		HideVersion: true, // version is a command
		// An error is written once, by main.
		ExitErrHandler: func(context.Context, *cli.Command, error) {},
		Flags:          []cli.Flag{baseFlag()},
		Commands: []*cli.Command{
			serveCommand(env), migrateCommand(env), amorceCommand(env), habiliterCommand(env), importerCommand(env), demoCommand(env),
			sceauCommand(env), coffreCommand(env), journalCommand(env), urgenceCommand(env), versionCommand(),
		},
	})
}

// exitCode is 2 for a wrong command line, as the shell's own commands do, and 1 for the rest.
func exitCode(err error) int {
	if errors.Is(err, errUsage) {
		return 2
	}
	return 1
}
