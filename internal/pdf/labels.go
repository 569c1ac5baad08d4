package pdf

// LabelSheet is a sheet of self-adhesive labels, symmetrical on its A4 page. Lengths are in millimetres.
type LabelSheet struct {
	Code          string // how a form names it: columns, rows
	Columns, Rows int
	Width, Height float64
	Gap           float64 // between two columns; rows touch
}

// LabelSheets are the sheets that stationers sell most, from the largest label to the smallest.
var LabelSheets = []LabelSheet{
	{"2x7", 2, 7, 99.1, 38.1, 2.5},
	{"2x8", 2, 8, 105, 37, 0},
	{"3x7", 3, 7, 63.5, 38.1, 2.5},
	{"3x8", 3, 8, 70, 37, 0},
	{"3x8m", 3, 8, 63.5, 33.9, 2.5},
	{"5x13", 5, 13, 38.1, 21.2, 2.5},
}

// Count is how many labels a sheet holds.
func (s LabelSheet) Count() int { return s.Columns * s.Rows }

// Label is what is written on one label, line by line; the first line is in bold.
type Label []string

const mm = 72 / 25.4 // points

// Labels fills sheets with labels, row by row. The first sheet begins at place first, counted from 0, where others have
// been peeled off.
func (d *Document) Labels(s LabelSheet, first int, labels []Label) {
	width, height := d.out.GetPageSize()
	w, h, gap := s.Width*mm, s.Height*mm, s.Gap*mm
	left := (width - float64(s.Columns)*w - float64(s.Columns-1)*gap) / 2
	top := (height - float64(s.Rows)*h) / 2
	for i, label := range labels {
		place := (first + i) % s.Count()
		if i == 0 || place == 0 {
			d.open(sheet{})
		}
		d.label(label, left+float64(place%s.Columns)*(w+gap), top+float64(place/s.Columns)*h, w, h)
	}
	d.start()
}

// label writes one label as large as it fits, in the middle of its height. Printers leave 4 mm of a sheet blank.
func (d *Document) label(l Label, x, y, width, height float64) {
	const margin = 4.5 * mm
	boxes, tall := l.set(11, width-2*margin)
	for size := 10.5; tall > height-2*margin/1.5 && size >= 4; size -= 0.5 {
		boxes, tall = l.set(size, width-2*margin)
	}
	y += (height - tall) / 2
	for _, b := range boxes {
		d.draw(b, x+margin, y)
		y += b.height()
	}
}

// set lays the lines of a label out in a size.
func (l Label) set(size, width float64) (boxes []box, tall float64) {
	for i, line := range l {
		b := fit(set(size, size*1.2, ink), width, Span{Text: line, Bold: i == 0})
		boxes, tall = append(boxes, b), tall+b.height()
	}
	return boxes, tall
}
