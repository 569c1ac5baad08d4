package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"base-eleves/internal/postgres"
	"base-eleves/internal/postgres/pgdev"
)

// privateDatabase is the name of the base in the private server.
const privateDatabase = "base_eleves"

// base is a base within reach.
type base struct {
	url     string // as its owner
	private bool   // our own PostgreSQL, under var
	close   func() error
}

// open reaches the base of DATABASE_URL, else the private one, which it starts, creates and migrates as needed.
func (env environment) open(ctx context.Context) (base, error) {
	if env.databaseURL != "" {
		return base{url: env.databaseURL, close: func() error { return nil }}, nil
	}
	return openPrivate(ctx, privateDatabase)
}

func openPrivate(ctx context.Context, name string) (base, error) {
	server, err := pgdev.Open(ctx, filepath.Join(varDir, "pg"), tell)
	if err == nil {
		err = ensure(ctx, server, name)
	}
	if err != nil {
		return base{}, fmt.Errorf("PostgreSQL privé : %w", err)
	}
	return base{url: server.URL(name), private: true, close: server.Close}, nil
}

// ensure makes the database and brings it to the schema of this program; it leaves a server where that failed.
func ensure(ctx context.Context, server *pgdev.Server, name string) error {
	err := server.EnsureDatabase(ctx, name)
	if err == nil {
		_, _, err = postgres.Migrate(ctx, server.URL(name))
	}
	if err != nil {
		_ = server.Close()
	}
	return err
}

// tell writes what takes time; standard output is for results.
func tell(line string) { fmt.Fprintln(os.Stderr, line) }
