// Package load asks a server for pages as fast as it answers, over a few connections kept open. The bench comes here:
// an ordinary HTTP client would spend more on a page than the server does, on the same two cores.
package load

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// Request is a page to ask for.
type Request struct {
	Method string // GET when empty
	Path   string
	Cookie string // name=value
	Form   string // encoded, for POST
	Gzip   bool   // accept a compressed answer
	Want   int    // the status it must have, 200 when zero
}

// Plan gives the request that a connection sends next; n counts from 0 on each connection.
type Plan func(conn, n int) Request

// Result is what a run saw.
type Result struct {
	Took  time.Duration
	Times []time.Duration // of each answer, in order of length
	Bytes int64           // of the bodies, as they travelled
}

// Rate is the number of answers per second.
func (r Result) Rate() float64 {
	if r.Took <= 0 {
		return 0
	}
	return float64(len(r.Times)) / r.Took.Seconds()
}

// Quantile is the time that a part of the answers stayed below.
func (r Result) Quantile(q float64) time.Duration {
	if len(r.Times) == 0 {
		return 0
	}
	return r.Times[min(int(q*float64(len(r.Times))), len(r.Times)-1)]
}

// Run keeps conns connections busy for that long. The first answer that is not the one wanted ends it.
func Run(ctx context.Context, address string, conns int, during time.Duration, plan Plan) (Result, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	clients := make([]*client, conns)
	for i := range clients {
		c, err := dial(ctx, address)
		if err != nil {
			return Result{}, err
		}
		defer c.close()
		clients[i] = c
	}
	start := time.Now()
	deadline := start.Add(during)
	var wg sync.WaitGroup
	for i, c := range clients {
		wg.Go(func() {
			if err := c.loop(ctx, deadline, func(n int) Request { return plan(i, n) }); err != nil {
				cancel(err)
			}
		})
	}
	wg.Wait()
	return gather(clients, time.Since(start)), context.Cause(ctx)
}

// One asks for one page and returns its body, decompressed by nobody.
func One(ctx context.Context, address string, r Request) (body []byte, err error) {
	c, err := dial(ctx, address)
	if err != nil {
		return nil, err
	}
	defer c.close()
	a, err := c.do(r, true)
	if err == nil {
		err = a.check(r)
	}
	return a.body, err
}

func gather(clients []*client, took time.Duration) Result {
	r := Result{Took: took}
	for _, c := range clients {
		r.Times = append(r.Times, c.times...)
		r.Bytes += c.bytes
	}
	slices.Sort(r.Times)
	return r
}

func (c *client) loop(ctx context.Context, deadline time.Time, next func(n int) Request) error {
	for n := 0; ctx.Err() == nil; n++ {
		start := time.Now()
		if start.After(deadline) {
			return nil
		}
		r := next(n)
		a, err := c.do(r, false)
		if err == nil {
			err = a.check(r)
		}
		if err != nil {
			return err
		}
		c.times = append(c.times, time.Since(start))
		c.bytes += a.length
	}
	return nil
}

// check refuses an answer that is not the page asked for: an error page is quick.
func (a answer) check(r Request) error {
	if a.status == cmp.Or(r.Want, 200) {
		return nil
	}
	return fmt.Errorf("%s %s: status %d, want %d: %s", cmp.Or(r.Method, "GET"), r.Path, a.status, cmp.Or(r.Want, 200),
		strings.TrimSpace(string(a.body)))
}
