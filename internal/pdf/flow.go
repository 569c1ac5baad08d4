package pdf

import "strings"

// smallest is how far a text shrinks before its longest word is broken instead.
const smallest = 0.75

// Page starts a new page of the same piece.
func (d *Document) Page() {
	piece := sheet{}
	if n := len(d.pages); n > 0 {
		piece = sheet{foot: d.pages[n-1].foot, number: d.pages[n-1].number + 1}
	} else {
		piece.number = 1
	}
	d.open(piece)
}

// Space leaves n empty lines, or fewer at the bottom of a page.
func (d *Document) Space(n float64) { d.gap(n) }

func (d *Document) open(s sheet) {
	d.pages = append(d.pages, s)
	d.out.AddPage()
	d.y = d.theme.top
}

// start opens the first page of a document whose caller did not.
func (d *Document) start() {
	if len(d.pages) == 0 {
		d.Page()
	}
}

// room turns the page unless a height still fits on it.
func (d *Document) room(height float64) {
	d.start()
	if d.y+height > d.floor() && d.y > d.theme.top {
		d.Page()
	}
}

// gap leaves n lines before a block, and none at the top of a page.
func (d *Document) gap(n float64) {
	d.start()
	if d.y > d.theme.top {
		d.y += n * d.theme.leading
	}
}

func (d *Document) floor() float64 {
	_, height := d.out.GetPageSize()
	return height - d.theme.bottom
}

// width is what the margins leave.
func (d *Document) width() float64 {
	width, _ := d.out.GetPageSize()
	return width - 2*d.theme.side
}

// box is a text laid out in a column, ready to be drawn line by line.
type box struct {
	lines [][]glyph
	style style
	width float64
}

// fit lays a text out in a column, shrinking it when its longest word is too wide.
func fit(s style, width float64, spans ...Span) box { return fitGlyphs(s, width, glyphs(spans...)) }

func fitGlyphs(s style, width float64, gs []glyph) box {
	if needed := s.points(longest(gs)); needed > width {
		s = s.shrunk(max(smallest, width/needed))
	}
	return box{lines: wrap(gs, int(width*1000/s.size)), style: s, width: width}
}

func (s style) points(thousandths int) float64 { return float64(thousandths) * s.size / 1000 }

func (b box) height() float64 { return float64(len(b.lines)) * b.style.leading }

// draw writes the whole box with its top left corner at x, y.
func (d *Document) draw(b box, x, y float64) {
	for i, line := range b.lines {
		d.line(b, line, x, y+float64(i)*b.style.leading)
	}
}

// flow writes a box at the cursor, line by line over as many pages as it takes.
func (d *Document) flow(b box, x float64) {
	for _, line := range b.lines {
		d.room(b.style.leading)
		d.line(b, line, x, d.y)
		d.y += b.style.leading
	}
}

func (d *Document) line(b box, line []glyph, x, y float64) {
	switch slack := b.width - b.style.points(widthOf(line)); b.style.align {
	case Right:
		x += slack
	case Centre:
		x += slack / 2
	}
	// Capitals of Liberation Sans are 0.7 of the size high: this centres them in the leading.
	baseline := y + b.style.leading/2 + 0.35*b.style.size
	d.out.SetTextColor(b.style.colour.r, b.style.colour.g, b.style.colour.b)
	for len(line) > 0 {
		n, f := run(line)
		d.use(f, b.style.size)
		d.out.Text(x, baseline, stringOf(line[:n]))
		x += b.style.points(widthOf(line[:n]))
		line = line[n:]
	}
}

// run is the length and the face of the letters that one face can write.
func run(line []glyph) (int, face) {
	f := face{bold: line[0].bold, full: !isShort(line[0].r)}
	for i, g := range line {
		if g.bold != f.bold || f.full == isShort(g.r) {
			return i, f
		}
	}
	return len(line), f
}

func stringOf(gs []glyph) string {
	var b strings.Builder
	for _, g := range gs {
		b.WriteRune(g.r)
	}
	return b.String()
}

// rule draws a horizontal line.
func (d *Document) rule(x, y, width, thickness float64, c colour) {
	d.out.SetDrawColor(c.r, c.g, c.b)
	d.out.SetLineWidth(thickness)
	d.out.Line(x, y, x+width, y)
}

func (d *Document) fill(x, y, width, height float64, c colour) {
	d.out.SetFillColor(c.r, c.g, c.b)
	d.out.Rect(x, y, width, height, "F")
}
