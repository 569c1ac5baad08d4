package modele

import (
	"context"
	"testing"
	"time"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// What the sequences once found is told here as a story, so that it is tried each time.

// A school that still has the pupil does not see the line of the one that expects him: it may not take him over all the
// same. The control: once that school has given up, it may.
func TestReprendreUnEnfantAttenduAilleurs(t *testing.T) {
	x := nouvelEssai(t)
	x.repartir(t, `savepoint sequence`)
	x.jour = rentree(2026)
	e := x.arriver(t, "directeur").de
	effet := rentree(2027)
	reprendre := func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		c, err := eleve.FindConnu(ctx, tx, e.id, fixture.Lina(e.prenom).Identite)
		if err == nil {
			_, err = scolarite.Reprendre(ctx, tx, a, c, scolarite.Directe{Niveau: ecole.CE2, Effet: effet})
		}
		return err
	}
	x.jouer(t, "reprendre", "directeur voisin", "", reprendre)
	x.jouer(t, "reprendre", "directeur", "une école l’attend", reprendre)
	x.jouer(t, "ne viendra pas", "directeur voisin", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		id := x.id(t, `select id from inscription where annee = 2027`)
		return scolarite.Abandonner(ctx, tx, a, id, 0, inscription.MotifsAnnulation[0].Code)
	})
	x.jouer(t, "reprendre", "directeur", "", reprendre)
}

// A pupil who came this morning and leaves next month is not expected again. The control: he who stays is.
func TestDepointerUnDepartAnnonce(t *testing.T) {
	for nom, leaves := range map[string]string{"il reste": "", "il part": "son départ est annoncé"} {
		t.Run(nom, func(t *testing.T) {
			x := nouvelEssai(t)
			x.repartir(t, `savepoint sequence`)
			x.jour = rentree(2026)
			s := x.arriver(t, "directeur")
			if leaves != "" {
				x.jouer(t, "radier", "directeur", "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
					return scolarite.Radier(ctx, tx, a, s.id, 0, scolarite.Depart{Le: x.jour.Add(30 * 24 * time.Hour), Motif: "demenagement"})
				})
			}
			x.jouer(t, "dépointer", "directeur", leaves, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
				return scolarite.Depointer(ctx, tx, a, s.id, 0)
			})
		})
	}
}
