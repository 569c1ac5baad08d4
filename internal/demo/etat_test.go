package demo_test

import (
	"context"
	"errors"
	"testing"

	"base-eleves/internal/demo"
	"base-eleves/internal/postgres/postgrestest"
)

func TestEtat(t *testing.T) {
	ctx := t.Context()
	url := postgrestest.Clone(t)
	conn := connect(t, url)
	is := func(want demo.Etat) {
		t.Helper()
		if got, err := demo.Lire(ctx, conn); err != nil || got != want {
			t.Errorf("state %v, %v, want %v", got, err, want)
		}
	}
	is(demo.Vide)
	if _, err := conn.Exec(ctx, `insert into academie values ('16', 'Toulouse'); insert into departement values ('65', 'x', '16');
		insert into commune (insee, nom, departement_code) values ('65440', 'Tarbes', '65');
		insert into ecole (uai, nom, type, secteur, commune_insee, departement_code)
		values ('0650119B', 'x', 'primaire', 'public', '65440', '65')`); err != nil {
		t.Fatal(err)
	}
	is(demo.Reelle)
	if _, err := demo.Remplir(ctx, url, options(t)); !errors.Is(err, demo.ErrPasVide) {
		t.Errorf("a real base is filled: %v", err)
	}
	is(demo.Reelle)
	if _, err := conn.Exec(ctx, `delete from ecole; delete from commune`); err != nil {
		t.Fatal(err)
	}
	if _, err := demo.Remplir(ctx, url, options(t)); err != nil {
		t.Fatal(err)
	}
	is(demo.Demo)
	if _, err := conn.Exec(ctx, `update demo.monde set acheve = false`); err != nil {
		t.Fatal(err)
	}
	is(demo.Inachevee)
	if _, err := demo.Remplir(ctx, url, options(t)); !errors.Is(err, demo.ErrInachevee) {
		t.Errorf("an unfinished base is filled: %v", err)
	}
}

// An interrupted filling leaves nothing, or a base that says so.
func TestInterrupted(t *testing.T) {
	for eleves, want := range map[int]demo.Etat{0: demo.Vide, 6_000: demo.Inachevee} {
		url := postgrestest.Clone(t)
		ctx, cancel := context.WithCancel(t.Context())
		o := options(t)
		o.Eleves = eleves
		o.Progres = func(_ string, done, total int) {
			if 2*done > total {
				cancel()
			}
		}
		if _, err := demo.Remplir(ctx, url, o); err == nil {
			t.Error("no error")
		}
		if got, err := demo.Lire(t.Context(), connect(t, url)); err != nil || got != want {
			t.Errorf("%d pupils: state %v, %v, want %v", eleves, got, err, want)
		}
	}
}
