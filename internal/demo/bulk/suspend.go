package bulk

import (
	"context"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// Suspended is what tables had beside their rows: indexes, keys, exclusions, foreign keys. They are made again once
// all rows are there, which takes a fraction of the time.
type Suspended struct {
	own     []string // what belongs to one table, in the order in which it is best begun
	foreign []string // then what binds two

	mu   sync.Mutex
	done int
}

// suspendedSQL reads from the catalogue what there is and how it was made. Exclusions come first: they are the slowest
// by far, and while one is built nothing else can be on its table, which therefore comes last.
const suspendedSQL = `
	with parts as (
		select c.contype::text as kind, c.conrelid as tab,
			format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as drop,
			format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as make
		from pg_constraint c
		where c.contype in ('f', 'x', 'p', 'u')
			and (c.conrelid = any ($1::text[]::regclass[]) or c.confrelid = any ($1::text[]::regclass[]))
		union all
		select 'i', i.indrelid, format('drop index %s', i.indexrelid::regclass), pg_get_indexdef(i.indexrelid)
		from pg_index i
		where i.indrelid = any ($1::text[]::regclass[])
			and not exists (select from pg_constraint where conindid = i.indexrelid and contype in ('x', 'p', 'u'))
	)
	select kind, drop, make from parts
	order by kind <> 'f', kind <> 'x', exists (select from parts x where x.kind = 'x' and x.tab = parts.tab),
		array_position(array['p', 'u', 'i'], kind), make`

type part struct{ Kind, Drop, Make string }

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
	s := &Suspended{}
	return s, pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		for _, p := range parts { // foreign keys go first, and come back last
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
	} else {
		s.own = append(s.own, p.Make)
	}
}

// workers is how many statements run at the same time; each keeps a core busy.
const workers = 2

// makeSettings lets a big sort stay in memory, and does not wait for the disk at each statement: who loses the machine
// now starts over.
const makeSettings = `set maintenance_work_mem = '1GB'; set synchronous_commit = off`

// Restore makes everything again, and tells progress after each statement. Two foreign keys would wait for each other's
// tables: they are made one by one.
func (s *Suspended) Restore(ctx context.Context, url string, progress func(done, total int)) error {
	if err := s.run(ctx, url, workers, s.own, progress); err != nil {
		return err
	}
	return s.run(ctx, url, 1, s.foreign, progress)
}

func (s *Suspended) run(ctx context.Context, url string, workers int, statements []string, progress func(done, total int)) error {
	queue := make(chan string, len(statements))
	for _, sql := range statements {
		queue <- sql
	}
	close(queue)
	g, ctx := errgroup.WithContext(ctx)
	for range workers {
		g.Go(func() error { return s.work(ctx, url, queue, progress) })
	}
	return g.Wait()
}

func (s *Suspended) work(ctx context.Context, url string, queue <-chan string, progress func(done, total int)) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, makeSettings); err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	for sql := range queue {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("restore: %s: %w", sql, err)
		}
		s.tell(progress)
	}
	return nil
}

func (s *Suspended) tell(progress func(done, total int)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.done++
	progress(s.done, len(s.own)+len(s.foreign))
}
