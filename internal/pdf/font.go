package pdf

import (
	"bytes"
	"math"
	"strings"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/jung-kurt/gofpdf"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// face names one of the four font programs a document may embed.
//
// gofpdf parses a font again for every document, so the size of the font is
// the price of a certificate: nearly all of them need only the short faces,
// cut once per process to the letters of Western and Central Europe. The full
// faces hold all of Liberation Sans (Vietnamese, Greek, Cyrillic…) and are
// embedded only in a document that writes such a letter. Both have the same
// metrics and drawings: the change of face is invisible on paper.
//
// Liberation is under the SIL Open Font License. The program carries the
// fonts unmodified, from their Go module; the cut lives in memory and in the
// documents, which the licence leaves free (clause 5), and the name that
// documents give it is not the reserved one.
type face struct{ bold, full bool }

const family = "texte"

// style is the name under which gofpdf files the face.
func (f face) style() string {
	if f.bold {
		return "B"
	}
	return ""
}

func (f face) family() string {
	if f.full {
		return family + "complet"
	}
	return family
}

// program is the TrueType file of the face.
func (f face) program() []byte {
	switch {
	case f.bold && f.full:
		return liberationsansbold.TTF
	case f.full:
		return liberationsansregular.TTF
	case f.bold:
		return shortBold()
	}
	return shortRegular()
}

var (
	shortRegular = sync.OnceValue(func() []byte { return cut(liberationsansregular.TTF) })
	shortBold    = sync.OnceValue(func() []byte { return cut(liberationsansbold.TTF) })
)

// cut clones first: gofpdf writes the padding of tables into the slice it reads.
func cut(program []byte) []byte {
	var letters strings.Builder
	for r := rune(' '); r < 0x10000; r++ {
		if isShort(r) && advances(false)[r] != absent {
			letters.WriteRune(r)
		}
	}
	return gofpdf.UTF8CutFont(bytes.Clone(program), letters.String())
}

// isShort tells the letters of the short faces: Latin-1, Latin Extended-A,
// the commas below of Romanian, punctuation, € № and the mark.
func isShort(r rune) bool {
	return r < 0x180 || r >= 0x218 && r <= 0x21B || r >= 0x2000 && r <= 0x203A ||
		r == '€' || r == '№' || r == mark
}

// use selects the face for what is drawn next, embedding it at first need.
func (d *Document) use(f face, size float64) {
	if !d.faces[f] {
		d.faces[f] = true
		d.out.AddUTF8FontFromBytes(f.family(), f.style(), bytes.Clone(f.program()))
	}
	d.out.SetFont(f.family(), f.style(), size)
}

// absent is the advance of a letter that Liberation Sans does not draw.
const absent = math.MaxUint16

// advances gives, for each letter of the basic plane, its width in thousandths of the size.
func advances(bold bool) []uint16 {
	if bold {
		return advancesBold()
	}
	return advancesRegular()
}

var (
	advancesRegular = sync.OnceValue(func() []uint16 { return measure(liberationsansregular.TTF) })
	advancesBold    = sync.OnceValue(func() []uint16 { return measure(liberationsansbold.TTF) })
)

// measure panics on a font it cannot read: it is compiled into the program.
func measure(program []byte) []uint16 {
	f, err := sfnt.Parse(program)
	if err != nil {
		panic(err)
	}
	var buf sfnt.Buffer
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
