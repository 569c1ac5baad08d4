package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/postgres"
)

// prepare brings the base to the state in which it can be served, and tells whether it is one of demonstration.
// fill asks for a demonstration: only then does it migrate a base that is not private.
func (b base) prepare(ctx context.Context, env environment, box *coffre.Coffre, fill bool) (isDemo bool, err error) {
	if fill {
		if _, _, err := postgres.Migrate(ctx, b.url); err != nil {
			return false, fmt.Errorf("migrations : %w", err)
		}
	}
	etat, err := b.etat(ctx)
	if err != nil {
		return false, err
	}
	switch {
	case etat == demo.Inachevee:
		return false, demo.ErrInachevee
	case etat == demo.Reelle && fill:
		return false, fmt.Errorf("--demo : %w", demo.ErrPasVide)
	case etat == demo.Vide && fill:
		return true, b.fill(ctx, env.demoOptions(box))
	case etat == demo.Demo:
		return true, b.checkKeys(ctx, env, box)
	}
	return false, nil
}

// checkKeys refuses a demonstration whose keys were sealed under another secret: nobody could log in.
func (b base) checkKeys(ctx context.Context, env environment, box *coffre.Coffre) error {
	return b.with(ctx, func(conn *pgx.Conn) error {
		list, err := demo.Lister(ctx, conn)
		if err != nil {
			return err
		}
		for _, c := range list {
			if _, err := c.Code(box, env.now()); err != nil {
				return errors.New("le secret de l’installation n’est plus celui de cette démonstration : " +
					"refaites-la par « base-eleves demo reset »")
			}
		}
		return nil
	})
}

// etat tells what the base is, once its schema is one that this program knows.
func (b base) etat(ctx context.Context) (etat demo.Etat, err error) {
	err = b.with(ctx, func(conn *pgx.Conn) error {
		if v, err := postgres.Version(ctx, conn); err != nil || v < postgres.Latest() {
			return errors.New("le schéma de la base n’est pas à jour : lancez d’abord « base-eleves migrate »")
		}
		etat, err = demo.Lire(ctx, conn)
		return err
	})
	return etat, err
}
