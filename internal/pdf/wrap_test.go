package pdf

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

// wrapped is a text cut at a number of digits, which all have the same width.
func wrapped(text string, digits int) []string {
	var lines []string
	for _, line := range wrap(glyphs(T(text)), digits*int(regular.widths()['0'])) {
		lines = append(lines, stringOf(line))
	}
	return lines
}

func stringOf(gs []glyph) string {
	var b strings.Builder
	for _, g := range gs {
		b.WriteRune(g.r)
	}
	return b.String()
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		what, text string
		digits     int
		want       []string
	}{
		{"a text that fits stays whole", "0000 0000", 9, []string{"0000 0000"}},
		{"it breaks at a space, which disappears", "0000 0000", 6, []string{"0000", "0000"}},
		{"a space may hang at the end of a line", "0000  0000", 4, []string{"0000", "0000"}},
		{"a no-break space does not break", "00 00\u00a000", 6, []string{"00", "00\u00a000"}},
		{"nor does a narrow one", "00 00\u202f00", 6, []string{"00", "00\u202f00"}},
		{"a thin space does", "000\u2009000", 4, []string{"000", "000"}},
		{"a compound name breaks after its hyphen", "Marie-Anne", 6, []string{"Marie-", "Anne"}},
		{"a number does not", "00 2025-2026", 9, []string{"00", "2025-2026"}},
		{"a line feed always breaks", "00\n00", 9, []string{"00", "00"}},
		{"empty lines are kept", "00\n\n00", 9, []string{"00", "", "00"}},
		{"a word too long is broken, nothing is lost", "00000000", 3, []string{"000", "000", "00"}},
		{"an accent stays with its letter", "00q\u030300", 3, []string{"00q\u0303", "00"}},
		{"even in a column narrower than a letter", "q\u0303q\u0303", 0, []string{"q\u0303", "q\u0303"}},
		{"no text is one empty line", "", 9, []string{""}},
	} {
		if got := wrapped(c.text, c.digits); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q at %d digits gives %q, want %q", c.what, c.text, c.digits, got, c.want)
		}
	}
}

func TestWrapLosesNothingAndOverflowsNever(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := anyText().Draw(t, "text")
		limit := rapid.IntRange(1500, 30000).Draw(t, "width")
		lines := wrap(glyphs(T(text)), limit)
		var kept strings.Builder
		for _, line := range lines {
			if widthOf(line) > limit {
				t.Fatalf("line %q is %d wide for %d", stringOf(line), widthOf(line), limit)
			}
			kept.WriteString(stringOf(line))
		}
		if got, want := unspaced(kept.String()), unspaced(clean(text)); got != want {
			t.Fatalf("the lines hold %q of %q", got, want)
		}
	})
}

func unspaced(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestFitShrinksAWordRatherThanBreakIt(t *testing.T) {
	s := themeFor(Options{}).body()
	word := glyphs(T("Schwartzenberger"))
	whole := s.points(widthOf(word))
	for _, c := range []struct {
		what   string
		width  float64
		lines  int
		shrunk bool
	}{
		{"enough room", whole + 1, 1, false},
		{"a little too narrow", whole * 0.9, 1, true},
		{"much too narrow", whole * 0.5, 2, false},
	} {
		b := fit(s, c.width, T("Schwartzenberger"))
		if len(b.lines) > c.lines+1 || len(b.lines) < c.lines || (b.style.size < s.size) != c.shrunk {
			t.Errorf("%s: %d lines at size %.1f", c.what, len(b.lines), b.style.size)
		}
	}
}
