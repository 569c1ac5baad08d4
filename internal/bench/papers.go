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
	"base-eleves/internal/domain/compte"
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

// memory measures the program while many ask for pages and others log in.
func (b bench) memory(ctx context.Context, _ *decoder) error {
	const (
		crowd  = 32
		limit  = 150 << 20
		during = 6 * time.Second
	)
	w := b.worlds[0]
	list, dossier := w.list(ctx, true).requests, w.dossier().requests
	stop := make(chan struct{})
	peak := make(chan int64)
	go func() { peak <- watch(w.server, stop) }()
	logins := make(chan int)
	go func() { logins <- w.logInAgain(ctx, stop) }()
	r, err := load.Run(ctx, w.server.address, crowd, during, func(conn, n int) load.Request {
		if n%2 == 0 {
			return list[(conn+n)%len(list)](n)
		}
		return dossier[(conn*7+n)%len(dossier)](n)
	})
	close(stop)
	most, count := <-peak, <-logins
	if err != nil {
		return err
	}
	fmt.Fprintf(b.out, "%d connections, %.0f pages and %.0f log-ins a second: %d MiB (PSS) at most, of %d: %s; p95 of a page %s ms\n", crowd,
		r.Rate(), float64(count)/r.Took.Seconds(), most>>20, limit>>20, mark(most <= limit), ms(r.Quantile(0.95)))
	return b.hash()
}

// hash measures what one password costs, alone.
func (b bench) hash() error {
	start := time.Now()
	const times = 10
	for range times {
		if _, err := compte.Hacher(motDePasse); err != nil {
			return err
		}
	}
	fmt.Fprintf(b.out, "argon2id, one password: %s ms\n", ms(time.Since(start)/times))
	return nil
}

func watch(c *child, stop <-chan struct{}) (most int64) {
	for {
		select {
		case <-stop:
			return most
		case <-time.After(50 * time.Millisecond):
			most = max(most, c.memory())
		}
	}
}

// logInAgain logs everybody in, in turn, four at a time; the keys forget that their code was used.
func (w *world) logInAgain(ctx context.Context, stop <-chan struct{}) (count int) {
	const doors = 4
	counts := make(chan int)
	for door := range doors {
		go func() {
			n := 0
			defer func() { counts <- n }()
			for i := door; ; i += doors {
				select {
				case <-stop:
					return
				default:
				}
				one := *w.people.directors[i%len(w.people.directors)]
				if _, err := one.logIn(ctx, w.server.address); err == nil {
					n++
				}
			}
		}()
	}
	for range doors {
		count += <-counts
	}
	return count
}
