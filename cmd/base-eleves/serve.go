package main

import (
	"context"
	"fmt"
	"net"
	"os"

	"github.com/urfave/cli/v3"

	"base-eleves/internal/app"
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
			b, err := env.open(ctx, cmd)
			if err != nil {
				return err
			}
			defer b.close()
			return env.serve(ctx, b, address(cmd.String("adresse")), cmd.Bool("demo"))
		},
	}
}

// serve answers until ctx ends, then lets the requests under way finish.
func (env environment) serve(ctx context.Context, b base, address string, fill bool) error {
	tuneMemory()
	box, err := env.coffre()
	if err != nil {
		return err
	}
	isDemo, err := b.prepare(ctx, env, box, fill)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, address, isDemo)
	if err != nil {
		return err
	}
	defer listener.Close()
	origin, err := env.originAt(listener.Addr())
	if err != nil {
		return err
	}
	svc, err := env.newService(ctx, b, box, origin, isDemo)
	if err != nil {
		return err
	}
	defer svc.close()
	m := newMetrics()
	stopMetrics, err := m.listen(env.metrics)
	if err != nil {
		return err
	}
	defer stopMetrics()
	pages := app.New(svc.site) // it completes the site, which what works beside the pages reads
	defer background(ctx, svc)()
	announce(os.Stdout, listener.Addr(), isDemo)
	return answer(ctx, listener, m.watch(withReady(pages, svc.site.DB)))
}

func announce(out *os.File, at net.Addr, isDemo bool) {
	fmt.Fprintf(out, "Base élèves répond sur http://%s\n", at)
	if isDemo {
		fmt.Fprintln(out, "Base de démonstration : comptes et codes sur la page de connexion, ou par « base-eleves demo comptes ».")
	}
}
