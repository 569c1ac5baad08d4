package main

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/bench/load"
	"base-eleves/internal/domain/ecole"
)

// What the papers of a school may cost (design.md §8).
const (
	maxFiches = 2 * time.Second // three hundred
	maxList   = 100 * time.Millisecond
	fiches    = 300
)

// lists measures what a school prints about all of its pupils, and the list of one class, in whole requests.
func (b bench) lists(ctx context.Context, _ *decoder) error {
	w := b.worlds[0]
	p, n, err := w.near(ctx, fiches)
	if err != nil {
		return err
	}
	for _, path := range []string{"/editions/fiches-renseignements.pdf?classe=toute", "/editions/etiquettes.pdf?classe=toute"} {
		stop, most := make(chan struct{}), make(chan int64)
		go func() { most <- watch(w.server, stop) }()
		r, err := b.one(ctx, w, p, path)
		close(stop)
		memory := <-most
		if err != nil {
			return err
		}
		scaled := r.Quantile(0.5) * fiches / time.Duration(n)
		fmt.Fprintf(b.out, "%s, %d pupils: median %s ms, for %d %s ms (at most %s: %s), %d bytes, the server at most %d MiB\n",
			path, n, ms(r.Quantile(0.5)), fiches, ms(scaled), maxFiches, mark(scaled <= maxFiches), r.Bytes/int64(len(r.Times)), memory>>20)
	}
	r, err := b.one(ctx, w, p, "/listes/composer.pdf?c=nom&c=sexe&c=naissance&classe="+p.Classe.String())
	if err != nil {
		return err
	}
	fmt.Fprintf(b.out, "list of a class: median %s ms, p95 %s ms (at most %s: %s)\n",
		ms(r.Quantile(0.5)), ms(r.Quantile(0.95)), maxList, mark(r.Quantile(0.5) <= maxList))
	return nil
}

// one asks for a file again and again, one at a time.
func (b bench) one(ctx context.Context, w *world, p pupil, path string) (load.Result, error) {
	return load.Run(ctx, w.server.address, 1, max(b.during, 3*time.Second), func(int, int) load.Request {
		return load.Request{Path: path, Cookie: p.director.cookie}
	})
}

// near is a pupil of the school of the sample that has nearest to so many pupils, and how many it has.
func (w *world) near(ctx context.Context, want int) (p pupil, n int, err error) {
	rows, err := w.owner.Query(ctx, `select ecole_uai, count(*) from scolarite where annee = $1 and etat = 'admis_definitif' group by 1`, int(ecole.AnneeDe(w.now)))
	if err != nil {
		return p, 0, err
	}
	counts := map[string]int{}
	var uai string
	var count int
	if _, err := pgx.ForEachRow(rows, []any{&uai, &count}, func() error { counts[uai] = count; return nil }); err != nil {
		return p, 0, err
	}
	for _, one := range w.people.pupils {
		if m := counts[one.Ecole]; n == 0 || abs(m-want) < abs(n-want) {
			p, n = one, m
		}
	}
	return p, n, nil
}

func abs(n int) int { return max(n, -n) }
