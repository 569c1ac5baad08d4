package scenario

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Nature is what a rule asks of its pupils.
type Nature string

// The rules.
const (
	Ensemble Nature = "ensemble"
	Separes  Nature = "separes"
)

// Label is the rule as its users name it.
func (n Nature) Label() string {
	return map[Nature]string{Ensemble: "Ensemble", Separes: "Séparés"}[n]
}

// Regle keeps pupils together or apart, in every scenario of a year.
type Regle struct {
	ID      uuid.UUID
	Version int
	Nature  Nature
	Eleves  []uuid.UUID
}

const reglesSQL = `
	select id, version, nature, array(select eleve_id from regle_eleve where regle_id = r.id order by eleve_id) as eleves
	from regle r where annee = $1 and levee_le is null order by faite_le, id`

// PoserRegle adds a rule about pupils of the board.
func PoserRegle(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c Cible, vus []Vu, n Nature) (uuid.UUID, error) {
	if n.Label() == "" || len(vus) < 2 {
		return uuid.Nil, refusal.Of("id", "Cochez au moins deux élèves.")
	}
	t, err := ouvrir(ctx, tx, agent, c)
	if err != nil {
		return uuid.Nil, err
	}
	chosen, err := t.choisir(ctx, tx, vus, func(Eleve) bool { return true })
	if err != nil {
		return uuid.Nil, err
	}
	ids := make([]uuid.UUID, len(chosen))
	for i, e := range chosen {
		ids[i] = e.ID
	}
	if err := inedite(ctx, tx, t.Cible, n, ids); err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	tx.Queue(`insert into regle (id, ecole_uai, annee, nature, faite_le) values ($1, $2, $3, $4, $5)`,
		id, agent.Ecole, int(t.Cible.Annee), n, agent.Maintenant)
	tx.Queue(`insert into regle_eleve (regle_id, eleve_id, ecole_uai) select $1, x.id, $2 from unnest($3::uuid[]) as x (id)`, id, agent.Ecole, ids)
	recordRegle(tx, agent, journal.Creer, id)
	return id, nil
}

// inedite refuses the rule that is there already.
func inedite(ctx context.Context, tx territoire.Tx, c Cible, n Nature, ids []uuid.UUID) error {
	list, err := territoire.Lignes[Regle](ctx, tx, reglesSQL, int(c.Annee))
	if err != nil {
		return fmt.Errorf("scenario: read the rules: %w", err)
	}
	for _, r := range list {
		same := len(r.Eleves) == len(ids) && !slices.ContainsFunc(ids, func(id uuid.UUID) bool { return !slices.Contains(r.Eleves, id) })
		if same && r.Nature == n {
			return refusal.InConflict("Cette règle existe déjà.")
		}
	}
	return nil
}

// Lever lifts a rule.
func Lever(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	if err := version.Lock(ctx, tx, "regle", id, 0); err != nil {
		return err
	}
	tx.Queue(`update regle set levee_le = $2, version = version + 1 where id = $1 and levee_le is null`, id, agent.Maintenant)
	recordRegle(tx, agent, journal.Supprimer, id)
	return nil
}

// Remettre puts back a rule that was lifted.
func Remettre(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	if err := version.Lock(ctx, tx, "regle", id, 0); err != nil {
		return err
	}
	tx.Queue(`update regle set levee_le = null, version = version + 1 where id = $1`, id)
	recordRegle(tx, agent, journal.Creer, id)
	return nil
}

func recordRegle(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "regle", ID: id, Ecole: agent.Ecole})
}

// Membres are the pupils of a rule who are still on the board.
func (t *Tableau) Membres(r Regle) (list []Eleve) {
	for _, e := range t.Eleves {
		if slices.Contains(r.Eleves, e.ID) {
			list = append(list, e)
		}
	}
	return list
}

// Respecte tells that the pupils placed are as the rule asks.
func (t *Tableau) Respecte(r Regle) bool {
	seen := map[uuid.UUID]int{}
	placed := 0
	for _, e := range t.Membres(r) {
		if e.ClasseID != nil {
			seen[*e.ClasseID]++
			placed++
		}
	}
	if r.Nature == Ensemble {
		return len(seen) <= 1
	}
	return len(seen) == placed
}
