package main

import (
	"context"
	"fmt"
	"net/url"
	"runtime"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/bench/load"
	"base-eleves/internal/domain/ecole"
)

// Floors of design.md §8.
const (
	minCertificates = 70 // a second, one core
	maxBatch        = 500 * time.Millisecond
	batch           = 300
)

// papers measures certificates, one by one and many at once.
func (b bench) papers(ctx context.Context, _ *decoder) error {
	w := b.worlds[0]
	s := scene{name: "certificate"}
	for _, p := range w.people.pupils {
		s.add(p.Ecole, always(load.Request{Path: "/eleves/" + p.ID.String() + "/certificat-scolarite.pdf", Cookie: p.director.cookie}))
	}
	before := w.server.cpu()
	r, err := load.Run(ctx, w.server.address, conns, max(b.during, 3*time.Second), s.plan())
	if err != nil {
		return err
	}
	perCore := r.Rate() / float64(runtime.GOMAXPROCS(0))
	fmt.Fprintf(b.out, "certificate, whole request: %.0f a second, %.0f per core of %d (at least %d: %s), p95 %s ms, server CPU %.1f ms, %d bytes\n",
		r.Rate(), perCore, runtime.GOMAXPROCS(0), minCertificates, mark(perCore >= minCertificates), ms(r.Quantile(0.95)),
		(w.server.cpu()-before).Seconds()*1000/float64(len(r.Times)), r.Bytes/int64(len(r.Times)))
	return b.batch(ctx, w)
}

// batch asks for the certificates of as many pupils of the greatest school as one file is to hold.
func (b bench) batch(ctx context.Context, w *world) error {
	rows, err := w.owner.Query(ctx, `select eleve_id from scolarite where ecole_uai = $1 and annee = $2 and etat = 'admis_definitif'
		order by cle_nom limit $3`, w.people.great.Territoire, int(ecole.AnneeDe(w.now)), batch)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return err
	}
	token, err := w.site.tokens(ctx, w.people.great)
	if err != nil {
		return err
	}
	request := func(int, int) load.Request {
		form := url.Values{"jeton": {token()}}
		for _, id := range ids {
			form.Add("id", id.String())
		}
		return load.Request{Method: "POST", Path: "/eleves/certificats-scolarite.pdf", Cookie: w.people.great.cookie, Form: form.Encode()}
	}
	r, err := load.Run(ctx, w.server.address, 1, max(b.during, 3*time.Second), request)
	if err != nil {
		return err
	}
	fmt.Fprintf(b.out, "%d certificates in one file: median %s ms (at most %s: %s), %d bytes\n",
		len(ids), ms(r.Quantile(0.5)), maxBatch, mark(r.Quantile(0.5) <= maxBatch), r.Bytes/int64(len(r.Times)))
	return nil
}
