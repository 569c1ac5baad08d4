package scolarite

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Placement is where a pupil goes: a scolarité, on the version it was seen at or 0, and its class, nil for none.
type Placement struct {
	ID      uuid.UUID
	Version int
	Classe  *uuid.UUID
}

// AffecterTous places many pupils as Affecter places one (T09), in as many statements as one: all of them, or none with
// the lot.Refuses of each. Who is in his class already stays as he is.
func AffecterTous(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, list []Placement) error {
	present, err := lockTous(ctx, tx, list)
	if err != nil {
		return err
	}
	classes, err := findClasses(ctx, tx, list)
	if err != nil {
		return err
	}
	var moved []Scolarite
	var refuses lot.Refuses
	for _, p := range list {
		s := present[p.ID]
		if p.Version != 0 && p.Version != s.Version {
			return refusal.Outdated()
		}
		if egal(s.ClasseID, p.Classe) {
			continue
		}
		var c *Classe
		if p.Classe != nil {
			if c = classes[*p.Classe]; c == nil {
				return refusal.Of("classe_id", classeAbsente)
			}
		}
		for _, r := range refusal.All(s.Affecter(c)) {
			refuses = append(refuses, lot.Refus{ID: p.ID, Field: r.Field, Motif: r.Motif})
		}
		moved = append(moved, s)
	}
	if len(refuses) > 0 {
		return refuses
	}
	return saveClasses(ctx, tx, agent, moved)
}

func egal(a, b *uuid.UUID) bool { return a == b || a != nil && b != nil && *a == *b }

// lockTous locks the scolarités in one order, so that two acts on the same pupils wait for each other.
func lockTous(ctx context.Context, tx territoire.Tx, list []Placement) (map[uuid.UUID]Scolarite, error) {
	ids := make([]uuid.UUID, len(list))
	for i, p := range list {
		ids[i] = p.ID
	}
	rows, err := territoire.Lignes[Scolarite](ctx, tx, readSQL+`id = any ($1) order by id for update`, ids)
	if err != nil {
		return nil, fmt.Errorf("scolarite: lock: %w", err)
	}
	present := make(map[uuid.UUID]Scolarite, len(rows))
	for _, s := range rows {
		present[s.ID] = s
	}
	for _, id := range ids {
		if _, ok := present[id]; !ok {
			return nil, refusal.NotFound()
		}
	}
	return present, nil
}

const classesSQL = `
	select id, ecole_uai as ecole, annee, libelle_court as libelle,
		array(select niveau from classe_niveau where classe_id = classe.id) as niveaux
	from classe where id = any ($1)`

func findClasses(ctx context.Context, tx territoire.Tx, list []Placement) (map[uuid.UUID]*Classe, error) {
	var ids []uuid.UUID
	for _, p := range list {
		if p.Classe != nil {
			ids = append(ids, *p.Classe)
		}
	}
	rows, err := territoire.Lignes[Classe](ctx, tx, classesSQL, ids)
	if err != nil {
		return nil, fmt.Errorf("scolarite: read the classes: %w", err)
	}
	classes := make(map[uuid.UUID]*Classe, len(rows))
	for i := range rows {
		classes[rows[i].ID] = &rows[i]
	}
	return classes, nil
}

// The same as updateSQL, fermerSQL and ouvrirSQL, for the class alone of many.
const (
	updateClassesSQL = `
	update scolarite s set classe_id = x.classe_id, version = s.version + 1
	from unnest($1::uuid[], $2::uuid[]) as x (id, classe_id) where s.id = x.id`
	fermerTousSQL = `
	update affectation a set fin = greatest(a.debut, $2::date)
	from scolarite s where s.id = any ($1) and a.scolarite_id = s.id and a.fin is null and a.classe_id is distinct from s.classe_id`
	ouvrirTousSQL = `
	insert into affectation (scolarite_id, ecole_uai, classe_id, debut)
	select s.id, s.ecole_uai, s.classe_id, greatest($2::date, s.date_effet) from scolarite s
	where s.id = any ($1) and s.classe_id is not null
		and not exists (select from affectation a where a.scolarite_id = s.id and a.fin is null)`
)

func saveClasses(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, moved []Scolarite) error {
	if len(moved) == 0 {
		return nil
	}
	ids, classes := make([]uuid.UUID, len(moved)), make([]*uuid.UUID, len(moved))
	eleves, ecoles := make([]uuid.UUID, len(moved)), make([]string, len(moved))
	for i, s := range moved {
		ids[i], classes[i], eleves[i], ecoles[i] = s.ID, s.ClasseID, s.EleveID, s.Ecole
	}
	if _, err := tx.Exec(ctx, updateClassesSQL, ids, classes); err != nil {
		return explain(err)
	}
	tx.Queue(fermerTousSQL, ids, agent.Aujourdhui())
	tx.Queue(ouvrirTousSQL, ids, agent.Aujourdhui())
	journal.RecordAll(tx, agent, journal.Affecter, "eleve", eleves, ecoles)
	return nil
}
