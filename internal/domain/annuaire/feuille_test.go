package annuaire_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"slices"
	"testing"

	"base-eleves/internal/domain/annuaire"
)

// feuille is testdata/annuaire.csv, an invented directory of seven écoles and two collèges, to be altered by a test.
type feuille struct {
	header []string
	rows   [][]string
}

func lire(t *testing.T) *feuille {
	t.Helper()
	raw, err := os.ReadFile("testdata/annuaire.csv")
	if err != nil {
		t.Fatal(err)
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	r.Comma = ';'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return &feuille{all[0], all[1:]}
}

func (f *feuille) column(name string) int {
	i := slices.Index(f.header, name)
	if i < 0 {
		panic("no column " + name)
	}
	return i
}

// set writes a cell of the line of an établissement.
func (f *feuille) set(uai, column, value string) {
	for _, row := range f.rows {
		if row[0] == uai {
			row[f.column(column)] = value
			return
		}
	}
	panic("no line " + uai)
}

// drop takes a column away.
func (f *feuille) drop(column string) {
	i := f.column(column)
	f.header = slices.Delete(f.header, i, i+1)
	for n, row := range f.rows {
		f.rows[n] = slices.Delete(row, i, i+1)
	}
}

// remove takes a line away.
func (f *feuille) remove(uai string) {
	f.rows = slices.DeleteFunc(f.rows, func(row []string) bool { return row[0] == uai })
}

// reader writes the file with the line ends of Unix and no mark; testdata/annuaire.csv has the directory's own.
func (f *feuille) reader() io.Reader {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	_ = w.WriteAll(append([][]string{f.header}, f.rows...)) // a buffer never fails
	return &b
}

func (f *feuille) read(t *testing.T) annuaire.Annuaire {
	t.Helper()
	a, err := annuaire.Read(f.reader())
	if err != nil {
		t.Fatal(err)
	}
	return a
}
