package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// How often each work beside the pages is done.
const (
	registreEvery = 2 * time.Second
	sessionsEvery = 5 * time.Minute
)

// background starts what works beside the pages; stop waits for its end.
func background(ctx context.Context, svc service) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	site := svc.site
	warn := func(err error) { site.Log.WarnContext(ctx, "background", "error", err) }
	var all sync.WaitGroup
	all.Go(func() {
		immatriculation.Registre{DB: site.DB, Now: site.Now}.Veiller(ctx, registreEvery, warn)
	})
	all.Go(func() { forgetSessions(ctx, site, warn) })
	all.Go(func() { svc.hear(ctx, warn) })
	return func() { cancel(); all.Wait() }
}

// forgetSessions deletes those that have ended, and drafts left for too long. The store could delete sessions, but shares
// its stop signal without a lock.
func forgetSessions(ctx context.Context, site *httpx.Site, warn func(error)) {
	tick := time.NewTicker(sessionsEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := errors.Join(forgetEnded(ctx, site), site.OublierBrouillons(ctx)); err != nil && ctx.Err() == nil {
			warn(err)
		}
	}
}

func forgetEnded(ctx context.Context, site *httpx.Site) error {
	return site.DB.Connexion(ctx, func(tx territoire.Tx) error {
		_, err := tx.Exec(ctx, `delete from sessions where expiry < $1`, site.Now())
		return err
	})
}
