package pdf

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// mark stands on paper for what the font cannot draw.
const mark = '□'

// Span is a stretch of text in one weight.
type Span struct {
	Text string
	Bold bool
}

// T is text in the ordinary weight.
func T(text string) Span { return Span{Text: text} }

// B is text in bold.
func B(text string) Span { return Span{Text: text, Bold: true} }

// clean makes any string drawable: composed letters, line feeds and the runes
// that the font holds. Each run of other characters becomes one mark.
//
// gofpdf panics on invalid UTF-8 and refuses a whole document for one rune
// above U+FFFF, hence this passage for every text without exception.
func clean(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, string(mark)))
	var b strings.Builder
	marked := false
	for _, r := range s {
		drawn := drawable(r)
		if drawn == "" && !silent(r) && !marked {
			b.WriteRune(mark)
		}
		b.WriteString(drawn)
		marked = drawn == "" && (marked || !silent(r))
	}
	return b.String()
}

// drawable is r as the font can draw it, or "".
func drawable(r rune) string {
	switch {
	case r == '\t':
		return " "
	case r == '\n' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029':
		return "\n"
	case silent(r):
		return ""
	case covered(r):
		return string(r)
	}
	// A ligature, a full-width or a mathematical letter has an everyday equivalent.
	plain := norm.NFKD.String(string(r))
	for _, p := range plain {
		if !covered(p) {
			return ""
		}
	}
	return plain
}

// silent tells characters that leave nothing on paper by nature: controls,
// joiners, direction marks, soft hyphens, variation selectors.
func silent(r rune) bool {
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector)
}

// covered leaves out Hebrew, which the font holds but which would come out backwards.
func covered(r rune) bool {
	return r < 0x10000 && regular.widths()[r] != absent && !unicode.Is(unicode.Hebrew, r)
}

// oneLine is clean text for a place that holds a single line.
func oneLine(s string) string {
	return strings.Join(strings.FieldsFunc(clean(s), func(r rune) bool { return r == '\n' }), " ")
}
