package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"base-eleves/internal/app"
	"base-eleves/internal/domain/alerte"
	"base-eleves/internal/domain/classe"
	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/election"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/domain/reprise"
	"base-eleves/internal/domain/travail"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// How often each work beside the pages is done.
const (
	registreEvery = 2 * time.Second
	forgetEvery   = 5 * time.Minute
	atelierEvery  = 2 * time.Second
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
	all.Go(func() {
		if err := openYears(ctx, site); err != nil && ctx.Err() == nil {
			warn(err)
		}
		forget(ctx, site, warn)
	})
	all.Go(func() { app.Atelier(site).Veiller(ctx, atelierEvery, warn) })
	all.Go(func() { svc.hear(ctx, warn) })
	all.Go(func() { svc.seals.Veiller(ctx, warn) })
	all.Go(func() { site.VeillerSondes(ctx, warn) })
	all.Go(func() { alerte.Veiller(ctx, site.DB, site.Now, warn) })
	return func() { cancel(); all.Wait() }
}

// openYears opens the school years of the day.
func openYears(ctx context.Context, site *httpx.Site) error {
	return site.DB.Connexion(ctx, func(tx territoire.Tx) error { return classe.OuvrirAnnees(ctx, tx, site.Now()) })
}

// forget deletes what has ended, drafts left for too long and the answers of forms sent long ago; a new day may open a
// year.
func forget(ctx context.Context, site *httpx.Site, warn func(error)) {
	tick := time.NewTicker(forgetEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if err := errors.Join(forgetEnded(ctx, site), openYears(ctx, site), site.OublierBrouillons(ctx), site.OublierEnvois(ctx)); err != nil && ctx.Err() == nil {
			warn(err)
		}
	}
}

// forgetEnded deletes the sessions that have ended (the store could, but shares its stop signal without a lock), the files
// of take-overs that nobody came back for, those that the server made whose day is over, and the voters of elections long over; it closes the schools whose day has come.
func forgetEnded(ctx context.Context, site *httpx.Site) error {
	return site.DB.Connexion(ctx, func(tx territoire.Tx) error {
		now := site.Now()
		tx.Queue(`delete from sessions where expiry < $1`, now)
		reprise.Purger(tx, now)
		travail.Purger(tx, now)
		compte.OublierDefis(tx, now)
		liste.Oublier(tx, now)
		election.Oublier(tx, now)
		tx.Queue(`select fermer_ecoles($1)`, now)
		return nil
	})
}
