package tableau

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strings"
)

// byteOrderMark tells a French Excel that the file is in UTF-8.
const byteOrderMark = "\ufeff"

// CSV makes the file that a French spreadsheet opens by a double click: UTF-8 with its mark, semicolons, CRLF.
func (t Table) CSV() ([]byte, error) {
	t = t.flat()
	var b bytes.Buffer
	b.WriteString(byteOrderMark)
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	_ = w.Write(t.inertTitles()) // w.Error tells
	for _, row := range t.Rows {
		_ = w.Write(inert(row))
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, fmt.Errorf("tableau: write csv: %w", err)
	}
	return b.Bytes(), nil
}

// inertTitles are the titles with formulas made inert: that of a blank column is typed by whoever shares the list.
func (t Table) inertTitles() []string {
	titles := make([]any, len(t.Columns))
	for i, c := range t.Columns {
		titles[i] = c.Title
	}
	return inert(titles)
}

// inert keeps a text that begins like a formula from becoming one when the file is opened (CWE-1236).
func inert(row []any) []string {
	cells := texts(row)
	for i, c := range cells {
		if _, typed := row[i].(string); typed && c != "" && strings.ContainsRune("=+-@\t\r", rune(c[0])) {
			cells[i] = "'" + c
		}
	}
	return cells
}
