package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres"
)

// prepare brings the base to the state in which it can be served, and tells whether it is one of demonstration.
func (b base) prepare(ctx context.Context, fill bool) (demo bool, err error) {
	conn, err := pgx.Connect(ctx, b.url)
	if err != nil {
		return false, fmt.Errorf("base de données : %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if v, err := postgres.Version(ctx, conn); err != nil || v < postgres.Latest() {
		return false, errors.New("le schéma de la base n’est pas à jour : lancez d’abord « base-eleves migrate »")
	}
	return false, nil
}
