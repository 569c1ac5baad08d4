package scenario

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Fratrie is what is wished for brothers and sisters of whom no rule says anything.
type Fratrie string

// The wishes.
const (
	Indifferent Fratrie = "indifferent"
	Reunir      Fratrie = "ensemble"
	Separer     Fratrie = "separes"
)

// Fratries lists them.
var Fratries = []Fratrie{Indifferent, Reunir, Separer}

// Label is the wish as its users name it.
func (f Fratrie) Label() string {
	return map[Fratrie]string{Indifferent: "Indifférent", Reunir: "Plutôt ensemble", Separer: "Plutôt séparés"}[f]
}

// Scenario is a répartition that is being thought of.
type Scenario struct {
	ID         uuid.UUID
	Version    int
	Annee      ecole.Annee
	Nom        string
	Fratrie    Fratrie
	CreeLe     time.Time
	ModifieLe  time.Time
	PublieLe   *time.Time
	SupprimeLe *time.Time
	Places     int
}

// scenariosSQL reads those of the year $1, what can still be brought back among them.
const scenariosSQL = `
	select id, version, annee, nom, fratrie, cree_le, modifie_le, publie_le, supprime_le,
		(select count(*) from scenario_place p where p.scenario_id = s.id and p.classe_id is not null) as places
	from scenario s where annee = $1 order by cree_le, id`

// Presents are the scenarios that are not deleted.
func (t *Tableau) Presents() (list []Scenario) {
	for _, s := range t.Scenarios {
		if s.SupprimeLe == nil {
			list = append(list, s)
		}
	}
	return list
}

const (
	nomMax = 40 // what a tab holds
	nombre = 12 // scenarios of a year
)

// Valider says what is wrong with a name and a wish.
func Valider(nom string, f Fratrie) error {
	var l refusal.List
	switch {
	case nom == "":
		l.Add("nom", "Donnez un nom au scénario, par exemple «\u00a0Deux CP\u00a0».")
	case len([]rune(nom)) > nomMax:
		l.Add("nom", "Au plus 40 caractères.")
	}
	if f.Label() == "" {
		l.Add("fratrie", "Choisissez ce qui est souhaité pour les frères et sœurs.")
	}
	return l.Err()
}

// copierSQL: from the register, pupils are where somebody put them; from a scenario, as they are in it.
const (
	copierVigueurSQL = `
	insert into scenario_place (scenario_id, eleve_id, ecole_uai, classe_id, a_la_main)
	select $1, eleve_id, ecole_uai, classe_id, true from scolarite
	where ecole_uai = $2 and annee = $3 and etat in ('admis_accepte', 'admis_definitif') and classe_id is not null`
	copierScenarioSQL = `
	insert into scenario_place (scenario_id, eleve_id, ecole_uai, classe_id, a_la_main)
	select $1, eleve_id, ecole_uai, classe_id, a_la_main from scenario_place where scenario_id = $2`
)

// Modele is what a new scenario begins as: nothing, the répartition in force, or another scenario.
type Modele struct {
	EnVigueur bool
	Scenario  uuid.UUID
}

// Creer opens a scenario of a year.
func Creer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, nom string, m Modele) (uuid.UUID, error) {
	if err := Valider(nom, Indifferent); err != nil {
		return uuid.Nil, err
	}
	if err := verrouiller(ctx, tx, agent, annee); err != nil {
		return uuid.Nil, err
	}
	if err := place(ctx, tx, annee); err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	fratrie, err := m.fratrie(ctx, tx, annee)
	if err != nil {
		return uuid.Nil, err
	}
	_, err = tx.Exec(ctx, `insert into scenario (id, ecole_uai, annee, nom, fratrie, cree_le, modifie_le) values ($1, $2, $3, $4, $5, $6, $6)`,
		id, agent.Ecole, int(annee), nom, fratrie, agent.Maintenant)
	if err != nil {
		return uuid.Nil, explain(err)
	}
	switch {
	case m.EnVigueur:
		tx.Queue(copierVigueurSQL, id, agent.Ecole, int(annee))
	case m.Scenario != uuid.Nil:
		tx.Queue(copierScenarioSQL, id, m.Scenario)
	}
	record(tx, agent, journal.Creer, id)
	return id, nil
}

