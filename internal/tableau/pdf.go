package tableau

import (
	"base-eleves/internal/pdf"
)

// PDF makes the sheets that one prints: the head repeated, the lines numbered by pages, « confidentiel ».
func (t Table) PDF() ([]byte, error) {
	doc := pdf.New(pdf.Options{
		Title: t.Title, Author: t.Issuer, Producer: "Base élèves", Date: t.Made, Compact: true, Landscape: !t.Portrait,
	})
	doc.Begin(pdf.Footer{Date: t.Made.Format("02/01/2006"), Confidential: true})
	doc.Header(pdf.Header{Issuer: []string{t.Issuer}})
	doc.Title(t.Title, t.Details...)
	table := pdf.Table{Columns: t.pdfColumns(), Zebra: true, Empty: t.Empty, Groups: []pdf.Group{{}}}
	for _, row := range t.Rows {
		table.Groups[0].Rows = append(table.Groups[0].Rows, texts(row))
	}
	doc.Table(table)
	return doc.Bytes()
}

func (t Table) pdfColumns() []pdf.Column {
	columns := make([]pdf.Column, len(t.Columns))
	for i, c := range t.Columns {
		columns[i] = pdf.Column{Title: c.Title, Bold: i == 0}
		if c.Number {
			columns[i].Align = pdf.Right
		}
	}
	return columns
}
