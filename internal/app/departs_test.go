package app_test

import (
	"context"

	"github.com/google/uuid"

	"base-eleves/internal/domain/depart"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// partir has a directeur announce that a pupil will leave, by an act for several.
func partir(m *fixture.Monde, p place) string {
	m.Helper()
	e := m.Admettre(p.directeur, m.Accepter(p.directeur, m.Inscrire(p.mairie, p.uai, "Léa")))
	var id uuid.UUID
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		id, err = depart.Radier(ctx, tx, a, []uuid.UUID{e.Scolarite},
			scolarite.Depart{Le: a.Aujourdhui().AddDate(0, 1, 0), Motif: "demenagement"})
		return err
	})
	return id.String()
}
