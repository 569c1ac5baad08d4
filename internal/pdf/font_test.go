package pdf

import (
	"bytes"
	"testing"

	"github.com/jung-kurt/gofpdf"
)

// Lines are measured by this package and drawn by gofpdf: both must agree on every letter.
func TestWidthsAreThoseOfTheLibrary(t *testing.T) {
	for _, w := range []*weight{regular, bold} {
		lib := gofpdf.New("P", "pt", "A4", "")
		lib.AddUTF8FontFromBytes("full", "", bytes.Clone(w.program))
		lib.SetFont("full", "", 10)
		for r := range rune(0x10000) {
			if covered(r) && lib.GetStringSymbolWidth(string(r)) != int(w.widths()[r]) {
				t.Errorf("%s: %U is %d wide here, %d in gofpdf", w.name, r, w.widths()[r],
					lib.GetStringSymbolWidth(string(r)))
			}
		}
	}
}

func TestOneByteLettersAreThoseOfFrench(t *testing.T) {
	for _, r := range "AZaz09 àâæçéèêëîïôœùûüÿÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸ’«»–—…€°\u00a0" {
		if _, ok := byteOf(r); !ok {
			t.Errorf("%q needs the Unicode font", r)
		}
	}
	for _, r := range "łșệЩ□\u202f" { // control
		if _, ok := byteOf(r); ok {
			t.Errorf("%q is no letter of Windows-1252", r)
		}
	}
}

func TestOnlyTheFontsInUseAreEmbedded(t *testing.T) {
	for _, c := range []struct {
		what  string
		text  []Span
		fonts int
	}{
		{"one weight", []Span{T("Œuvrard")}, 1},
		{"two weights", []Span{T("Œuvrard"), B("Zoé")}, 2},
		{"a letter from elsewhere", []Span{T("Œuvrard"), B("Zoé Łęcka")}, 3},
	} {
		d := New(sample)
		d.Paragraph(c.text...)
		file, err := d.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if got := bytes.Count(file, []byte("/FontFile2 ")); got != c.fonts {
			t.Errorf("%s: %d fonts in the file, want %d", c.what, got, c.fonts)
		}
	}
}

func TestAccentsStandOnTheirLetter(t *testing.T) {
	for _, c := range []struct {
		what, text string
		above      bool
	}{
		{"tilde on q", "q\u0303", true},
		{"caron on a capital", "J\u030c", true},
		{"dot under x", "x\u0323", false},
	} {
		gs := glyphs(T(c.text))
		under := extentOf(gs[0])
		letter := under
		right, up := under.carry(gs[1])
		accent := extentOf(gs[1])
		if middle := (accent.left+accent.right)/2 + right; middle < letter.left || middle > letter.right {
			t.Errorf("%s: the accent stands at %d, the letter from %d to %d", c.what, middle, letter.left, letter.right)
		}
		if c.above && accent.low+up <= letter.high || !c.above && up != 0 {
			t.Errorf("%s: the accent is moved up by %d over a letter %d high", c.what, up, letter.high)
		}
		if right == 0 { // control
			t.Errorf("%s: the font alone would do", c.what)
		}
	}
}

func TestAccentsPileUp(t *testing.T) {
	gs := glyphs(T("q\u0303\u0301"))
	under := extentOf(gs[0])
	_, first := under.carry(gs[1])
	_, second := under.carry(gs[2])
	if low, high := extentOf(gs[2]).low+second, extentOf(gs[1]).high+first; low <= high {
		t.Errorf("the acute begins at %d, under the top %d of the tilde", low, high)
	}
}
