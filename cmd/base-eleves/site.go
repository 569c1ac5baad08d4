package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"github.com/alexedwards/scs/pgxstore"

	"base-eleves/internal/demo"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// newSite opens the pools and gathers what every page shares.
func (env environment) newSite(ctx context.Context, b base, box *coffre.Coffre, isDemo bool) (*httpx.Site, func(), error) {
	db, connexion, err := territoire.Connecter(ctx, b.url)
	if err != nil {
		return nil, nil, fmt.Errorf("base de données : %w", err)
	}
	store := pgxstore.NewWithCleanupInterval(connexion, 0) // see background
	site := &httpx.Site{
		DB:            db,
		Sessions:      httpx.NewSessions(store, env.https),
		Now:           env.now,
		Log:           slog.New(slog.NewTextHandler(os.Stderr, nil)),
		Secret:        box.Cle("formulaires"),
		Coffre:        box,
		Demo:          isDemo,
		Version:       version(),
		EnTeteAdresse: env.addressHeader,
	}
	if isDemo {
		site.Comptes = demo.Presents{DB: db, Coffre: box, Now: env.now}
	}
	return site, db.Fermer, nil
}
