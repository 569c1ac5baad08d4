package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"

	"base-eleves/internal/demo"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/postgres/sessions"
	"base-eleves/internal/territoire"
)

// service is what the pages stand on.
type service struct {
	site  *httpx.Site
	close func()
	// hear tells the sessions that this process remembers from those that others have ended, until ctx ends.
	hear func(ctx context.Context, warn func(error))
	// seals chains the journal and signs its heads.
	seals *journal.Scelleur
}

// newService opens the pools and gathers what every page shares.
func (env environment) newService(ctx context.Context, b base, box *coffre.Coffre, origin string, isDemo bool) (service, error) {
	db, connexion, err := territoire.Connecter(ctx, b.url)
	if err != nil {
		return service{}, fmt.Errorf("base de données : %w", err)
	}
	store := sessions.New(sessions.Base{Pool: connexion, Contenu: httpx.Contenu{}})
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
		Sceaux:        env.seal.keys(box),
		Origine:       origin,
	}
	if isDemo {
		site.Comptes = demo.Presents{DB: db, Coffre: box, Now: env.now}
	}
	hear := func(ctx context.Context, warn func(error)) {
		store.Listen(ctx, connexion.Config().ConnConfig.Copy(), warn)
	}
	seals := &journal.Scelleur{DB: db, Cle: anchorKey(box), Fichier: env.anchorFile(), Now: env.now}
	return service{site: site, close: db.Fermer, hear: hear, seals: seals}, nil
}
