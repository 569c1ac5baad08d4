package famille

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Demenagement is a new address for a pupil's home, and for whom.
type Demenagement struct {
	Version        int // of the file
	VersionAdresse int // of the home, which another file may have changed; 0 asks for none
	Adresse        eleve.Adresse
	Choix          Choix
}

// errProtegee refuses to whoever may not read the address.
var errProtegee = refusal.InConflict("Cette adresse est protégée\u00a0: l’école seule la modifie.")

// Demenager changes the home of a pupil, and of those who move with him. When all do, the address itself changes; when
// only some do, they get another one and the others keep theirs.
func Demenager(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, enfant uuid.UUID, d Demenagement) error {
	if err := d.Adresse.Valider(""); err != nil {
		return err
	}
	tx.OuvrirProtegees()
	foyer, err := eleve.LockEcriture(ctx, tx, agent, enfant, d.Version)
	if err != nil {
		return err
	}
	if foyer == nil {
		tx.Queue(`update eleve set adresse_id = $2, version = version + 1 where id = $1`, enfant, eleve.CreerAdresse(tx, d.Adresse))
		record(tx, agent, []uuid.UUID{enfant})
		return nil
	}
	if err := lockAdresse(ctx, tx, *foyer, d.VersionAdresse); err != nil {
		return err
	}
	p, err := lire(ctx, tx, agent, enfant, HabitantsSQL, enfant)
	if err != nil {
		return err
	}
	partants, restants, err := p.Repartir(d.Choix)
	if err != nil {
		return err
	}
	tx.Queue(`update eleve set version = version + 1 where id = $1`, enfant)
	if p.surPlace(d.Choix, restants) {
		if agent.Role == habilitation.Mairie && p.Ailleurs {
			return refusal.Of(ChampEtendue, "Une autre commune ou une école suit des personnes de ce foyer\u00a0: elle change leur adresse.")
		}
		return d.surPlace(ctx, tx, agent, *foyer, partants, restants)
	}
	return d.ailleurs(ctx, tx, agent, *foyer, partants)
}

// surPlace tells that the address itself is to change: nobody keeps it, or nobody but people whom the agent sees while
// those whom he does not see move.
func (p Partage) surPlace(c Choix, restants []Concerne) bool {
	if p.Ailleurs {
		return c.Etendue == Chacun || c.Etendue == Tous && c.Ailleurs
	}
	return len(restants) == 0
}

// copieSQL is the address as it was, for those who stay.
const copieSQL = `
	insert into adresse (id, complement, voie, lieu_dit, code_postal, commune_insee, commune, pays%[1]s)
	select $1, complement, voie, lieu_dit, code_postal, commune_insee, commune, pays%[1]s from adresse where id = $2`

// colonneProtegee is written by the directeur alone; the mairie does not read an address that has it.
func colonneProtegee(agent habilitation.Agent) string {
	if agent.Role == habilitation.Directeur {
		return ", protegee"
	}
	return ""
}

func copier(tx territoire.Tx, agent habilitation.Agent, adresse uuid.UUID) uuid.UUID {
	id := uuid.New()
	tx.Queue(fmt.Sprintf(copieSQL, colonneProtegee(agent)), id, adresse)
	return id
}

func (d Demenagement) surPlace(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, foyer uuid.UUID, partants, restants []Concerne) error {
	if len(restants) > 0 {
		if err := move(ctx, tx, foyer, copier(tx, agent, foyer), restants); err != nil {
			return err
		}
	}
	eleve.EcrireAdresse(tx, foyer, d.Adresse)
	record(tx, agent, ids(partants, true))
	return nil
}

// ailleurs gives those who move an address of their own, protected if the one they leave is.
func (d Demenagement) ailleurs(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, foyer uuid.UUID, partants []Concerne) error {
	nouvelle := copier(tx, agent, foyer)
	if err := move(ctx, tx, foyer, nouvelle, partants); err != nil {
		return err
	}
	eleve.EcrireAdresse(tx, nouvelle, d.Adresse)
	record(tx, agent, ids(partants, true))
	return nil
}

func lockAdresse(ctx context.Context, tx territoire.Tx, adresse uuid.UUID, expected int) error {
	err := version.Lock(ctx, tx, "adresse", adresse, expected)
	if r, refused := refusal.As(err); refused && r.Kind == refusal.Unknown {
		return errProtegee
	}
	return err
}

const (
	moveElevesSQL = `
	update eleve set adresse_id = case when adresse_id = $1 then $2 else adresse_id end,
		adresse2_id = case when adresse2_id = $1 then $2 else adresse2_id end, version = version + 1
	where id = any ($3)`
	moveResponsablesSQL = `update responsable set adresse_id = $1, version = version + 1 where id = any ($2)`
)

// move makes people live at another address. One who could not be moved, whom somebody else holds since, stops the act.
func move(ctx context.Context, tx territoire.Tx, from, to uuid.UUID, people []Concerne) error {
	eleves, responsables := ids(people, true), ids(people, false)
	one, err := tx.Exec(ctx, moveElevesSQL, from, to, eleves)
	if err != nil {
		return fmt.Errorf("famille: move the pupils: %w", err)
	}
	two, err := tx.Exec(ctx, moveResponsablesSQL, to, responsables)
	if err != nil {
		return fmt.Errorf("famille: move the responsables: %w", err)
	}
	if int(one.RowsAffected()) != len(eleves) || int(two.RowsAffected()) != len(responsables) {
		return refusal.Outdated()
	}
	return nil
}

// record leaves a line in the journal of each pupil concerned.
func record(tx territoire.Tx, agent habilitation.Agent, eleves []uuid.UUID) {
	for _, id := range eleves {
		journal.Record(tx, agent, journal.Ligne{Acte: journal.Modifier, Objet: "adresse", ID: id, Ecole: agent.Ecole})
	}
}
