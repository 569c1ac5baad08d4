package bulk

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// Suspended is what tables had beside their rows: indexes, keys, exclusions, foreign keys. To make them once all rows
// are there takes a fifth of the time.
type Suspended struct {
	onTable map[string][]string // statements that make again what belongs to one table
	foreign []string            // then what binds two
}

// suspendedSQL reads from the catalogue what there is and how it was made. Foreign keys go first and come last; the
// slowest of a table, its exclusions, come first of its own.
const suspendedSQL = `
	select c.contype::text as kind, c.conrelid::regclass::text as tab,
		format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
		format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as make
	from pg_constraint c
	where c.contype in ('f', 'x', 'p', 'u')
		and (c.conrelid = any ($1::text[]::regclass[]) or c.confrelid = any ($1::text[]::regclass[]))
	union all
	select 'i', i.indrelid::regclass::text, format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
	from pg_index i
	where i.indrelid = any ($1::text[]::regclass[])
		and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('x', 'p', 'u'))
	order by array_position(array['f', 'x', 'p', 'u', 'i'], kind), make`

type part struct{ Kind, Tab, Drop, Make string }

// Suspend takes away the indexes and the constraints of tables that are about to receive many rows; check constraints
// stay.
func Suspend(ctx context.Context, conn *pgx.Conn, tables []*Table) (*Suspended, error) {
	names := make([]string, len(tables))
	for i, t := range tables {
		names[i] = t.Name
	}
	rows, err := conn.Query(ctx, suspendedSQL, names)
	if err != nil {
		return nil, fmt.Errorf("suspend: %w", err)
	}
	parts, err := pgx.CollectRows(rows, pgx.RowToStructByName[part])
	if err != nil {
		return nil, fmt.Errorf("suspend: %w", err)
	}
	s := &Suspended{onTable: map[string][]string{}}
	return s, pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for _, p := range parts {
			if _, err := tx.Exec(ctx, p.Drop); err != nil {
				return fmt.Errorf("suspend: %s: %w", p.Drop, err)
			}
			s.keep(p)
		}
		return nil
	})
}

func (s *Suspended) keep(p part) {
	if p.Kind == "f" {
		s.foreign = append(s.foreign, p.Make)
		return
	}
	s.onTable[p.Tab] = append(s.onTable[p.Tab], p.Make)
}

// workers is how many tables are worked on at the same time; PostgreSQL adds its own parallel workers.
const workers = 2

// makeSettings lets a big sort stay in memory, and does not wait for the disk at each statement: who loses the machine
// now starts over.
const makeSettings = `set maintenance_work_mem = '1GB'; set synchronous_commit = off`

// Restore makes everything again, and tells each statement done to progress.
func (s *Suspended) Restore(ctx context.Context, url string, progress func(statement string)) error {
	g, gctx := errgroup.WithContext(ctx)
	g.SetLimit(workers)
	for _, name := range s.tables() {
		g.Go(func() error { return execAll(gctx, url, s.onTable[name], progress) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	return execAll(ctx, url, s.foreign, progress)
}

// tables gives the one with most to do first.
func (s *Suspended) tables() []string {
	var names []string
	for name := range s.onTable {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return len(s.onTable[b]) - len(s.onTable[a]) })
	return names
}

// Len is the number of statements that Restore runs.
func (s *Suspended) Len() int {
	n := len(s.foreign)
	for _, list := range s.onTable {
		n += len(list)
	}
	return n
}

func execAll(ctx context.Context, url string, statements []string, progress func(string)) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, makeSettings); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	for _, sql := range statements {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("restore: %s: %w", sql, err)
		}
		progress(sql)
	}
	return nil
}
