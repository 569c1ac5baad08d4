package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres/pgdev"
)

// trous is a server with holes, for the tools to find: an address that pastes what it is asked into SQL, a file that
// nobody was to see, a server that waits for ever for those who say nothing.
func (a attack) trous(ctx context.Context) (*httptest.Server, func(), error) {
	pg, err := pgdev.Open(ctx, filepath.Join(a.folder, "trous"), func(string) {})
	if err != nil {
		return nil, nil, err
	}
	base := pg.URL("trous")
	if err := prepare(ctx, pg, base); err != nil {
		return nil, nil, errors.Join(err, pg.Close())
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/communes", func(w http.ResponseWriter, r *http.Request) {
		conn, err := pgx.Connect(r.Context(), base)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		defer conn.Close(r.Context())
		rows, err := conn.Query(r.Context(), "select nom from commune where insee = '"+r.URL.Query().Get("insee")+"'", pgx.QueryExecModeSimpleProtocol)
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		names, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		_, _ = w.Write([]byte("<p>" + strings.Join(names, ", ")))
	})
	mux.HandleFunc("/.env", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("SECRET=1")) })
	s := httptest.NewUnstartedServer(mux)
	s.Listener = few{s.Listener, make(chan struct{}, 50)}
	s.Start()
	return s, func() { s.CloseClientConnections(); s.Close(); _ = pg.Close() }, nil
}

// prepare makes the table that the hole reads.
func prepare(ctx context.Context, pg *pgdev.Server, base string) error {
	if err := pg.EnsureDatabase(ctx, "trous"); err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, base)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `create table if not exists commune as select '65440' as insee, 'Tarbes' as nom`)
	return err
}

// few accepts so many connections and no more.
type few struct {
	net.Listener
	places chan struct{}
}

func (f few) Accept() (net.Conn, error) {
	f.places <- struct{}{}
	c, err := f.Listener.Accept()
	if err != nil {
		<-f.places
		return nil, err
	}
	return &counted{Conn: c, places: f.places}, nil
}

// counted gives its place back once.
type counted struct {
	net.Conn
	places chan struct{}
	closed bool
}

func (c *counted) Close() error {
	if !c.closed {
		c.closed = true
		<-c.places
	}
	return c.Conn.Close()
}
