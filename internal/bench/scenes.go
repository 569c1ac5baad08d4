package main

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"base-eleves/internal/bench/limit"
	"base-eleves/internal/bench/load"
)

// scene is a page as it is asked for: one request for each pupil or school of the sample.
type scene struct {
	name     string
	requests []func(n int) load.Request
	ecoles   []string // the school of each request
}

// plan spreads the requests of a scene over the connections: no two connections ask about the same pupil.
func (s scene) plan() load.Plan {
	return func(conn, n int) load.Request {
		mine := (len(s.requests) - conn + conns - 1) / conns
		return s.requests[conn+conns*(n%mine)](n / mine)
	}
}

func (s *scene) add(ecole string, request func(n int) load.Request) {
	s.requests, s.ecoles = append(s.requests, request), append(s.ecoles, ecole)
}

func always(r load.Request) func(int) load.Request { return func(int) load.Request { return r } }

// list is the page of a class of thirty.
func (w *world) list(ctx context.Context, gzip bool) scene {
	s := scene{name: "list"}
	path := func(p pupil) string { return "/classes/" + p.Classe.String() }
	if _, err := load.One(ctx, w.server.address, load.Request{Path: path(w.people.pupils[0]), Cookie: w.people.pupils[0].director.cookie}); err != nil {
		path = func(p pupil) string { return "/eleves?classe=" + p.Classe.String() }
	}
	var seen []string
	for _, p := range w.people.pupils {
		if !slices.Contains(seen, p.Ecole) {
			seen = append(seen, p.Ecole)
			s.add(p.Ecole, always(load.Request{Path: path(p), Cookie: p.director.cookie, Gzip: gzip}))
		}
	}
	return s
}

// dossier is the file of a pupil.
func (w *world) dossier() scene {
	s := scene{name: "dossier"}
	for _, p := range w.people.pupils {
		s.add(p.Ecole, always(load.Request{Path: "/eleves/" + p.ID.String(), Cookie: p.director.cookie, Gzip: true}))
	}
	return s
}

// search looks for the beginning of a name in a school; the school is said, so that the answer is the same with row
// security and without.
func (w *world) search() scene {
	s := scene{name: "search"}
	for _, p := range w.people.pupils {
		q := url.Values{"q": {p.Prefixe}, "ecole": {p.Ecole}}
		s.add(p.Ecole, always(load.Request{Path: "/eleves?" + q.Encode(), Cookie: p.director.cookie, Gzip: true}))
	}
	return s
}

// searchFrom looks for the same names in the whole territory of somebody.
func (w *world) searchFrom(who *person) scene {
	s := scene{name: "search " + string(who.Role)}
	for _, p := range w.people.pupils {
		s.add(p.Ecole, always(load.Request{Path: "/eleves?" + url.Values{"q": {p.Prefixe}}.Encode(), Cookie: who.cookie, Gzip: true}))
	}
	return s
}

// save sends the form of a section again and again; the field changed comes and goes.
func (w *world) save(ctx context.Context, section, field string) (scene, error) {
	s := scene{name: "save " + section}
	for _, p := range w.people.pupils {
		f, err := w.form(ctx, p, section)
		if err != nil {
			return s, err
		}
		if f.answered() {
			s.add(p.Ecole, func(n int) load.Request { return f.request(field, n) })
		}
	}
	if len(s.requests) == 0 {
		return s, fmt.Errorf("no pupil whose %s may be saved unasked", section)
	}
	return s, nil
}

// sql is what each request of a scene sends to PostgreSQL, apart from reading the session.
func (w *world) sql(ctx context.Context, d *decoder, s scene) (pages [][]limit.Statement, err error) {
	for _, request := range s.requests {
		n := 0
		next := func() load.Request { n++; return request(n) }
		page, _, err := w.capture(ctx, next, roleSession, roleRegistre)
		if err != nil {
			return nil, err
		}
		list, err := d.statements(ctx, w, page)
		if err != nil {
			return nil, err
		}
		pages = append(pages, list)
	}
	return pages, nil
}

// unsecured is the SQL of a scene without scope.
func (s scene) unsecured(pages [][]limit.Statement) [][]limit.Statement {
	bare := make([][]limit.Statement, len(pages))
	for i, p := range pages {
		bare[i] = plain(p, s.ecoles[i])
	}
	return bare
}
