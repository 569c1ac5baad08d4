package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/urfave/cli/v3"
)

// The library speaks English; operators read French.
func init() {
	headings := strings.NewReplacer("NAME:", "NOM :", "USAGE:", "EMPLOI :", "DESCRIPTION:", "PRÉCISIONS :", "VERSION:", "VERSION :", "COMMANDS:", "COMMANDES :",
		"GLOBAL OPTIONS:", "OPTIONS GÉNÉRALES :", "OPTIONS:", "OPTIONS :", "[global options]", "[options générales]",
		"[command [command options]]", "[commande [options]]", "[command]", "[commande]", "[options]", "[options]")
	for _, template := range []*string{&cli.RootCommandHelpTemplate, &cli.CommandHelpTemplate, &cli.SubcommandHelpTemplate} {
		*template = headings.Replace(*template)
	}
	cli.HelpFlag = &cli.BoolFlag{Name: "help", Aliases: []string{"h"}, Usage: "montre cette aide", HideDefault: true, Local: true}
	stringer := cli.FlagStringer
	cli.FlagStringer = func(f cli.Flag) string { return strings.Replace(stringer(f), "(default: ", "(par défaut : ", 1) }
}

// errUsage is the error of a command line that cannot be understood.
var errUsage = errors.New("ligne de commande incomprise")

// strict makes a command and those below it refuse, in French, what they would pass over in silence.
func strict(cmd *cli.Command) *cli.Command {
	cmd.OnUsageError = usageError
	cmd.HideHelpCommand = true
	for _, sub := range cmd.Commands {
		strict(sub)
	}
	switch action := cmd.Action; {
	case action == nil:
		cmd.Action = needsCommand
	case cmd.ArgsUsage == "":
		cmd.Action = func(ctx context.Context, cmd *cli.Command) error {
			if cmd.NArg() > 0 {
				return fmt.Errorf("%w : « %s » est de trop", errUsage, cmd.Args().First())
			}
			return action(ctx, cmd)
		}
	}
	return cmd
}

// needsCommand is the action of a command that only holds others.
func needsCommand(_ context.Context, cmd *cli.Command) error {
	if cmd.NArg() > 0 {
		return fmt.Errorf("%w : la commande « %s » n’existe pas (« %s --help » les donne)", errUsage, cmd.Args().First(), cmd.FullName())
	}
	return cli.ShowSubcommandHelp(cmd)
}

// sentences are the errors of the library, in French.
var sentences = []struct {
	english *regexp.Regexp
	french  string
}{
	{regexp.MustCompile(`^flag provided but not defined: (-\S+)$`), "l’option $1 n’existe pas"},
	{regexp.MustCompile(`^flag needs an argument: (-\S+)$`), "l’option $1 demande une valeur"},
	{regexp.MustCompile(`^invalid value (".*?") for flag (-\S+): .*$`), "l’option $2 n’accepte pas $1"},
	{regexp.MustCompile(`^Required flags? "(.*)" not set$`), "il manque --$1"},
}

func usageError(_ context.Context, cmd *cli.Command, err error, _ bool) error {
	what := err.Error()
	for _, s := range sentences {
		what = s.english.ReplaceAllString(what, s.french)
	}
	return fmt.Errorf("%w : %s (« %s --help »)", errUsage, what, cmd.FullName())
}
