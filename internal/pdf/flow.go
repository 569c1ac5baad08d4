package pdf

// smallest is how far a text shrinks before its longest word is broken instead.
const smallest = 0.75

// Page starts a new page of the same piece.
func (d *Document) Page() {
	next := sheet{number: 1}
	if n := len(d.pages); n > 0 {
		next = sheet{foot: d.pages[n-1].foot, recall: d.recall, number: d.pages[n-1].number + 1}
	}
	d.open(next)
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

// left is the height that the present page still has.
func (d *Document) left() float64 {
	d.start()
	return d.floor() - d.y
}

// gap leaves n lines before a block, and none at the top of a page.
func (d *Document) gap(n float64) {
	d.start()
	if d.y > d.theme.top {
		d.y += n * d.theme.leading
	}
}

// floor is where the text of the present page ends and its foot begins.
func (d *Document) floor() float64 { return d.floorOf(d.pages[len(d.pages)-1]) }

func (d *Document) floorOf(s sheet) float64 {
	_, height := d.out.GetPageSize()
	return height - max(d.theme.bottom, s.foot.height()+footMargin)
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

// fit lays a text out in a column. Its longest word shrinks to fit, unless it
// is so long that it must be broken anyway.
func fit(s style, width float64, spans ...Span) box {
	gs := glyphs(spans...)
	if needed := s.points(longest(gs)); needed > width && needed*smallest <= width {
		s = s.shrunk(width / needed)
	}
	return box{lines: wrap(gs, int(width*1000/s.size)), style: s, width: width}
}

// widest is how far its longest line goes.
func (b box) widest() float64 {
	w := 0.0
	for _, line := range b.lines {
		w = max(w, b.style.points(widthOf(line)))
	}
	return w
}

func (b box) height() float64 { return float64(len(b.lines)) * b.style.leading }

// draw writes the whole box with its top left corner at x, y.
func (d *Document) draw(b box, x, y float64) {
	for i, line := range b.lines {
		d.line(b, line, x, y+float64(i)*b.style.leading)
	}
}

// flow writes a box at the cursor, line by line over as many pages as it takes.
func (d *Document) flow(b box, x float64) {
	for i, line := range b.lines {
		d.roomFor(len(b.lines)-i, b.style.leading)
		d.line(b, line, x, d.y)
		d.y += b.style.leading
	}
}

// line writes one line of a box.
func (d *Document) line(b box, line []glyph, x, y float64) {
	switch slack := b.width - b.style.points(widthOf(line)); b.style.align {
	case Right:
		x += slack
	case Centre:
		x += slack / 2
	}
	page := &d.pages[d.out.PageNo()-1]
	y += b.style.baseline()
	var under extent
	for len(line) > 0 {
		n := run(line)
		t := text{x: x, y: y, style: b.style, letters: line[:n]}
		if line[0].accent() {
			right, up := under.carry(line[0])
			t.x, t.y = x+b.style.points(right), y-b.style.points(up)
		} else if n < len(line) && line[n].accent() {
			under = line[n-1].bearing()
		}
		page.texts = append(page.texts, t)
		x += b.style.points(widthOf(t.letters))
		line = line[n:]
	}
}

// run is the number of letters that are written in one go: one weight, no accent to carry.
func run(line []glyph) int {
	if line[0].accent() {
		return 1
	}
	for i, g := range line {
		if g.bold != line[0].bold || g.accent() {
			return i
		}
	}
	return len(line)
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
