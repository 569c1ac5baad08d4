package tableau

import (
	"bytes"
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// sheet is the name of the only sheet.
const sheet = "Liste"

// XLSX makes a workbook: dates are dates and counts are numbers, so that the reader sorts and adds them.
func (t Table) XLSX() ([]byte, error) {
	t = t.flat()
	f := excelize.NewFile()
	defer func() { _ = f.Close() }() // in memory
	content, err := t.workbook(f)
	if err != nil {
		return nil, fmt.Errorf("tableau: write xlsx: %w", err)
	}
	return content, nil
}

func (t Table) workbook(f *excelize.File) ([]byte, error) {
	if err := t.properties(f); err != nil {
		return nil, err
	}
	w, err := f.NewStreamWriter(sheet)
	if err != nil {
		return nil, err
	}
	for i, width := range t.widths() {
		if err := w.SetColWidth(i+1, i+1, width); err != nil {
			return nil, err
		}
	}
	if err := t.rows(f, w); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = f.Write(&b)
	return b.Bytes(), err
}

// properties names the sheet and dates the file by the caller's clock.
func (t Table) properties(f *excelize.File) error {
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		return err
	}
	made := t.Made.UTC().Format(time.RFC3339)
	return f.SetDocProps(&excelize.DocProperties{
		Title: t.Title, Creator: t.Issuer, Created: made, Modified: made, Language: "fr-FR",
	})
}

// begin writes the titles, which stay in sight, and makes the style of dates.
func (t Table) begin(f *excelize.File, w *excelize.StreamWriter) (day int, err error) {
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return 0, err
	}
	format := "dd/mm/yyyy"
	if day, err = f.NewStyle(&excelize.Style{CustomNumFmt: &format}); err != nil {
		return 0, err
	}
	if err := w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return 0, err
	}
	return day, w.SetRow("A1", head(t.titles(), bold))
}

func (t Table) rows(f *excelize.File, w *excelize.StreamWriter) error {
	day, err := t.begin(f, w)
	if err != nil {
		return err
	}
	for i, row := range t.Rows {
		if err := w.SetRow(fmt.Sprintf("A%d", i+2), line(row, day)); err != nil {
			return err
		}
	}
	return w.Flush()
}

func head(titles []string, style int) []any {
	cells := make([]any, len(titles))
	for i, t := range titles {
		cells[i] = excelize.Cell{StyleID: style, Value: t}
	}
	return cells
}

func line(row []any, day int) []any {
	cells := make([]any, len(row))
	for i, c := range row {
		cells[i] = c
		if date, ok := c.(time.Time); ok {
			cells[i] = excelize.Cell{StyleID: day, Value: date}
			if date.IsZero() {
				cells[i] = nil
			}
		}
	}
	return cells
}

// widths gives each column the room of its longest text, within reason.
func (t Table) widths() []float64 {
	widths := make([]float64, len(t.Columns))
	for i, c := range t.Columns {
		longest := utf8.RuneCountInString(c.Title)
		for _, row := range t.Rows {
			if i < len(row) {
				longest = max(longest, utf8.RuneCountInString(text(row[i])))
			}
		}
		widths[i] = float64(min(longest, 50) + 2)
	}
	return widths
}
