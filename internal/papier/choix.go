package papier

import (
	"strconv"
	"strings"

	"base-eleves/internal/pdf"
	"base-eleves/web/ui"
)

// Formats are the envelopes of an office, as one chooses them.
var Formats = []ui.Option{{Value: string(pdf.DL), Label: "DL (110 × 220\u00a0mm)"}, {Value: string(pdf.C5), Label: "C5 (162 × 229\u00a0mm)"}}

// Format is the envelope chosen, DL when it is none of those there are.
func Format(code string) pdf.Paper {
	if code == string(pdf.C5) {
		return pdf.C5
	}
	return pdf.DL
}

// Planches offers the sheets of labels.
func Planches() []ui.Option {
	var list []ui.Option
	for _, s := range pdf.LabelSheets {
		size := millimetres(s.Width) + " × " + millimetres(s.Height) + "\u00a0mm"
		list = append(list, ui.Option{Value: s.Code, Label: strconv.Itoa(s.Count()) + " étiquettes de " + size})
	}
	return list
}

// Planche is the sheet of that code, the first one when there is none.
func Planche(code string) pdf.LabelSheet {
	for _, s := range pdf.LabelSheets {
		if s.Code == code {
			return s
		}
	}
	return pdf.LabelSheets[0]
}

// millimetres writes a length with the comma of French.
func millimetres(x float64) string {
	return strings.Replace(strconv.FormatFloat(x, 'f', -1, 64), ".", ",", 1)
}
