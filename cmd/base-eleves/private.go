package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres"
)

// ensure makes the private database and brings it to the schema of this program.
func (b base) ensure(ctx context.Context) error {
	if err := b.server.EnsureDatabase(ctx, b.name); err != nil {
		return fmt.Errorf("PostgreSQL privé : %w", err)
	}
	if _, _, err := postgres.Migrate(ctx, b.url); err != nil {
		return fmt.Errorf("migrations : %w", err)
	}
	return nil
}

// recreate makes the private database anew.
func (b base) recreate(ctx context.Context) error {
	if b.server == nil {
		return errors.New("supprimez la base et recréez-la vide")
	}
	conn, err := pgx.Connect(ctx, b.server.AdminURL("postgres"))
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, `drop database if exists `+pgx.Identifier{b.name}.Sanitize()+` with (force)`); err != nil {
		return err
	}
	return b.ensure(ctx)
}
