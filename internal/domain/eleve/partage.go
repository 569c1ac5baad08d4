package eleve

import (
	"context"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// What follows is for internal/domain/famille, which changes what several files share.

// LockEcriture locks a file that the agent holds the pen of, and returns the pupil's home.
func LockEcriture(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) (*uuid.UUID, error) {
	return lockEcriture(ctx, tx, agent, id, v)
}

// CreerAdresse records an address. It cannot be read back before somebody lives there.
func CreerAdresse(tx territoire.Tx, a Adresse) uuid.UUID { return creerAdresse(tx, a) }

// EcrireAdresse changes an address for all who live there.
func EcrireAdresse(tx territoire.Tx, id uuid.UUID, a Adresse) { modifierAdresse(tx, id, a) }

// CreerResponsable records a person who lives at an address, if he has one. He cannot be read back before he is linked.
func CreerResponsable(tx territoire.Tx, r Responsable, adresse *uuid.UUID) uuid.UUID {
	id := uuid.New()
	tx.Queue(creerResponsableSQL, id, r.Nature, r.Civilite, r.NomFamille, r.NomUsage, r.Prenom,
		r.Organisme, r.Fonction, adresse, r.TelDomicile, r.TelTravail, r.TelPortable, r.Courriel)
	return id
}

// EcrireResponsable changes a person for all the children he is responsible for.
func EcrireResponsable(tx territoire.Tx, id uuid.UUID, r Responsable, adresse *uuid.UUID) {
	tx.Queue(modifierResponsableSQL, id, r.Nature, r.Civilite, r.NomFamille, r.NomUsage, r.Prenom,
		r.Organisme, r.Fonction, adresse, r.TelDomicile, r.TelTravail, r.TelPortable, r.Courriel)
}

// PartagerSecondDomicile has a child also live where another one also does.
func PartagerSecondDomicile(tx territoire.Tx, id, autre uuid.UUID) {
	tx.Queue(`update eleve set adresse2_id = (select adresse2_id from eleve where id = $2) where id = $1`, id, autre)
}
