package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"os"
	"time"

	"github.com/alexedwards/scs/pgxstore"
	"github.com/urfave/cli/v3"

	"base-eleves/internal/app"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

func serveCommand(env environment) *cli.Command {
	return &cli.Command{
		Name:  "serve",
		Usage: "sert l’application",
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "demo", Usage: "remplit d’abord une base vide avec le département de démonstration"},
			&cli.StringFlag{Name: "adresse", Usage: "où écouter", Value: "127.0.0.1:8080", Sources: cli.EnvVars("ADRESSE")},
		},
		Action: func(ctx context.Context, cmd *cli.Command) error {
			b, err := env.open(ctx)
			if err != nil {
				return err
			}
			defer b.close()
			demo, err := b.prepare(ctx, cmd.Bool("demo"))
			if err != nil {
				return err
			}
			return serve(ctx, env, b, address(cmd.String("adresse")), demo)
		},
	}
}

// serve answers until ctx ends, then lets the requests under way finish.
func serve(ctx context.Context, env environment, b base, address string, demo bool) error {
	site, closeSite, err := newSite(ctx, env, b, demo)
	if err != nil {
		return err
	}
	defer closeSite()
	listener, err := listen(ctx, address, demo)
	if err != nil {
		return err
	}
	m := newMetrics()
	stopMetrics, err := m.listen(env.metrics)
	if err != nil {
		return err
	}
	defer stopMetrics()
	announce(os.Stdout, listener.Addr(), demo)
	return answer(ctx, listener, m.watch(withReady(app.New(site), site.DB)))
}

// newSite opens the pools and gathers what every page shares.
func newSite(ctx context.Context, env environment, b base, demo bool) (*httpx.Site, func(), error) {
	master, err := env.masterSecret()
	if err != nil {
		return nil, nil, err
	}
	forms, err := derive(master, useForms)
	if err != nil {
		return nil, nil, err
	}
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		return nil, nil, err
	}
	db, connexion, err := territoire.Connecter(ctx, b.url)
	if err != nil {
		return nil, nil, fmt.Errorf("base de données : %w", err)
	}
	store := pgxstore.New(connexion)
	site := &httpx.Site{
		DB:       db,
		Sessions: httpx.NewSessions(store, env.https),
		Now:      func() time.Time { return time.Now().In(paris) },
		Log:      slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Secret:   forms,
		Demo:     demo,
		Version:  version(),
	}
	return site, func() { store.StopCleanup(); db.Fermer() }, nil
}

func announce(out *os.File, at net.Addr, demo bool) {
	fmt.Fprintf(out, "Base élèves répond sur http://%s\n", at)
	if demo {
		fmt.Fprintln(out, "Base de démonstration : comptes et codes sur la page de connexion, ou par « base-eleves demo comptes ».")
	}
}
