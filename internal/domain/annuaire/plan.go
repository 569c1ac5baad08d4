package annuaire

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
)

// Tx is what the import needs of a transaction of the base's owner: every step is one round trip.
type Tx interface {
	SendBatch(ctx context.Context, b *pgx.Batch) pgx.BatchResults
}

// Plan is what differs between a directory and the base, table by table, in the order in which to write.
type Plan []table

// table is the part of a plan that concerns one table, whatever its rows.
type table interface {
	queueRead(*pgx.Batch)
	queueWrite(*pgx.Batch) error
	bilan() Bilan
}

// Compare reads the tables and works out what writing the directory would do. It writes nothing.
func Compare(ctx context.Context, tx Tx, a Annuaire) (Plan, error) {
	plan := Plan{
		&suite[Academie]{nom: "académies", read: readAcademies, write: writeAcademies, rows: a.Academies},
		&suite[Departement]{nom: "départements", read: readDepartements, write: writeDepartements, rows: a.Departements},
		&suite[Circonscription]{
			nom: "circonscriptions", read: readCirconscriptions, write: writeCirconscriptions, rows: a.Circonscriptions,
		},
		&suite[Commune]{nom: "communes", read: readCommunes, write: writeCommunes, rows: a.Communes},
		&suite[RPI]{nom: "RPI dispersés", read: readRPI, write: writeRPI, rows: a.RPI},
		&suite[College]{
			nom: "collèges", read: readColleges, write: writeColleges, rows: a.Colleges, attendu: a.attendCollege,
		},
		&suite[Ecole]{
			nom: "écoles", read: readEcoles, write: writeEcoles, rows: a.Ecoles,
			complete: a.completeEcole, attendu: a.attendEcole, ecarts: ecartsEcole,
		},
	}
	var batch pgx.Batch
	for _, t := range plan {
		t.queueRead(&batch)
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return nil, fmt.Errorf("annuaire: read the base: %w", err)
	}
	return plan, nil
}

// Apply writes what is new and what has changed, and removes nothing.
func (p Plan) Apply(ctx context.Context, tx Tx) error {
	var batch pgx.Batch
	for _, t := range p {
		if err := t.queueWrite(&batch); err != nil {
			return err
		}
	}
	if err := tx.SendBatch(ctx, &batch).Close(); err != nil {
		return fmt.Errorf("annuaire: write the base: %w", err)
	}
	return nil
}

// suite is the rows of one table.
type suite[R row] struct {
	nom         string
	read, write string
	rows        []R
	complete    func(row, known R) R // keeps what an old file does not say
	// attendu tells whether the file should have had a row of the base, and the name of what is missed
	attendu func(known R) (nom string, ok bool)
	// ecarts are what the file says otherwise than a decision, which stands
	ecarts func(row, known R) []Changement

	created, changed []R
	unchanged        int
	changements      []Changement
	absents          []Absent
	laisses          []Changement
}

func (s *suite[R]) queueRead(b *pgx.Batch) {
	b.Queue(s.read).Query(func(rows pgx.Rows) error {
		known, err := pgx.CollectRows(rows, pgx.RowToStructByName[R])
		if err == nil {
			s.compare(known)
		}
		return err
	})
}

func (s *suite[R]) compare(base []R) {
	known := make(map[string]R, len(base))
	for _, r := range base {
		known[r.cle()] = r
		if s.attendu == nil {
			continue
		}
		if nom, ok := s.attendu(r); ok {
			s.absents = append(s.absents, Absent{Cle: r.cle(), Nom: nom})
		}
	}
	for _, r := range s.rows {
		before, ok := known[r.cle()]
		if ok && s.ecarts != nil {
			s.laisses = append(s.laisses, s.ecarts(r, before)...)
		}
		if ok && s.complete != nil {
			r = s.complete(r, before)
		}
		s.class(r, before, ok)
	}
}

func (s *suite[R]) class(r, before R, known bool) {
	switch {
	case !known:
		s.created = append(s.created, r)
	case r == before:
		s.unchanged++
	default:
		s.changed = append(s.changed, r)
		s.changements = append(s.changements, changements(before, r)...)
	}
}

func (s *suite[R]) queueWrite(b *pgx.Batch) error {
	rows := append(s.created[:len(s.created):len(s.created)], s.changed...)
	if len(rows) == 0 {
		return nil
	}
	raw, err := json.Marshal(rows)
	if err != nil {
		return fmt.Errorf("annuaire: %s: %w", s.nom, err)
	}
	b.Queue(s.write, string(raw))
	return nil
}

func (s *suite[R]) bilan() Bilan {
	return Bilan{
		Table: s.nom, Crees: len(s.created), Modifies: len(s.changed), Inchanges: s.unchanged,
		Changements: s.changements, Absents: s.absents, Laisses: s.laisses,
	}
}

// changements lists the columns in which two rows of one key differ.
func changements[R row](before, after R) []Changement {
	var list []Changement
	b, a := reflect.ValueOf(before), reflect.ValueOf(after)
	for i := range b.NumField() {
		if was, is := b.Field(i).Interface(), a.Field(i).Interface(); was != is {
			list = append(list, Changement{
				Cle: after.cle(), Colonne: b.Type().Field(i).Tag.Get("db"), Avant: valeur(was), Apres: valeur(is),
			})
		}
	}
	return list
}

// completeEcole keeps the circonscription and the RPI of a school when the file does not say them.
func (a Annuaire) completeEcole(e, known Ecole) Ecole {
	if !a.sait.circonscription && e.Circonscription == "" {
		e.Circonscription = known.Circonscription
	}
	if !a.sait.rpi {
		e.RPI = known.RPI
	}
	if e.Decidee = known.Decidee; e.Decidee {
		e.Ouverte, e.Type = known.Ouverte, known.Type
	}
	return e
}

// ecartsEcole lists what the file would have undone of the IA's decisions on a school.
func ecartsEcole(e, known Ecole) []Changement {
	if !known.Decidee {
		return nil
	}
	said := known
	said.Ouverte, said.Type = e.Ouverte, e.Type
	return changements(known, said)
}

// attendEcole tells whether an open school of the base belongs to a département of the file, which does not name it.
func (a Annuaire) attendEcole(e Ecole) (string, bool) {
	where, _ := commune.Find(e.Commune)
	return ecole.NomComplet(e.Nom, where.Nom), e.Ouverte && a.couverts[e.Departement] && !a.nommees[e.UAI]
}

// attendCollege does the same for a collège.
func (a Annuaire) attendCollege(c College) (string, bool) {
	where, _ := commune.Find(c.Commune)
	return ecole.NomComplet(c.Nom, where.Nom), c.Ouvert && a.couverts[where.Departement] && !a.nommees[c.UAI]
}
