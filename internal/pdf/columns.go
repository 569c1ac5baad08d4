package pdf

import "slices"

// want is what a column asks for: enough for its longest word, or for its longest line.
type want struct {
	least, full float64
	fixed       bool
}

// layOut shares the width of the page among the columns of a table; when even
// the longest words do not fit, the type shrinks before a word is broken.
func (d *Document) layOut(t Table) *grid {
	g := &grid{
		columns: t.Columns, style: d.theme.body(), zebra: t.Zebra, ruled: t.Ruled, least: t.Least, tight: t.Tight,
		tall: slices.ContainsFunc(t.Columns, isBlank),
	}
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

func isBlank(c Column) bool { return c.Blank }

func leastOf(w want) float64 { return w.least }
func fullOf(w want) float64  { return w.full }

// share gives each column its full width and a part of the surplus. Failing
// that, the short columns keep their full width and the long ones, alike, what
// is left; failing even the least widths, these are scaled down.
func share(wants []want, width float64) []float64 {
	widths := make([]float64, len(wants))
	loose := looseOf(wants)
	level := levelFor(wants, width)
	for i, w := range wants {
		switch {
		case sum(wants, leastOf) > width:
			widths[i] = w.least * width / sum(wants, leastOf)
		case sum(wants, fullOf) > width:
			widths[i] = w.at(level)
		case w.fixed || loose == 0:
			widths[i] = w.full
		default:
			widths[i] = w.full + (width-sum(wants, fullOf))*w.full/loose
		}
	}
	return widths
}

// looseOf is the width of the columns that grow when the page has some to spare.
func looseOf(wants []want) float64 {
	return sum(wants, func(w want) float64 {
		if w.fixed {
			return 0
		}
		return w.full
	})
}

// at is the width of a column when no column gets more than level without need.
func (w want) at(level float64) float64 { return max(w.least, min(w.full, level)) }

// levelFor finds, by halving, the level at which the columns fill the width.
func levelFor(wants []want, width float64) float64 {
	low, high := 0.0, width
	for range 40 {
		level := (low + high) / 2
		if sum(wants, func(w want) float64 { return w.at(level) }) > width {
			high = level
		} else {
			low = level
		}
	}
	return low
}

func sum(wants []want, of func(want) float64) float64 {
	total := 0.0
	for _, w := range wants {
		total += of(w)
	}
	return total
}
