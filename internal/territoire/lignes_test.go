package territoire

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"base-eleves/internal/postgres/postgrestest"
)

type enTete struct{ Numero int }

type rangee struct {
	enTete
	NomFamille string
	Classe     *string
	Niveaux    []string
}

func TestRowsAreReadByColumnName(t *testing.T) {
	tx := postgrestest.Tx(t)
	rows, err := tx.Query(t.Context(), `values ('{CP,CE1}'::text[], 'A', 1, 'CP'::text), (null, 'B', 2, null)`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lignes[rangee](rows); err == nil || !strings.Contains(err.Error(), "no column for the field") {
		t.Errorf("columns without a name: %v", err)
	}
	const sql = `select * from (values ('{CP,CE1}'::text[], 'A', 1, 'CP'::text), (null, 'B', 2, null)) v (niveaux, nom_famille, numero, classe)`
	if rows, err = tx.Query(t.Context(), sql); err != nil {
		t.Fatal(err)
	}
	list, err := lignes[rangee](rows)
	if err != nil || len(list) != 2 {
		t.Fatalf("%v, %v", list, err)
	}
	if a := list[0]; a.Numero != 1 || a.NomFamille != "A" || a.Classe == nil || *a.Classe != "CP" || len(a.Niveaux) != 2 {
		t.Errorf("%+v", a)
	}
	if b := list[1]; b.Numero != 2 || b.Classe != nil || b.Niveaux != nil {
		t.Errorf("something of the row before is left: %+v", b)
	}
}

func TestOneRowIsOneRow(t *testing.T) {
	tx := postgrestest.Tx(t)
	for sql, want := range map[string]error{
		`select 1 as numero where false`:                  pgx.ErrNoRows,
		`select n as numero from generate_series(1, 2) n`: pgx.ErrTooManyRows,
		`select 1 as numero`:                              nil,
	} {
		rows, err := tx.Query(t.Context(), sql)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ligne[struct{ Numero int }](rows); !errors.Is(err, want) {
			t.Errorf("%s: %v", sql, err)
		}
	}
	rows, err := tx.Query(t.Context(), `select 1 as numero, 2 as autre`)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ligne[struct{ Numero int }](rows); err == nil || !strings.Contains(err.Error(), "no field for the column autre") {
		t.Errorf("a column without a field: %v", err)
	}
	rows, _ = tx.Query(t.Context(), `select 1 / 0 as numero`)
	if _, err := ligne[struct{ Numero int }](rows); err == nil || !strings.Contains(err.Error(), "division by zero") {
		t.Errorf("the error of the base is hidden: %v", err)
	}
}
