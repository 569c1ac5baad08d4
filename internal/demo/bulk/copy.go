package bulk

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"
)

// CopyAll takes to the base the rows that tables have kept, one table after the other.
func CopyAll(ctx context.Context, tx pgx.Tx, tables []*Table) error {
	for _, t := range tables {
		t.end()
		rows := net.Buffers(t.chunks) // reads them one after the other
		if _, err := tx.Conn().PgConn().CopyFrom(ctx, &rows, t.copySQL("")); err != nil {
			return fmt.Errorf("copy into %s: %w", t.Name, err)
		}
	}
	return nil
}

// Content reads the rows that a table has kept, and closes it.
func (t *Table) Content() io.Reader {
	t.end()
	rows := net.Buffers(t.chunks)
	return &rows
}

// depth is how many chunks a table may be ahead of the base.
const depth = 8

// Stream takes rows to the base while fill writes them, each table by its own connection: memory stays small however
// many rows there are. Each table is emptied first and its rows are born frozen, so that nobody has to vacuum them;
// it must bear no foreign key (Suspend).
func Stream(ctx context.Context, url string, tables []*Table, fill func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	for _, t := range tables {
		out := make(chan []byte, depth)
		t.emit = func(b []byte) {
			select {
			case out <- b:
			case <-ctx.Done(): // somebody has failed; nobody reads any more
			}
		}
		g.Go(func() error { return t.receive(ctx, url, &reader{ctx: ctx, in: out}) })
	}
	g.Go(func() error {
		if err := fill(ctx); err != nil {
			return err
		}
		for _, t := range tables {
			t.end()
			t.emit(nil)
		}
		return nil
	})
	return g.Wait()
}

// receive is the side of the base.
func (t *Table) receive(ctx context.Context, url string, rows io.Reader) error {
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	err = pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		name := pgx.Identifier{t.Name}.Sanitize()
		if _, err := tx.Exec(ctx, `truncate `+name+`; alter table `+name+` disable trigger user`); err != nil {
			return err
		}
		if _, err := conn.PgConn().CopyFrom(ctx, rows, t.copySQL(", freeze")); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `alter table `+name+` enable trigger user`)
		return err
	})
	if err != nil {
		return fmt.Errorf("copy into %s: %w", t.Name, err)
	}
	return nil
}

// reader reads chunks until an empty one.
type reader struct {
	ctx     context.Context
	in      <-chan []byte
	current []byte
}

var errAbandoned = errors.New("bulk: the rows stop")

func (r *reader) Read(p []byte) (int, error) {
	if len(r.current) == 0 {
		select {
		case r.current = <-r.in:
		case <-r.ctx.Done():
			return 0, errors.Join(errAbandoned, r.ctx.Err())
		}
		if len(r.current) == 0 {
			return 0, io.EOF
		}
	}
	n := copy(p, r.current)
	r.current = r.current[n:]
	return n, nil
}
