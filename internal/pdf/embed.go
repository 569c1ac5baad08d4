package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"sync"

	"github.com/jung-kurt/gofpdf"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/encoding/charmap"
)

// fonts are the two font programs in which a document keeps the letters of one weight.
//
// gofpdf's way with Unicode costs 3 ms per weight and document: it parses the
// font, writes 65,536 widths as JSON and compresses a map of 128 kB. So the
// letters of Windows-1252, nearly all that French paper needs, go to a simple
// font of one-byte codes, which costs a quarter and which every reader has drawn
// since 1994; a Unicode font is added only for the documents that write other
// letters. Both hold the same drawings. The pages are drawn last, when the
// letters they use are known.
type fonts struct{ simple, unicode string }

// embed adds to the file what a weight needs to write some letters.
func (d *Document) embed(w *weight, letters []rune) fonts {
	f := fonts{simple: w.name, unicode: w.name + "unicode"}
	var near, far []rune
	for _, r := range letters {
		if _, ok := byteOf(r); ok {
			near = append(near, r)
		} else {
			far = append(far, r)
		}
	}
	if len(near) > 0 {
		definition, program := simpleFont(w, near)
		d.out.AddFontFromBytes(f.simple, "", definition, program)
	}
	if len(far) > 0 {
		d.out.AddUTF8FontFromBytes(f.unicode, "", cut(w.program, far))
	}
	return f
}

// byteOf is the code of a letter in the base encoding of PDF.
func byteOf(r rune) (byte, bool) { return charmap.Windows1252.EncodeRune(r) }

func windows1252() []rune {
	var letters []rune
	for code := range 256 {
		letters = append(letters, charmap.Windows1252.DecodeByte(byte(code)))
	}
	return letters
}

// definition is a font in the terms of gofpdf's font files.
type definition struct {
	Tp, Name, File string
	Desc           gofpdf.FontDescType
	Cw             []int // width of each code
	OriginalSize   int
}

func simpleFont(w *weight, letters []rune) (def, file []byte) {
	// The space is there for the no-break space: PDF readers draw the one for the other.
	program := cut(w.near(), append(letters, ' '))
	d := definition{
		Tp: "TrueType", Name: "AAAAAA+" + w.name, File: w.name + ".z",
		Desc: w.describe(), Cw: make([]int, 256), OriginalSize: len(program),
	}
	for _, r := range letters {
		code, _ := byteOf(r)
		d.Cw[code] = int(w.widths()[r])
	}
	def, _ = json.Marshal(d) // strings and integers: it cannot fail
	return def, deflate(program)
}

// describe tells readers what to put in place of a font they could not open.
func (w *weight) describe() gofpdf.FontDescType {
	var buf sfnt.Buffer
	const em = 1000
	d := gofpdf.FontDescType{Flags: gofpdf.FontFlagNonsymbolic, StemV: 80}
	if m, err := w.parsed().Metrics(&buf, fixed.I(em), font.HintingNone); err == nil {
		d.Ascent, d.Descent, d.CapHeight = m.Ascent.Round(), -m.Descent.Round(), m.CapHeight.Round()
	}
	if b, err := w.parsed().Bounds(&buf, fixed.I(em), font.HintingNone); err == nil {
		d.FontBBox.Xmin, d.FontBBox.Xmax = b.Min.X.Round(), b.Max.X.Round()
		d.FontBBox.Ymin, d.FontBBox.Ymax = -b.Max.Y.Round(), -b.Min.Y.Round()
	}
	return d
}

// cut clones first: gofpdf writes the padding of tables into the slice it reads.
func cut(program []byte, letters []rune) []byte {
	return gofpdf.UTF8CutFont(bytes.Clone(program), string(letters))
}

// deflaters are kept, for one weighs a megabyte.
var deflaters = sync.Pool{New: func() any { w, _ := zlib.NewWriterLevel(nil, 1); return w }}

func deflate(data []byte) []byte {
	var out bytes.Buffer
	z := deflaters.Get().(*zlib.Writer)
	defer deflaters.Put(z)
	z.Reset(&out)
	z.Write(data) // to memory: no error
	z.Close()
	return out.Bytes()
}
