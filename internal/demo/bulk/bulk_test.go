package bulk_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo/bulk"
	"base-eleves/internal/postgres/postgrestest"
)

const makeSQL = `create table sac (
	t text not null, tn text, u uuid not null, un uuid, b boolean not null, i integer not null, s smallint not null,
	d date, at timestamptz)`

var columns = []string{"t", "tn", "u", "un", "b", "i", "s", "d", "at"}

// Every kind of value comes back from the base as it was given.
func TestCopyAll(t *testing.T) {
	tx := postgrestest.Tx(t)
	ctx := t.Context()
	if _, err := tx.Exec(ctx, makeSQL); err != nil {
		t.Fatal(err)
	}
	id, day := uuid.New(), time.Date(1987, 2, 28, 0, 0, 0, 0, time.UTC)
	at := time.Date(2026, 11, 21, 8, 30, 15, 123000, time.UTC)
	table := bulk.NewTable("sac", columns...)
	table.Row().Text("Müßig ’").TextOrNull("x").UUID(id).UUIDOrNull(id).Bool(true).Int4(-5).Int2(-3).Date(day).Timestamp(at)
	table.Row().Text("").TextOrNull("").UUID(id).UUIDOrNull(uuid.Nil).Bool(false).Int4(1 << 30).Int2(7).Date(time.Time{}).Timestamp(time.Time{})
	if err := bulk.CopyAll(ctx, tx, []*bulk.Table{table}); err != nil {
		t.Fatal(err)
	}
	rows, _ := tx.Query(ctx, `select concat_ws('|', t, coalesce(tn, '∅'), u, coalesce(un::text, '∅'), b, i, s, coalesce(d::text, '∅'),
		coalesce(to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '∅')) from sac order by b desc`)
	got, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		fmt.Sprintf("Müßig ’|x|%s|%s|t|-5|-3|1987-02-28|2026-11-21 08:30:15.000123", id, id),
		fmt.Sprintf("|∅|%s|∅|f|1073741824|7|∅|∅", id),
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	if table.Rows != 2 {
		t.Errorf("%d rows", table.Rows)
	}
}

// many writes more than one chunk.
const many = 40_000

func fill(t *bulk.Table) {
	for i := range many {
		t.Row().Text(strings.Repeat("é", 20)).Null().UUID(uuid.New()).Null().Bool(true).Int4(i).Int2(1).Null().Null()
	}
}

func base(t *testing.T) (*pgx.Conn, string) {
	t.Helper()
	url := postgrestest.Clone(t)
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	if _, err := conn.Exec(t.Context(), makeSQL+`; insert into sac values ('old', null, gen_random_uuid(), null, true, 0, 0, null, null)`); err != nil {
		t.Fatal(err)
	}
	return conn, url
}

func TestStream(t *testing.T) {
	conn, url := base(t)
	table := bulk.NewTable("sac", columns...)
	err := bulk.Stream(t.Context(), url, []*bulk.Table{table}, func(context.Context) error { fill(table); return nil })
	if err != nil {
		t.Fatal(err)
	}
	var n, sum int
	if err := conn.QueryRow(t.Context(), `select count(*), sum(i) from sac`).Scan(&n, &sum); err != nil {
		t.Fatal(err)
	}
	if n != many || sum != many*(many-1)/2 {
		t.Errorf("%d rows of sum %d", n, sum)
	}
}

// Whoever fails, the other side stops too, and what the table held is still there.
func TestStreamGivesUp(t *testing.T) {
	conn, url := base(t)
	stop := errors.New("stop")
	for name, fail := range map[string]func(*bulk.Table) error{
		"the rows": func(table *bulk.Table) error { fill(table); return stop },
		"the base": func(table *bulk.Table) error {
			table.Row().Null() // t is not null, and the columns are wrong
			fill(table)
			return nil
		},
	} {
		table := bulk.NewTable("sac", columns...)
		if err := bulk.Stream(t.Context(), url, []*bulk.Table{table}, func(context.Context) error { return fail(table) }); err == nil {
			t.Errorf("%s fail without an error", name)
		}
		var n int
		if err := conn.QueryRow(t.Context(), `select count(*) from sac`).Scan(&n); err != nil || n != 1 {
			t.Errorf("%s fail: %d rows, %v", name, n, err)
		}
	}
}

const catalogueSQL = `
	select string_agg(d, E'\n' order by d) from (
		select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
		where connamespace = 'public'::regnamespace
		union all
		select indexdef from pg_indexes where schemaname = 'public'
	) as x(d)`

// What is suspended comes back exactly as it was.
func TestSuspendAndRestore(t *testing.T) {
	conn, url := base(t)
	ctx := t.Context()
	catalogue := func() (all string) {
		if err := conn.QueryRow(ctx, catalogueSQL).Scan(&all); err != nil {
			t.Fatal(err)
		}
		return all
	}
	before := catalogue()
	tables := []*bulk.Table{bulk.NewTable("eleve", "id"), bulk.NewTable("scolarite", "id"), bulk.NewTable("classe", "id")}
	suspended, err := bulk.Suspend(ctx, conn, tables)
	if err != nil {
		t.Fatal(err)
	}
	without := catalogue()
	for _, gone := range []string{"une_seule_admission_definitive_a_la_fois", "scolarite_par_ecole", "document_eleve_id_fkey", "eleve_pkey"} {
		whole := regexp.MustCompile(`\b` + gone + `\b`) // groupe_eleve_pkey is another one
		if !whole.MatchString(before) || whole.MatchString(without) {
			t.Errorf("%s is still there", gone)
		}
	}
	if !strings.Contains(without, "sexe_connu") || !strings.Contains(without, "affectation_pkey") {
		t.Error("a check, or the key of another table, is gone")
	}
	last := 0
	if err := suspended.Restore(ctx, url, func(done, total int) { last = total - done }); err != nil {
		t.Fatal(err)
	}
	if after := catalogue(); after != before || last != 0 {
		t.Errorf("%d left; before:\n%s\nafter:\n%s", last, before, after)
	}
}
