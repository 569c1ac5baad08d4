package eleve

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// SecondDomicile is the other home of a pupil who lives in turn with both his parents (domain.md §3.2): that of one of
// his responsables, then shared with him, or an address of its own.
type SecondDomicile struct {
	Chez    uuid.UUID // the responsable, uuid.Nil for an address of its own
	Adresse Adresse
}

// Valider says what is missing, or said twice: nothing typed is dropped.
func (s SecondDomicile) Valider() error {
	switch {
	case s.Chez == uuid.Nil:
		return s.Adresse.Valider("")
	case !s.Adresse.Vide():
		return refusal.Of("chez", "Choisissez «\u00a0Une autre adresse\u00a0» pour celle que vous avez écrite, ou effacez-la.")
	}
	return nil
}

// ModifierSecondDomicile gives the pupil a second home, or changes the one he has.
func ModifierSecondDomicile(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, s SecondDomicile) error {
	if err := s.Valider(); err != nil {
		return err
	}
	tx.OuvrirProtegees() // else a protected one would be found by nobody, and left as it was
	domicile, err := lockEcriture(ctx, tx, agent, id, v)
	if err != nil {
		return err
	}
	adresse, err := s.adresse(ctx, tx, id)
	if err != nil {
		return err
	}
	if domicile != nil && *domicile == adresse {
		return refusal.Of("chez", "Cette personne habite déjà avec l’enfant\u00a0: ce n’est pas un second domicile.")
	}
	tx.Queue(poserSecondDomicileSQL, id, adresse)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: "adresse", ID: id, Ecole: agent.Ecole})
	return nil
}

const poserSecondDomicileSQL = `update eleve set adresse2_id = $2, version = version + 1 where id = $1`

// adresse is the address to live at: the responsable's, the present one changed, or a new one.
func (s SecondDomicile) adresse(ctx context.Context, tx territoire.Tx, id uuid.UUID) (uuid.UUID, error) {
	if s.Chez != uuid.Nil {
		return adresseChez(ctx, tx, id, s.Chez)
	}
	seul, err := secondDomicileSeul(ctx, tx, id)
	if err != nil {
		return uuid.Nil, err
	}
	if seul == nil {
		return creerAdresse(tx, s.Adresse), nil
	}
	modifierAdresse(tx, *seul, s.Adresse)
	return *seul, nil
}

const adresseChezSQL = `
	select r.adresse_id from lien_responsable l join responsable r on r.id = l.responsable_id
	where l.eleve_id = $1 and r.id = $2 and r.adresse_id is not null`

func adresseChez(ctx context.Context, tx territoire.Tx, id, responsable uuid.UUID) (adresse uuid.UUID, err error) {
	err = tx.QueryRow(ctx, adresseChezSQL, id, responsable).Scan(&adresse)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return adresse, refusal.Of("chez", "Cette personne n’a pas d’adresse dans le dossier\u00a0: écrivez-la.")
	case err != nil:
		return adresse, fmt.Errorf("eleve: read the address of the responsable: %w", err)
	}
	return adresse, nil
}

// secondDomicileSeulSQL leaves alone the address of a responsable: it is changed with him.
const secondDomicileSeulSQL = `
	select case when not exists (select from responsable r where r.adresse_id = e.adresse2_id) then e.adresse2_id end
	from eleve e where e.id = $1`

// secondDomicileSeul is the second home of a file that is locked already, nil when it has none of its own.
func secondDomicileSeul(ctx context.Context, tx territoire.Tx, id uuid.UUID) (adresse *uuid.UUID, err error) {
	if err := tx.QueryRow(ctx, secondDomicileSeulSQL, id).Scan(&adresse); err != nil {
		return nil, fmt.Errorf("eleve: read the second home: %w", err)
	}
	return adresse, nil
}

// RetirerSecondDomicile leaves the pupil one home.
func RetirerSecondDomicile(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	if _, err := lockEcriture(ctx, tx, agent, id, 0); err != nil {
		return err
	}
	tag, err := tx.Exec(ctx, `update eleve set adresse2_id = null, version = version + 1
		where id = $1 and adresse2_id is not null`, id)
	if err != nil {
		return fmt.Errorf("eleve: remove the second home: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return refusal.InConflict("Cet élève n’a qu’un domicile.")
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Supprimer, Objet: "adresse", ID: id, Ecole: agent.Ecole})
	return nil
}
