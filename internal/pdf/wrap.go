package pdf

import "unicode"

// glyph is one letter of a text ready to be laid out; width is in thousandths of the size.
type glyph struct {
	r     rune
	bold  bool
	width int
}

func glyphs(spans ...Span) []glyph {
	var gs []glyph
	for _, s := range spans {
		table := weightOf(s.Bold).widths()
		for _, r := range clean(s.Text) {
			g := glyph{r: r, bold: s.Bold}
			if r != '\n' {
				g.width = int(table[r])
			}
			gs = append(gs, g)
		}
	}
	return gs
}

func widthOf(gs []glyph) int {
	w := 0
	for _, g := range gs {
		w += g.width
	}
	return w
}

// wrap cuts a text into lines no wider than limit, in thousandths of the size.
// It breaks at spaces and after the hyphens of compound words, never at a
// no-break space; a word wider than the line is broken where it overflows.
func wrap(gs []glyph, limit int) [][]glyph {
	var lines [][]glyph
	start, allowed, w := 0, 0, 0
	for i, g := range gs {
		if g.r == '\n' {
			lines = append(lines, trim(gs[start:i]))
			start, allowed, w = i+1, i+1, 0
			continue
		}
		for w += g.width; w > limit && i > start && !hangs(gs, i); {
			end := i
			if allowed > start {
				end = allowed
			}
			lines = append(lines, trim(gs[start:end]))
			start, allowed = end, end
			w = widthOf(gs[start : i+1])
		}
		if breaksAfter(gs, i) {
			allowed = i + 1
		}
	}
	return append(lines, trim(gs[start:]))
}

// hangs tells what never begins a line: a space, and an accent after its letter.
func hangs(gs []glyph, i int) bool {
	return isSpace(gs[i].r) || gs[i].width == 0 && !isSpace(gs[i-1].r)
}

func breaksAfter(gs []glyph, i int) bool {
	switch r := gs[i].r; {
	case isSpace(r):
		return true
	case r == '-':
		return i > 0 && i+1 < len(gs) && unicode.IsLetter(gs[i-1].r) && unicode.IsLetter(gs[i+1].r)
	}
	return false
}

// isSpace leaves out the no-break spaces U+00A0, U+2007 and U+202F.
func isSpace(r rune) bool {
	return r == ' ' || r >= 0x2000 && r <= 0x200A && r != 0x2007
}

func trim(gs []glyph) []glyph {
	for len(gs) > 0 && isSpace(gs[len(gs)-1].r) {
		gs = gs[:len(gs)-1]
	}
	for len(gs) > 0 && isSpace(gs[0].r) {
		gs = gs[1:]
	}
	return gs
}

// longest is the width of the widest stretch that wrap would not break by choice.
func longest(gs []glyph) int {
	best, w := 0, 0
	for i, g := range gs {
		if !isSpace(g.r) {
			w += g.width
		}
		best = max(best, w)
		if g.r == '\n' || breaksAfter(gs, i) {
			w = 0
		}
	}
	return best
}

// natural is the width of the text on as many lines as it asks for.
func natural(gs []glyph) int {
	best, w := 0, 0
	for _, g := range gs {
		if g.r == '\n' {
			w = 0
		}
		w += g.width
		best = max(best, w)
	}
	return best
}
