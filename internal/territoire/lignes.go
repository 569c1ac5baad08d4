package territoire

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// lignes reads all rows, column by column name, as pgx.RowToStructByName does; but that looks for the fields again for
// each row, at a third of the price of reading it.
func lignes[T any](rows pgx.Rows) ([]T, error) {
	defer rows.Close()
	var list []T
	var row T
	var targets []any
	for rows.Next() {
		if targets == nil {
			var err error
			if targets, err = cibles(reflect.ValueOf(&row).Elem(), rows.FieldDescriptions()); err != nil {
				return nil, err
			}
		}
		row = *new(T) // a column may leave something of the row before
		if err := rows.Scan(targets...); err != nil {
			return nil, err
		}
		list = append(list, row)
	}
	return list, rows.Err()
}

// ligne reads exactly one row.
func ligne[T any](rows pgx.Rows) (row T, err error) {
	list, err := lignes[T](rows)
	switch {
	case err != nil:
		return row, err
	case len(list) == 0:
		return row, pgx.ErrNoRows
	case len(list) > 1:
		return row, pgx.ErrTooManyRows
	}
	return list[0], nil
}

// champs remembers the fields of each type of row.
var champs sync.Map

func champsDe(t reflect.Type) []reflect.StructField {
	if known, ok := champs.Load(t); ok {
		return known.([]reflect.StructField)
	}
	var fields []reflect.StructField
	for _, f := range reflect.VisibleFields(t) {
		if f.IsExported() && !f.Anonymous {
			fields = append(fields, f)
		}
	}
	champs.Store(t, fields)
	return fields
}

// cibles are the addresses of the fields of row, in the order of the columns. Each has its field, each field its column.
func cibles(row reflect.Value, columns []pgconn.FieldDescription) ([]any, error) {
	targets := make([]any, len(columns))
	for _, f := range champsDe(row.Type()) {
		i := place(columns, f.Name)
		if i < 0 {
			return nil, fmt.Errorf("territoire: no column for the field %s of %s", f.Name, row.Type())
		}
		targets[i] = row.FieldByIndex(f.Index).Addr().Interface()
	}
	for i, target := range targets {
		if target == nil {
			return nil, fmt.Errorf("territoire: no field for the column %s in %s", columns[i].Name, row.Type())
		}
	}
	return targets, nil
}

// place is the column that bears the name of a field: date_naissance for DateNaissance.
func place(columns []pgconn.FieldDescription, field string) int {
	for i, c := range columns {
		if strings.EqualFold(c.Name, field) || strings.EqualFold(strings.ReplaceAll(c.Name, "_", ""), field) {
			return i
		}
	}
	return -1
}
