package pdf

import (
	"math"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// weight is one of the two fonts of the package, Liberation Sans regular and bold.
//
// Liberation is under the SIL Open Font License. The program carries both
// fonts unmodified, from their Go module; what is cut from them lives in
// memory and in the documents, which the licence leaves free (clause 5), and
// the name that documents give it is not the reserved one.
type weight struct {
	name    string // in a document
	program []byte
	parsed  func() *sfnt.Font
	widths  func() []uint16 // by letter of the basic plane, in thousandths of the size
	near    func() []byte   // the program cut once to the letters of Windows-1252
}

var (
	regular = newWeight("regular", liberationsansregular.TTF)
	bold    = newWeight("bold", liberationsansbold.TTF)
)

func weightOf(isBold bool) *weight {
	if isBold {
		return bold
	}
	return regular
}

// newWeight puts off the work to the first document.
func newWeight(name string, program []byte) *weight {
	w := &weight{name: name, program: program}
	w.parsed = sync.OnceValue(w.parse)
	w.widths = sync.OnceValue(w.measure)
	w.near = sync.OnceValue(func() []byte { return cut(w.program, windows1252()) })
	return w
}

// parse panics on a font it cannot read: it is compiled into the program.
func (w *weight) parse() *sfnt.Font {
	f, err := sfnt.Parse(w.program)
	if err != nil {
		panic(err)
	}
	return f
}

// absent is the width of a letter that the font does not draw.
const absent = math.MaxUint16

func (w *weight) measure() []uint16 {
	var buf sfnt.Buffer
	f := w.parsed()
	em := fixed.I(int(f.UnitsPerEm()))
	table := make([]uint16, 0x10000)
	for r := range table {
		table[r] = absent
		if glyph, err := f.GlyphIndex(&buf, rune(r)); err == nil && glyph != 0 {
			if width, err := f.GlyphAdvance(&buf, glyph, em, font.HintingNone); err == nil {
				table[r] = uint16(math.Round(1000 * float64(width) / float64(em)))
			}
		}
	}
	return table
}
