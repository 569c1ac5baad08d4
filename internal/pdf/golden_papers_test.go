package pdf_test

import (
	"strings"

	"base-eleves/internal/pdf"
)

// The papers of a class and of a family, each with the names that hold least well.
var (
	shortLabel = pdf.Label{"Mme Anne Abadie", "5 rue des Pyrénées", "65000 Tarbes"}
	longLabel  = pdf.Label{
		"M. et Mme " + longName, "Conseil départemental, service de l’aide sociale à l’enfance et à la famille",
		"Résidence du Général-de-Lattre-de-Tassigny, bâtiment B, escalier 12", "117 bis avenue du Maréchal-de-Saint-Exupéry",
		"97133 Saint-Barthélemy-de-la-Montagne", "Saint-Vincent-et-les-Grenadines",
	}
)

// labels begins in the middle of a sheet and goes on to the next.
func labels() *pdf.Document {
	doc := pdf.New(printed)
	list := []pdf.Label{longLabel, {longName}, {"Nguyễn Thị Hồng Ngọc", "CE1 A"}}
	for range 10 {
		list = append(list, shortLabel)
	}
	doc.Labels(pdf.LabelSheets[4], 15, list)
	return doc
}

func envelope() *pdf.Document {
	o := printed
	o.Paper, o.Landscape = pdf.DL, true
	doc := pdf.New(o)
	doc.Envelope([]string{"École élémentaire publique Jean-Jaurès, Tarbes", "12 rue des Écoles", "65000 Tarbes"}, longLabel)
	return doc
}

// form is what a family fills in: a table to write in, lines to write on, frames to fill.
func form() *pdf.Document {
	o := printed
	o.Compact = true
	doc := pdf.New(o)
	doc.Begin(pdf.Footer{Date: "12 avril 2026", Confidential: true})
	doc.Recipient(longLabel)
	doc.Title("Fiche de renseignements", longName)
	doc.Table(pdf.Table{Ruled: true, Least: 19, Columns: []pdf.Column{
		{Title: "Rubrique", Width: 128}, {Title: "Ce que l’école sait", Bold: true}, {Title: "Vos corrections", Width: 190},
	}, Groups: []pdf.Group{{Title: "Élève", Rows: [][]string{
		{"Nom de famille", longName}, {"Nom d’usage"}, {"Adresse", strings.Join(longLabel[2:], "\n")}, {"Courriel", strings.Repeat("marie-antoinette.", 6) + "@exemple.fr"},
	}}}})
	doc.Table(pdf.Table{Ruled: true, Tight: true, Columns: []pdf.Column{
		{Title: "Élève", Bold: true}, {Title: "L\n12\nm", Width: 12.5, Align: pdf.Centre}, {Title: "\n\na", Width: 12.5, Align: pdf.Centre},
	}, Groups: []pdf.Group{{Rows: [][]string{{longName}, {"Łódź Yıldız"}}}}})
	doc.Blank("Observations que vous jugez utiles", 2)
	doc.Portraits(6, []pdf.Portrait{{Name: longName, Detail: "sans photographie"}, {Name: "Zoé O’Sullivan"}, {Name: "Mila Œuvrard"}})
	return doc
}
