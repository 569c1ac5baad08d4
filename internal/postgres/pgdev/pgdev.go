// Package pgdev gives a private PostgreSQL to who has none: `make run` and the tests come here when
// DATABASE_URL is unset. Nothing to configure, root or not, no network port; several processes share
// one server, and the last to leave stops it, even by kill -9. BASE_ELEVES_PG_REGLAGES changes its settings,
// for measuring: "shared_buffers=2GB max_wal_size=8GB".
package pgdev

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	"github.com/jackc/pgx/v5"
)

const (
	// Owner is the role that owns the databases: no superuser, as in a real installation.
	Owner = "be_proprietaire"
	// Superuser is the role that tests may use to look behind row security.
	Superuser = "postgres"

	tick = 10 * time.Millisecond
)

// Server is one user's hold on a running PostgreSQL.
type Server struct {
	place place
	users *os.File // a shared lock; the keeper stops the server when nobody holds it
}

// Option changes how the server of a folder is started; the first to open it decides.
type Option func(*config)

type config struct {
	disposable bool
	find       func(ctx context.Context, p place, log func(string)) (bin string, err error)
}

// Disposable gives up durability for speed and remakes data that are broken: for tests.
func Disposable() Option {
	return func(c *config) { c.disposable = true }
}

// Open starts the server whose data are in dir, or joins it when another process has started it.
// What takes time (an installation, the first creation) is told to log, in French.
func Open(ctx context.Context, dir string, log func(string), options ...Option) (*Server, error) {
	c := config{find: findBinaries}
	for _, option := range options {
		option(&c)
	}
	p, err := settle(dir)
	if err != nil {
		return nil, err
	}
	starting, err := lock(ctx, p.file("ouverture.lock"), exclusive)
	if err != nil {
		return nil, err
	}
	defer unlock(starting)
	users, err := lock(ctx, p.file("utilisateurs.lock"), shared)
	if err != nil {
		return nil, err
	}
	s := &Server{place: p, users: users}
	if err := s.start(ctx, c, log); err != nil {
		unlock(users)
		return nil, err
	}
	return s, nil
}

// start makes sure that a keeper is at work and that its server answers.
func (s *Server) start(ctx context.Context, c config, log func(string)) error {
	for {
		keeping, free, err := tryLock(s.place.file("gardien.lock"), exclusive)
		if err != nil {
			return err
		}
		if free {
			defer keeping.Close() // and not unlock: the keeper has it too
			return s.startAfresh(ctx, c, keeping, log)
		}
		if err = s.answers(ctx); err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL ne répond pas : %w", err)
		case <-time.After(tick):
		}
	}
}

// startAfresh gives disposable data that are broken a second chance.
func (s *Server) startAfresh(ctx context.Context, c config, keeping *os.File, log func(string)) error {
	err := s.launch(ctx, c, keeping, log)
	if err == nil || !c.disposable || ctx.Err() != nil {
		return err
	}
	if os.RemoveAll(s.place.file("data")) != nil {
		return err
	}
	return s.launch(ctx, c, keeping, log)
}

// launch creates the data if need be and hands them to a keeper.
func (s *Server) launch(ctx context.Context, c config, keeping *os.File, log func(string)) error {
	bin, err := c.find(ctx, s.place, log)
	if err != nil {
		return err
	}
	if err := s.place.create(ctx, bin, log); err != nil {
		return err
	}
	if err := s.place.makeSockets(); err != nil {
		return err
	}
	gone, err := hire(newKeeper(s.place, bin, c), keeping)
	if err != nil {
		return err
	}
	return s.wait(ctx, gone)
}

// wait returns when the server answers, or its keeper is gone.
func (s *Server) wait(ctx context.Context, gone <-chan struct{}) error {
	for {
		err := s.answers(ctx)
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL ne répond pas : %w", err)
		case <-gone:
			log := s.place.file("postgres.log")
			return fmt.Errorf("PostgreSQL n’a pas démarré ; son journal, %s, dit : %s", log, complaint(log))
		case <-time.After(tick):
		}
	}
}

func (s *Server) answers(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, s.AdminURL("postgres"))
	if err != nil {
		return err
	}
	return conn.Close(ctx)
}

// URL returns the connection string of a database, as its owner.
func (s *Server) URL(database string) string { return s.url(Owner, database) }

// AdminURL returns the connection string of a database, as superuser.
func (s *Server) AdminURL(database string) string { return s.url(Superuser, database) }

// url names the port too, lest PGPORT choose another.
func (s *Server) url(role, database string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.User(role),
		Path:     "/" + database,
		RawQuery: url.Values{"host": {s.place.sockets}, "port": {port}}.Encode(),
	}
	return u.String()
}

// Close leaves the server. The last to leave stops it, and waits for that: in a container
// everything dies with the program.
func (s *Server) Close() error {
	err := unlock(s.users)
	for deadline := time.Now().Add(patience); err == nil && time.Now().Before(deadline); time.Sleep(tick) {
		if over, lockErr := s.stoppedOrShared(); over || lockErr != nil {
			return lockErr
		}
	}
	return err
}

// stoppedOrShared is false while the keeper stops the server.
func (s *Server) stoppedOrShared() (bool, error) {
	if free, err := isFree(s.place.file("gardien.lock"), exclusive); free || err != nil {
		return free, err
	}
	if deserted, err := isFree(s.place.file("utilisateurs.lock"), exclusive); deserted || err != nil {
		return false, err // the keeper has yet to notice
	}
	return isFree(s.place.file("utilisateurs.lock"), shared)
}

// Dir returns the folder that holds the data, which is not the one asked for when the account of
// PostgreSQL cannot enter that.
func (s *Server) Dir() string { return filepath.Clean(s.place.home) }
