package pdf

import (
	"unicode"

	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// extent is the drawing of a letter, in thousandths of the size: from its left
// to its right, seen from the pen that has just written it, and how high it is.
type extent struct{ left, right, low, high int }

// accent tells the combining marks that no composed letter has absorbed, as in
// q̃ or ɔ̀. Marks that span two letters are left to the font.
func (g glyph) accent() bool { return g.r >= 0x300 && g.r < 0x35C && unicode.Is(unicode.Mn, g.r) }

func extentOf(g glyph) extent {
	f := weightOf(g.bold).parsed()
	var buf sfnt.Buffer
	index, err := f.GlyphIndex(&buf, g.r)
	if err != nil {
		return extent{}
	}
	b, _, err := f.GlyphBounds(&buf, index, fixed.I(1000), font.HintingNone)
	if err != nil {
		return extent{}
	}
	return extent{
		left: b.Min.X.Round() - g.width, right: b.Max.X.Round() - g.width,
		low: -b.Max.Y.Round(), high: -b.Min.Y.Round(),
	}
}

// bearing is the letter that an accent is carried to: a lone accent has none.
func (g glyph) bearing() extent {
	if g.width == 0 || unicode.IsSpace(g.r) {
		return extent{}
	}
	return extentOf(g)
}

// ceiling is as high as accents pile up, in thousandths of the size: within the line.
const ceiling = 1300

// carry tells how far an accent must be moved to stand in the middle of the
// letter and, when it goes above, clear of it; the next accent goes higher.
// An accent without a letter stands on the pen.
func (e *extent) carry(accent glyph) (right, up int) {
	a := extentOf(accent)
	if *e == (extent{}) {
		return -(a.left + a.right) / 2, 0
	}
	const above, low, clearance = 400, 480, 50 // low is the least letter, an x: the underscore does not pull its accent down
	right = (e.left + e.right - a.left - a.right) / 2
	if a.low > above {
		up = min(max(e.high, low)+clearance-a.low, ceiling-a.high)
		e.high = a.high + up
	}
	return right, up
}
