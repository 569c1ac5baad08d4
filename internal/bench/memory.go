package main

import (
	"context"
	"fmt"
	"time"

	"base-eleves/internal/bench/load"
	"base-eleves/internal/domain/compte"
)

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
				one := w.people.directors[i%len(w.people.directors)]
				if err := w.forget(ctx, one); err != nil {
					continue
				}
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

// forget makes the code of this half minute good again.
func (w *world) forget(ctx context.Context, p *person) error {
	_, err := w.site.pool.Exec(ctx, `update cle set dernier_pas = 0 where numero_serie = $1`, p.cle().Serie)
	return err
}
