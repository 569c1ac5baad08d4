package pdf

// want is what a column asks for: enough for its longest word, or for its longest line.
type want struct {
	least, full float64
	fixed       bool
}

// layOut shares the width of the page among the columns of a table; when even
// the longest words do not fit, the type shrinks before a word is broken.
func (d *Document) layOut(t Table) *grid {
	g := &grid{columns: t.Columns, style: d.theme.body(), zebra: t.Zebra}
	wants := t.wants(g.style)
	if needed := sum(wants, leastOf); needed > d.width() {
		g.style = g.style.shrunk(max(smallest, d.width()/needed))
		wants = t.wants(g.style)
	}
	g.widths = share(wants, d.width())
	return g
}

func (t Table) wants(s style) []want {
	wants := make([]want, len(t.Columns))
	for i, c := range t.Columns {
		wants[i] = want{least: c.Width, full: c.Width, fixed: c.Width > 0}
		if !wants[i].fixed {
			wants[i].widen(s, Span{Text: c.Title, Bold: true})
		}
	}
	for _, group := range t.Groups {
		for _, row := range group.Rows {
			for i := range min(len(row), len(wants)) {
				if !wants[i].fixed {
					wants[i].widen(s, Span{Text: row[i], Bold: t.Columns[i].Bold})
				}
			}
		}
	}
	return wants
}

func (w *want) widen(s style, text Span) {
	const slack = 2*gutter + 0.1
	gs := glyphs(text)
	w.least = max(w.least, s.points(longest(gs))+slack)
	w.full = max(w.full, s.points(natural(gs))+slack)
}

func leastOf(w want) float64 { return w.least }
func fullOf(w want) float64  { return w.full }
func spareOf(w want) float64 { return w.full - w.least }

// looseOf is the part of a column that grows when the page has width to spare.
func looseOf(w want) float64 {
	if w.fixed {
		return 0
	}
	return w.full
}

// share gives each column its full width and a part of the surplus; failing
// that, its least and a part of what is left; failing that, a scaled-down least.
func share(wants []want, width float64) []float64 {
	base, more := fullOf, looseOf
	switch {
	case sum(wants, fullOf) <= width:
	case sum(wants, leastOf) <= width:
		base, more = leastOf, spareOf
	default:
		more = leastOf
		base = func(want) float64 { return 0 }
	}
	left, parts := width-sum(wants, base), sum(wants, more)
	widths := make([]float64, len(wants))
	for i, w := range wants {
		widths[i] = base(w)
		if parts > 0 {
			widths[i] += left * more(w) / parts
		}
	}
	return widths
}

func sum(wants []want, of func(want) float64) float64 {
	total := 0.0
	for _, w := range wants {
		total += of(w)
	}
	return total
}
