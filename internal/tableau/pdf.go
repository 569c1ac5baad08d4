package tableau

import (
	"regexp"
	"slices"
	"strings"

	"base-eleves/internal/pdf"
)

// PDF makes the sheets that one prints: the head repeated, the lines numbered by pages, « confidentiel ».
func (t Table) PDF() ([]byte, error) {
	doc := pdf.New(pdf.Options{
		Title: t.Title, Author: t.Issuer, Producer: "Base élèves", Date: t.Made, Compact: true, Landscape: !t.Portrait,
	})
	if !t.Apart || len(t.Groups) == 0 {
		t.piece(doc, t.Title, t.Details, t.groups())
		return doc.Bytes()
	}
	for _, g := range t.Groups {
		details := slices.Concat([]string{g.Detail}, t.Details)
		t.piece(doc, t.Title+" – "+g.Title, details, []pdf.Group{{Rows: rowsOf(g.Rows)}})
	}
	return doc.Bytes()
}

// piece writes sheets that can be handed out by themselves: their own title, their pages numbered from one.
func (t Table) piece(doc *pdf.Document, title string, details []string, groups []pdf.Group) {
	doc.Begin(pdf.Footer{Date: t.Made.Format("02/01/2006"), Confidential: true})
	doc.Header(pdf.Header{Issuer: []string{t.Issuer}})
	doc.Title(title, details...)
	columns := t.pdfColumns()
	written := slices.ContainsFunc(columns, func(c pdf.Column) bool { return c.Blank })
	doc.Table(pdf.Table{Columns: columns, Zebra: !written, Empty: t.Empty, Groups: groups})
}

// groups are those of the table; a table without groups is one, without a heading.
func (t Table) groups() []pdf.Group {
	if len(t.Groups) == 0 {
		return []pdf.Group{{Rows: rowsOf(t.Rows)}}
	}
	groups := make([]pdf.Group, len(t.Groups))
	for i, g := range t.Groups {
		groups[i] = pdf.Group{Title: g.Title, Rows: rowsOf(g.Rows)}
	}
	return groups
}

func rowsOf(rows [][]any) [][]string {
	all := make([][]string, len(rows))
	for i, row := range rows {
		all[i] = texts(row)
		for j, cell := range all[i] {
			all[i][j] = ensemble(cell)
		}
	}
	return all
}

// telephone is a number whose figures are read together: 05 62 12 34 56, +34 612 345 678.
var telephone = regexp.MustCompile(`\+?\d{1,3}(?: \d{2,3}){3,4}\b`)

// ensemble has no telephone cut by the end of a line.
func ensemble(cell string) string {
	return telephone.ReplaceAllStringFunc(cell, func(number string) string { return strings.ReplaceAll(number, " ", "\u00a0") })
}

// points are in a millimetre.
const points = 72 / 25.4

func (t Table) pdfColumns() []pdf.Column {
	columns := make([]pdf.Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = pdf.Column{Title: c.Title, Bold: i == 0, Blank: c.Blank > 0, Width: float64(c.Blank) * points}
		if c.Number {
			columns[i].Align = pdf.Right
		}
	}
	return columns
}
