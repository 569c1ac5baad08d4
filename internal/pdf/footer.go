package pdf

import (
	"fmt"

	"rsc.io/qr"
)

// Footer is what the foot of each page of a piece says, always at the same place.
type Footer struct {
	Number       string // the number of the piece
	Date         string // when it was printed, « 12 avril 2026 »
	Note         string // a remark in the middle
	Confidential bool   // « Document confidentiel »
	Quiet        bool   // of a letter: one page alone bears no number
	Code         Code   // a square that machines read, at the left of the rest; none if it has no content
}

// sheet is a page: the foot of its piece, its rank in that piece, its texts. Labels and envelopes have neither rank nor foot.
type sheet struct {
	foot   foot
	recall recall
	number int
	texts  []text
}

// foot is a Footer laid out: it is the same on every page of the piece.
type foot struct {
	left, middle box
	code         *qr.Code
	quiet        bool
}

// footMargin is the blank above and below the text of a foot.
const footMargin = 44

// Begin starts a piece on a new page: its pages are numbered from one and bear
// its footer. A file may hold hundreds of them.
func (d *Document) Begin(f Footer) {
	d.recall = recall{}
	d.open(sheet{number: 1, foot: d.footOf(f)})
}

func (d *Document) footOf(f Footer) foot {
	if f.Code.Content == "" {
		return foot{
			left:   fit(footStyle, d.width()/3, f.left()...),
			middle: fit(footStyle.aligned(Centre), d.width()/3, f.middle()...),
			quiet:  f.Quiet,
		}
	}
	said := append(f.left(), T("\n"))
	return foot{
		left: fit(footStyle, d.width()-codeSide-2*d.theme.leading-codePage, append(said, f.Code.Caption...)...),
		code: d.encode(f.Code.Content),
	}
}

var footStyle = set(8, 10, muted)

func (f foot) height() float64 {
	if f.code != nil {
		return max(f.left.height(), codeSide)
	}
	return max(f.left.height(), f.middle.height())
}

// feet writes the foot of every page, once the number of pages of each piece is known.
func (d *Document) feet() {
	total := 0
	for i := len(d.pages) - 1; i >= 0; i-- {
		if i == len(d.pages)-1 || d.pages[i+1].number <= 1 {
			total = d.pages[i].number
		}
		if d.pages[i].number == 0 || total == 1 && d.pages[i].foot.quiet {
			continue
		}
		d.out.SetPage(i + 1)
		if d.pages[i].number > 1 {
			d.writeRecall(d.pages[i].recall)
		}
		d.writeFoot(d.pages[i], total)
	}
}

func (d *Document) writeFoot(s sheet, total int) {
	x, y, third := d.theme.side, d.floorOf(s)+footMargin/2, d.width()/3
	d.rule(x, y-5, d.width(), 0.4, hairline)
	if s.foot.code != nil {
		d.modules(s.foot.code, x, y)
		d.draw(s.foot.left, x+codeSide+d.theme.leading, y)
	} else {
		d.draw(s.foot.left, x, y)
		d.draw(s.foot.middle, x+third, y)
	}
	page := T(fmt.Sprintf("Page %d/%d", s.number, total))
	d.draw(fit(footStyle.aligned(Right), third, page), x+2*third, y)
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
