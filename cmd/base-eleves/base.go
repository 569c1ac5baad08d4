package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"
	"github.com/urfave/cli/v3"

	"base-eleves/internal/postgres/pgdev"
)

// privateDatabase is the name of the base in the private server, unless --base says another.
const privateDatabase = "base_eleves"

func baseFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "base", Usage: "nom d’une autre base du PostgreSQL privé", DefaultText: privateDatabase,
	}
}

// base is a base within reach.
type base struct {
	url    string        // as its owner
	server *pgdev.Server // the private PostgreSQL, under var; nil when DATABASE_URL says another
	name   string
}

// open reaches the base of DATABASE_URL, else the private one, which it starts, creates and migrates as needed.
func (env environment) open(ctx context.Context, cmd *cli.Command) (base, error) {
	name := cmd.String("base")
	switch {
	case env.databaseURL != "" && name != "":
		return base{}, fmt.Errorf("%w : avec DATABASE_URL, --base n’a pas d’objet", errUsage)
	case env.databaseURL != "":
		return base{url: env.databaseURL}, nil
	case name == "":
		name = privateDatabase
	}
	server, err := pgdev.Open(ctx, filepath.Join(varDir, "pg"), tell)
	if err != nil {
		return base{}, fmt.Errorf("PostgreSQL privé : %w", err)
	}
	b := base{url: server.URL(name), server: server, name: name}
	if err := b.ensure(ctx); err != nil {
		b.close()
		return base{}, err
	}
	return b, nil
}

// close leaves the private server, which stops when nobody else uses it.
func (b base) close() {
	if b.server != nil {
		_ = b.server.Close()
	}
}

// with gives f a connection as the owner of the base.
func (b base) with(ctx context.Context, f func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, b.url)
	if err != nil {
		return fmt.Errorf("base de données : %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	return f(conn)
}

// tell writes what takes time; standard output is for results.
func tell(line string) { fmt.Fprintln(os.Stderr, line) }