// fratrie is the wish that goes with a model; a model of another year is none.
func (m Modele) fratrie(ctx context.Context, tx territoire.Tx, annee ecole.Annee) (Fratrie, error) {
	if m.Scenario == uuid.Nil {
		return Indifferent, nil
	}
	s, err := find(ctx, tx, m.Scenario)
	if err == nil && s.Annee != annee {
		err = refusal.NotFound()
	}
	return s.Fratrie, err
}

// place refuses one scenario too many, and forgets for good those deleted long ago.
func place(ctx context.Context, tx territoire.Tx, annee ecole.Annee) error {
	var n int
	if err := tx.QueryRow(ctx, `select count(*) from scenario where annee = $1 and supprime_le is null`, int(annee)).Scan(&n); err != nil {
		return fmt.Errorf("scenario: count: %w", err)
	}
	if n >= nombre {
		return refusal.InConflict("Une année garde douze scénarios au plus\u00a0: supprimez-en un.")
	}
	return nil
}

// Modifier changes the name and the wish.
func Modifier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, nom string, f Fratrie) (Scenario, error) {
	s, err := lock(ctx, tx, id, v)
	if err != nil {
		return s, err
	}
	if err := Valider(nom, f); err != nil {
		return s, err
	}
	if _, err := tx.Exec(ctx, `update scenario set nom = $2, fratrie = $3, modifie_le = $4, version = version + 1 where id = $1`,
		id, nom, f, agent.Maintenant); err != nil {
		return s, explain(err)
	}
	record(tx, agent, journal.Modifier, id)
	return s, nil
}

// Supprimer puts a scenario away; it can be brought back as long as an act can be undone.
func Supprimer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) (Scenario, error) {
	s, err := lock(ctx, tx, id, v)
	if err != nil {
		return s, err
	}
	tx.Queue(`update scenario set supprime_le = $2, version = version + 1 where id = $1`, id, agent.Maintenant)
	tx.Queue(`delete from scenario where supprime_le < $1`, agent.Maintenant.Add(-delai))
	record(tx, agent, journal.Supprimer, id)
	return s, nil
}

// Retablir brings a scenario back.
func Retablir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) (Scenario, error) {
	if err := version.Lock(ctx, tx, "scenario", id, 0); err != nil {
		return Scenario{}, err
	}
	tag, err := tx.Exec(ctx, `update scenario set supprime_le = null, version = version + 1 where id = $1 and supprime_le is not null`, id)
	if err != nil {
		return Scenario{}, explain(err)
	}
	if tag.RowsAffected() == 0 {
		return Scenario{}, refusal.InConflict("Ce scénario n’est pas supprimé.")
	}
	record(tx, agent, journal.Creer, id)
	return find(ctx, tx, id)
}

const findSQL = `
	select id, version, annee, nom, fratrie, cree_le, modifie_le, publie_le, supprime_le, 0 as places
	from scenario where id = $1 and supprime_le is null`

// find reads a scenario that is not deleted.
func find(ctx context.Context, tx territoire.Tx, id uuid.UUID) (Scenario, error) {
	s, err := territoire.Ligne[Scenario](ctx, tx, findSQL, id)
	return s, version.Check(err, "scenario", 0, s.Version)
}

func lock(ctx context.Context, tx territoire.Tx, id uuid.UUID, v int) (Scenario, error) {
	s, err := territoire.Ligne[Scenario](ctx, tx, findSQL+` for update`, id)
	return s, version.Check(err, "scenario", v, s.Version)
}

// verrouiller lets one movement at a time happen in a school's year: each is judged on what the others left.
func verrouiller(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee) error {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended('repartition ' || $1, $2))`, agent.Ecole, int64(annee)); err != nil {
		return fmt.Errorf("scenario: lock the year: %w", err)
	}
	return nil
}

func record(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "scenario", ID: id, Ecole: agent.Ecole})
}

// explain gives the constraints of the tables their sentence.
func explain(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.ConstraintName {
		case "un_nom_par_scenario":
			return refusal.Of("nom", "Un autre scénario de l’année porte déjà ce nom.")
		case "scenario_annee_fkey":
			return refusal.Of("annee", "Cette année scolaire n’est pas encore ouverte.")
		}
	}
	return fmt.Errorf("scenario: save: %w", err)
}
