package demo_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/demo"
	"base-eleves/internal/domain/coffre"
	"base-eleves/internal/postgres/postgrestest"
)

func options(t *testing.T) demo.Options {
	t.Helper()
	box, err := coffre.New(make([]byte, coffre.Taille))
	if err != nil {
		t.Fatal(err)
	}
	return demo.Options{
		Graine: demo.Graine, AnneePrecedente: true, Coffre: box,
		Maintenant: time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC),
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}

// fill fills a base of the test's own.
func fill(t *testing.T, o demo.Options) (*pgx.Conn, string, demo.Bilan) {
	t.Helper()
	url := postgrestest.Clone(t)
	bilan, err := demo.Remplir(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	return connect(t, url), url, bilan
}

// contentSQL sums up all that is invented, whatever the order of the rows; accounts have a salt, numbers an order.
const contentSQL = `
	select md5(string_agg(md5(x.r), '' order by x.r)) from (
		select e::text as r from eleve e union all select s::text from scolarite s union all select i::text from inscription i
		union all select r::text from responsable r union all select l::text from lien_responsable l
		union all select a::text from adresse a union all select c::text from classe c union all select e::text from ecole e
		union all select m::text from immatriculation m union all select f::text from affectation f
	) x`

func content(t *testing.T, conn *pgx.Conn) (hash string) {
	t.Helper()
	if err := conn.QueryRow(t.Context(), contentSQL).Scan(&hash); err != nil {
		t.Fatal(err)
	}
	return hash
}

func TestSameSeedSameBase(t *testing.T) {
	o := options(t)
	first, url, _ := fill(t, o)
	want := content(t, first)
	if _, err := first.Exec(t.Context(), `delete from immatriculation; insert into annee_scolaire values (2040, '2040-09-01', '2041-08-31')`); err != nil {
		t.Fatal(err)
	}
	if content(t, first) == want { // control
		t.Error("the sum does not see a change")
	}
	if _, err := demo.Remplir(t.Context(), url, o); err != nil {
		t.Fatal(err)
	}
	if content(t, first) != want {
		t.Error("filled again, the base is another")
	}
	o.Graine++
	other, _, _ := fill(t, o)
	if content(t, other) == want {
		t.Error("another seed gives the same base")
	}
}
