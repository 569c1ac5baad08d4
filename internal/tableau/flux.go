package tableau

import (
	"encoding/csv"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"
)

// Flux is a table written row by row, for one that is too long to be held: the columns of a Table, its rows as they come.
type Flux interface {
	Ecrire(row []any) error
	Fermer() error
}

// Flux opens a spreadsheet file, "csv" or "xlsx", of the table's columns on w. A workbook holds in memory no more than
// some thousands of rows: the rest waits in a temporary file until Fermer.
func (t Table) Flux(format string, w io.Writer) (Flux, error) {
	switch format {
	case "csv":
		return t.fluxCSV(w)
	case "xlsx":
		return t.fluxXLSX(w)
	}
	return nil, fmt.Errorf("tableau: no format %q is written row by row", format)
}

// ContentType is that of a Format.
func ContentType(format string) string { return contentTypes[format] }

var contentTypes = map[string]string{
	"csv":  "text/csv; charset=utf-8",
	"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	"pdf":  "application/pdf",
}

type fluxCSV struct{ w *csv.Writer }

func (t Table) fluxCSV(out io.Writer) (Flux, error) {
	if _, err := io.WriteString(out, byteOrderMark); err != nil {
		return nil, fmt.Errorf("tableau: write csv: %w", err)
	}
	w := csv.NewWriter(out)
	w.Comma, w.UseCRLF = ';', true
	return fluxCSV{w}, w.Write(t.inertTitles())
}

// Ecrire writes a row, formulas made inert.
func (f fluxCSV) Ecrire(row []any) error { return f.w.Write(inert(row)) }

// Fermer ends the file.
func (f fluxCSV) Fermer() error {
	f.w.Flush()
	return f.w.Error()
}

type fluxXLSX struct {
	f   *excelize.File
	w   *excelize.StreamWriter
	out io.Writer
	day int
	row int
}

func (t Table) fluxXLSX(out io.Writer) (Flux, error) {
	f := excelize.NewFile()
	x, err := t.openXLSX(f, out)
	if err != nil {
		_ = f.Close() // removes its temporary files
		return nil, fmt.Errorf("tableau: write xlsx: %w", err)
	}
	return x, nil
}

func (t Table) openXLSX(f *excelize.File, out io.Writer) (*fluxXLSX, error) {
	if err := t.properties(f); err != nil {
		return nil, err
	}
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	for i, width := range t.widths() {
		if err := w.SetColWidth(i+1, i+1, max(width, 14)); err != nil {
			return nil, err
		}
	}
	day, err := t.begin(f, w)
	return &fluxXLSX{f: f, w: w, out: out, day: day, row: 1}, err
}

// Ecrire writes a row; a text that begins like a formula stays a text.
func (x *fluxXLSX) Ecrire(row []any) error {
	x.row++
	return x.w.SetRow(fmt.Sprintf("A%d", x.row), line(row, x.day))
}

// Fermer ends the file, and removes what waited for it.
func (x *fluxXLSX) Fermer() error {
	defer func() { _ = x.f.Close() }()
	if err := x.w.Flush(); err != nil {
		return fmt.Errorf("tableau: write xlsx: %w", err)
	}
	if err := x.f.Write(x.out); err != nil {
		return fmt.Errorf("tableau: write xlsx: %w", err)
	}
	return nil
}
