// Package tableau gives a list that a page shows in the files that its reader takes away: CSV, XLSX and PDF, with the
// same columns, the same rows and the same order. Pages come here with words, dates and counts; which of them may
// leave is theirs to say, and theirs to note in the journal.
package tableau

import (
	"fmt"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Table is a list to take away.
type Table struct {
	Title    string    // « Inscriptions 2026-2027 »
	Details  []string  // the filters that hold, the number of lines: one line each
	Issuer   string    // for whom it is made: « Mairie de Tarbes »
	Made     time.Time // when; the same table made at the same instant has the same bytes
	Columns  []Column
	Rows     [][]any // of string, int or time.Time; the zero time is an empty cell
	Groups   []Group // the rows of a list that has groups, in the place of Rows
	Grouped  string  // what the groups are: the title of the column that names them in a spreadsheet
	Apart    bool    // each group is printed on sheets of its own
	Empty    string  // said on paper when there are no rows
	Portrait bool    // lay a narrow table upright

	Eleves []uuid.UUID // the pupils whom it names: each has his line in the journal before it leaves
}

// Column is one column.
type Column struct {
	Title  string
	Number bool // aligned to the right
	Blank  int  // left to write in, on paper: its width in millimetres
}

// Group is the rows that stand under one heading.
type Group struct {
	Title  string
	Detail string // how many there are, said where the group has its own sheets
	Rows   [][]any
}

// flat is the table as a spreadsheet holds it: the group of a row is its first cell.
func (t Table) flat() Table {
	if t.Groups == nil {
		return t
	}
	t.Columns = append([]Column{{Title: t.Grouped}}, t.Columns...)
	t.Rows = nil
	for _, g := range t.Groups {
		for _, row := range g.Rows {
			t.Rows = append(t.Rows, append([]any{g.Title}, row...))
		}
	}
	t.Groups = nil
	return t
}

// Columns are plain columns of these titles.
func Columns(titles ...string) []Column {
	columns := make([]Column, len(titles))
	for i, t := range titles {
		columns[i].Title = t
	}
	return columns
}

// Formats are the endings of the addresses at which a list is taken away.
var Formats = []string{"csv", "xlsx", "pdf"}

// File makes the table in one of the Formats.
func (t Table) File(format string) (content []byte, contentType string, err error) {
	switch format {
	case "csv":
		content, err = t.CSV()
		return content, ContentType(format), err
	case "xlsx":
		content, err = t.XLSX()
		return content, ContentType(format), err
	case "pdf":
		content, err = t.PDF()
		return content, ContentType(format), err
	}
	return nil, "", fmt.Errorf("tableau: no format %q", format)
}

// text is a cell as it is read.
func text(cell any) string {
	switch v := cell.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	case time.Time:
		if v.IsZero() {
			return ""
		}
		return v.Format("02/01/2006")
	}
	return fmt.Sprint(cell)
}

func texts(row []any) []string {
	cells := make([]string, len(row))
	for i, c := range row {
		cells[i] = text(c)
	}
	return cells
}

func (t Table) titles() []string {
	titles := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	return titles
}
