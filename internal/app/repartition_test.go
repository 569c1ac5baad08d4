package app_test

import (
	"context"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// composition is what a directeur has of the répartition: a scenario, a movement in it, a rule.
type composition struct{ scenario, mouvement, regle string }

// composer has a directeur open a scenario, place the pupils in it, and keep them apart.
func composer(m *fixture.Monde, p place, eleves ...fixture.Enfant) composition {
	var id, regle uuid.UUID
	var fait scenario.Fait
	var vus []scenario.Vu
	for _, e := range eleves {
		vus = append(vus, scenario.Vu{Cle: scenario.Abreger(e.ID), Version: -1})
	}
	classe := uuid.MustParse(p.classe)
	m.Ecrire(p.directeur, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		nom := "Essai " + uuid.NewString()[:8] // a test may settle twice
		if id, err = scenario.Creer(ctx, tx, a, 2026, nom, scenario.Modele{}); err != nil {
			return err
		}
		c := scenario.Cible{Annee: 2026, Scenario: id}
		if fait, err = scenario.Placer(ctx, tx, a, c, vus, &classe); err != nil {
			return err
		}
		regle, err = scenario.PoserRegle(ctx, tx, a, c, vus, scenario.Separes)
		return err
	})
	return composition{id.String(), fait.Mouvement.String(), regle.String()}
}
