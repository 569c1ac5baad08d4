package pdf

// theme is the rhythm of a document: every block advances by whole or half leadings.
type theme struct {
	size, leading            float64
	smallSize, smallLeading  float64
	titleSize, titleLeading  float64
	side, top, bottom, label float64 // margins; label is the widest share of a Row's label
	centred                  bool    // the title stands in the middle of the page
}

func themeFor(compact bool) theme {
	if compact {
		return theme{
			size: 8.5, leading: 11, smallSize: 8, smallLeading: 10, titleSize: 14, titleLeading: 18,
			side: 36, top: 34, bottom: 52, label: 0.35,
		}
	}
	return theme{
		size: 10.5, leading: 16, smallSize: 9, smallLeading: 12, titleSize: 20, titleLeading: 24,
		side: 68, top: 54, bottom: 76, label: 0.35, centred: true,
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

type style struct {
	size, leading float64
	colour        colour
	align         Align
}

func (t theme) body() style  { return style{size: t.size, leading: t.leading, colour: ink} }
func (t theme) small() style { return style{size: t.smallSize, leading: t.smallLeading, colour: muted} }

func (s style) aligned(a Align) style {
	s.align = a
	return s
}

// shrunk is s at a fraction of its size, on the same leading so that the rhythm holds.
func (s style) shrunk(factor float64) style {
	s.size *= factor
	return s
}
