package modele

import (
	"context"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// peupler begins half of the sequences with pupils present on the day of the rentrée: the end of a year is far from an
// empty world.
func (x *essai) peupler(t *rapid.T) {
	if rapid.Bool().Draw(t, "monde vide") {
		return
	}
	x.jour = rentree(2026)
	for _, qui := range []string{"directeur", "directeur", "directeur voisin"} {
		s := x.arriver(t, qui)
		if x.jouer(t, "pointer présent", qui, "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
			return scolarite.PointerPresent(ctx, tx, a, s.id, 0)
		}) {
			s.admettre(x.jour)
		}
	}
}

// arriver has a school accept a new child in CE1, from today on.
func (x *essai) arriver(t *rapid.T, qui string) *scolaire {
	e, uai := x.naitre(t), directeurs[qui]
	var id uuid.UUID
	x.jouer(t, "admettre directement", qui, "", func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		e.id, id, err = scolarite.AdmettreNouveau(ctx, tx, a, fixture.Lina(e.prenom), scolarite.Directe{Niveau: ecole.CE1, Effet: x.jour})
		return err
	})
	e.ecole, e.mairie, e.plume = uai, communes[uai], "ecole"
	x.enfants = append(x.enfants, e)
	x.accueillirDirectement(t, e, id, uai, "CE1", x.jour)
	return e.scolarites[0]
}
