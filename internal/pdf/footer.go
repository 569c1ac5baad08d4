package pdf

import "fmt"

// Footer is what the foot of each page of a piece says, always at the same place.
type Footer struct {
	Number       string // the number of the piece
	Date         string // when it was printed, « 12 avril 2026 »
	Note         string // a line in the middle
	Confidential bool   // « Document confidentiel »
}

// sheet is a page as its foot knows it: whose it is and its rank in that piece.
type sheet struct {
	foot   *Footer
	number int
}

// Begin starts a piece on a new page: its pages are numbered from one and bear its footer.
// A file may hold hundreds of them.
func (d *Document) Begin(f Footer) { d.open(sheet{foot: &f, number: 1}) }

// feet writes the foot of every page, once the number of pages of each piece is known.
func (d *Document) feet() {
	total := 0
	for i := len(d.pages) - 1; i >= 0; i-- {
		if i == len(d.pages)-1 || d.pages[i+1].number == 1 {
			total = d.pages[i].number
		}
		d.out.SetPage(i + 1)
		d.foot(d.pages[i], total)
	}
	// gofpdf counts its pages by the one it stands on.
	d.out.SetPage(len(d.pages))
}

func (d *Document) foot(s sheet, total int) {
	f := Footer{}
	if s.foot != nil {
		f = *s.foot
	}
	x, y, third := d.theme.side, d.floor()+22, d.width()/3
	small := style{size: 8, leading: 10, colour: muted}
	d.rule(x, y-5, d.width(), 0.4, hairline)
	d.draw(fit(small, third, f.left()...), x, y)
	d.draw(fit(small.aligned(Centre), third, f.middle()...), x+third, y)
	page := T(fmt.Sprintf("Page %d/%d", s.number, total))
	d.draw(fit(small.aligned(Right), third, page), x+2*third, y)
}

func (f Footer) left() []Span {
	var spans []Span
	if f.Number != "" {
		spans = append(spans, B("N° "+f.Number+"\n"))
	}
	if f.Date != "" {
		spans = append(spans, T("Édité le "+f.Date))
	}
	return spans
}

func (f Footer) middle() []Span {
	var spans []Span
	if f.Confidential {
		spans = append(spans, B("Document confidentiel\n"))
	}
	return append(spans, T(f.Note))
}
