package pdf

import "fmt"

// Column is one column of a table.
type Column struct {
	Title string
	Align Align
	Width float64 // in points; 0 lets the content decide
	Bold  bool
	Blank bool // to write in: its cells are boxes, and the rows of its table are as high as a hand needs
}

// Group is a stretch of rows under a heading; without title it has none.
type Group struct {
	Title string
	Rows  [][]string
}

// Table is a list; its head is repeated on every page.
type Table struct {
	Columns []Column
	Groups  []Group
	Zebra   bool    // tint every other row
	Empty   string  // said in place of the rows when there are none
	Ruled   bool    // draw the cells, to be filled in by hand
	Least   float64 // the least height of a row, in points
	Tight   bool    // rows close together, for what must stand on one page
}

// grid is a table whose columns have their width.
type grid struct {
	columns []Column
	widths  []float64
	style   style
	zebra   bool
	ruled   bool
	least   float64
	tight   bool
	group   string  // the heading in force
	rank    int     // of the next row in its group
	tall    bool    // somebody will write in it
	after   float64 // what stays with the row
}

// Table writes a list over as many pages as it takes.
func (d *Document) Table(t Table) {
	d.gap(0.5)
	g := d.layOut(t)
	d.room(g.headHeight() + 3*g.style.leading)
	d.tableHead(g)
	empty := true
	for i, group := range t.Groups {
		d.groupHead(g, group.Title)
		for j, row := range group.Rows {
			if i == len(t.Groups)-1 && j == len(group.Rows)-1 {
				g.after = d.after
			}
			d.tableRow(g, row)
			empty = false
		}
	}
	if empty && t.Empty != "" {
		d.y += g.pad()
		d.flow(fit(g.style, d.width(), T(t.Empty)), d.theme.side)
		d.y += g.pad()
	}
	d.rule(d.theme.side, d.y, d.width(), 0.6, accent)
}

func (g *grid) pad() float64 {
	if g.tight {
		return g.style.leading * 0.08
	}
	return g.style.leading * 0.25
}

// cellPad is the blank above and below the text of a row.
func (g *grid) cellPad() float64 {
	if g.tall {
		return g.style.leading * 0.55
	}
	return g.pad()
}

// height is that of a row of n lines.
func (g *grid) height(n int) float64 { return max(float64(n)*g.style.leading+2*g.cellPad(), g.least) }

// gutter is the blank on either side of a cell.
const gutter = 4

// gutter is less in the narrow cells of a roll-call.
func (g *grid) gutter(i int) float64 {
	if g.widths[i] < 4*gutter {
		return g.widths[i] / 10
	}
	return gutter
}

func (g *grid) cells(row []string) ([]box, int) {
	boxes, tallest := make([]box, len(g.columns)), 0
	for i, c := range g.columns {
		text := ""
		if i < len(row) {
			text = row[i]
		}
		boxes[i] = fit(g.style.aligned(c.Align), g.widths[i]-2*g.gutter(i), Span{Text: text, Bold: c.Bold})
		tallest = max(tallest, len(boxes[i].lines))
	}
	return boxes, tallest
}

func (g *grid) headCells() ([]box, int) {
	bold := grid{widths: g.widths, style: g.style.tinted(accent)}
	titles := make([]string, len(g.columns))
	for i, c := range g.columns {
		titles[i] = c.Title
		bold.columns = append(bold.columns, Column{Align: c.Align, Bold: true})
	}
	return bold.cells(titles)
}

func (g *grid) headHeight() float64 {
	_, n := g.headCells()
	return float64(n)*g.style.leading + 2*g.pad()
}

func (d *Document) tableHead(g *grid) {
	boxes, n := g.headCells()
	d.tableLines(g, boxes, 0, n, g.headHeight())
	d.rule(d.theme.side, d.y, d.width(), 0.8, accent)
}

// groupHead writes the heading of a group, with room for one row at least under it.
func (d *Document) groupHead(g *grid, title string) {
	g.group, g.rank = "", 0
	if title == "" {
		return
	}
	if d.y+3*(g.style.leading+2*g.pad()) > d.floor() {
		d.turn(g)
	}
	g.group = title
	d.bandLine(g, title)
}

func (d *Document) bandLine(g *grid, title string) {
	b := fit(g.style.tinted(accent), d.width()-2*gutter, B(title))
	height := b.height() + 2*g.pad()
	d.fill(d.theme.side, d.y+0.4, d.width(), height-0.4, band) // not over the rule of the head
	d.draw(b, d.theme.side+gutter, d.y+g.pad())
	d.y += height
}

// turn continues the table on a new page, under its head and the heading in force.
func (d *Document) turn(g *grid) {
	d.rule(d.theme.side, d.y, d.width(), 0.4, hairline)
	d.Page()
	d.tableHead(g)
	if g.group != "" {
		d.bandLine(g, g.group+" (suite)")
	}
}

// tableRow writes a row on one page, or in slices when no page could hold it.
func (d *Document) tableRow(g *grid, row []string) {
	if len(row) > len(g.columns) && d.err == nil {
		d.err = fmt.Errorf("pdf: a row has %d cells for %d columns", len(row), len(g.columns))
	}
	boxes, n := g.cells(row)
	page := d.floor() - d.theme.top - g.headHeight() - 2*g.style.leading
	if height := g.height(n) + g.after; d.y+height > d.floor() && height <= page {
		d.turn(g)
	}
	for from := 0; from < n; {
		to := min(n, from+max(1, int((d.floor()-d.y-2*g.cellPad())/g.style.leading)))
		d.tableSlice(g, boxes, from, to)
		if from = to; from < n {
			d.turn(g)
		}
	}
	g.rank++
}

func (d *Document) tableSlice(g *grid, boxes []box, from, to int) {
	height := g.height(to - from)
	switch {
	case g.zebra && g.rank%2 == 1:
		d.fill(d.theme.side, d.y, d.width(), height, stripe)
	case !g.zebra && g.rank > 0:
		d.rule(d.theme.side, d.y, d.width(), 0.4, hairline)
	}
	d.boxes(g, height)
	if g.ruled {
		d.cellSides(g, height)
	}
	d.tableLines(g, boxes, from, to, height)
}

// boxes draws the sides of the cells to write in.
func (d *Document) boxes(g *grid, height float64) {
	x := d.theme.side
	for i, c := range g.columns {
		if c.Blank {
			d.fill(x, d.y, 0.4, height, muted)
			d.fill(x+g.widths[i]-0.4, d.y, 0.4, height, muted)
			d.rule(x, d.y+height, g.widths[i], 0.4, muted)
		}
		x += g.widths[i]
	}
}

// cellSides draws the lines between the columns of a row, and those that close it.
func (d *Document) cellSides(g *grid, height float64) {
	x := d.theme.side
	d.out.SetDrawColor(hairline.r, hairline.g, hairline.b)
	d.out.SetLineWidth(0.4)
	for _, width := range append([]float64{0}, g.widths...) {
		x += width
		d.out.Line(x, d.y, x, d.y+height)
	}
}

// tableLines writes lines from to to of each cell, in the middle of a height.
func (d *Document) tableLines(g *grid, boxes []box, from, to int, height float64) {
	x := d.theme.side
	pad := (height - float64(to-from)*g.style.leading) / 2
	for i, b := range boxes {
		for n := from; n < min(to, len(b.lines)); n++ {
			d.line(b, b.lines[n], x+g.gutter(i), d.y+pad+float64(n-from)*b.style.leading)
		}
		x += g.widths[i]
	}
	d.y += height
}
