package pdf

// theme is the rhythm of a document: every block advances by whole or half leadings.
type theme struct {
	size, leading            float64
	smallSize, smallLeading  float64
	titleSize, titleLeading  float64
	side, top, bottom, label float64 // margins; label is the widest share of a Row's label
	sign                     float64 // the lines left for a hand to sign
	centred                  bool    // the title stands in the middle of the page
}

func themeFor(o Options) theme {
	switch {
	case o.Letter:
		return theme{
			size: 10.5, leading: 14.5, smallSize: 8.5, smallLeading: 11.5, titleSize: 15, titleLeading: 20,
			side: 62, top: 48, bottom: 56, label: 0.35, sign: 2,
		}
	case o.Compact:
		return theme{
			size: 8.5, leading: 11, smallSize: 8, smallLeading: 10, titleSize: 14, titleLeading: 18,
			side: 36, top: 34, bottom: 52, label: 0.35, sign: 3,
		}
	}
	return theme{
		size: 11, leading: 17, smallSize: 9, smallLeading: 12.75, titleSize: 21, titleLeading: 25.5,
		side: 68, top: 54, bottom: 76, label: 0.35, sign: 3, centred: true,
	}
}

type colour struct{ r, g, b int }

// Greys with a touch of blue: they stay apart from one another on a black-and-white printer.
var (
	ink      = colour{26, 31, 38}
	muted    = colour{88, 97, 109}
	accent   = colour{38, 66, 92}
	hairline = colour{205, 211, 218}
	band     = colour{235, 239, 243}
	stripe   = colour{247, 248, 250}
)

// Align is the side of its column on which a text stands.
type Align int

// The three alignments.
const (
	Left Align = iota
	Right
	Centre
)

// style is how a text is set. Texts of different sizes that stand on one line
// give the size of the largest as their base, so that they share its baseline.
type style struct {
	size, base, leading float64
	colour              colour
	align               Align
}

func (t theme) body() style { return set(t.size, t.leading, ink) }

func (t theme) small() style { return set(t.smallSize, t.smallLeading, muted) }

func (t theme) title() style { return set(t.titleSize, t.titleLeading, accent) }

func set(size, leading float64, c colour) style {
	return style{size: size, base: size, leading: leading, colour: c}
}

// baseline is how far under the top of its line a text stands: capitals of
// Liberation Sans are 0.69 of the size high, and are centred in the leading.
func (s style) baseline() float64 { return s.leading/2 + 0.345*s.base }

// points converts a width in thousandths of the size.
func (s style) points(thousandths int) float64 { return float64(thousandths) * s.size / 1000 }

// onLinesOf is s on the lines of another style.
func (s style) onLinesOf(other style) style {
	s.base, s.leading = other.base, other.leading
	return s
}

func (s style) aligned(a Align) style {
	s.align = a
	return s
}

func (s style) tinted(c colour) style {
	s.colour = c
	return s
}

// shrunk is s at a fraction of its size, on the same baseline so that the rhythm holds.
func (s style) shrunk(factor float64) style {
	s.size *= factor
	return s
}
