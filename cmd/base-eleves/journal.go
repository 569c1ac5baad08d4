package main

import (
	"context"
	"crypto/ed25519"
	"fmt"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/journal"
)

// anchorKey signs the heads of the journal's chain.
func anchorKey(box *coffre.Coffre) ed25519.PrivateKey {
	return journal.Cle(box.Cle("ancres du journal"))
}

// anchorFile is where the anchors are copied out of the base: ANCRES, or beside the secret of a private base.
func (env environment) anchorFile() string {
	if env.anchors == "" && env.databaseURL == "" {
		return filepath.Join(varDir, "ancres.jsonl")
	}
	return env.anchors
}

func journalCommand(env environment) *cli.Command {
	file := []cli.Flag{&cli.StringFlag{Name: "ancres", Usage: "fichier d’ancres, au lieu de celui de ce serveur"}}
	return &cli.Command{
		Name:  "journal",
		Usage: "prouve que personne n’a touché au journal, et clôt ce qui n’est plus gardé",
		Commands: []*cli.Command{
			{
				Name:   "verifier",
				Usage:  "suit la chaîne du journal et la compare aux ancres signées, dans la base et hors d’elle",
				Flags:  file,
				Action: env.onJournal(verifyJournal),
			},
			{
				Name:   "clore",
				Usage:  "efface les mois entiers de plus d’un an, après avoir signé la fin de leur chaîne",
				Flags:  file,
				Action: env.onJournal(env.closeJournal),
			},
		},
	}
}

// onJournal gives a command the owner's connection, what the keys are drawn from, and the file of anchors.
func (env environment) onJournal(do func(context.Context, *cli.Command, *pgx.Conn, *coffre.Coffre, string) error) cli.ActionFunc {
	return func(ctx context.Context, cmd *cli.Command) error {
		b, err := env.open(ctx, cmd)
		if err != nil {
			return err
		}
		defer b.close()
		box, err := env.coffre()
		if err != nil {
			return err
		}
		file := cmd.String("ancres")
		if file == "" {
			file = env.anchorFile()
		}
		return b.with(ctx, func(conn *pgx.Conn) error { return do(ctx, cmd, conn, box, file) })
	}
}

// closeJournal deletes what is no longer kept.
func (env environment) closeJournal(ctx context.Context, cmd *cli.Command, conn *pgx.Conn, box *coffre.Coffre, file string) error {
	c, err := journal.Clore(ctx, conn, anchorKey(box), file, env.now())
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(cmd.Root().Writer, "Journal clos\u00a0: %d lignes de plus de %d mois effacées.\n", c.Lignes, journal.Conservation)
	return err
}

// verifyJournal tells every fault; the exit code says whether there is one.
func verifyJournal(ctx context.Context, cmd *cli.Command, conn *pgx.Conn, box *coffre.Coffre, file string) error {
	v, err := journal.Verifier(ctx, conn, anchorKey(box).Public().(ed25519.PublicKey), file)
	if v == nil {
		return err
	}
	for _, fault := range v.Fautes {
		tell(fault)
	}
	if err == nil {
		_, err = fmt.Fprintf(cmd.Root().Writer, "Journal intact\u00a0: %d lignes, %d ancres.\n", v.Lignes, v.Ancres)
	}
	return err
}
