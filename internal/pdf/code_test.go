package pdf_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
	"base-eleves/internal/pdf"
	"base-eleves/internal/pdf/pdftest"
)

// longestCode is what a certificate's code holds at most: an address and a seal of 250 bytes.
var longestCode = "HTTPS://BASE-ELEVES.EXEMPLE-DE-DEPARTEMENT.FR/V/" + strings.Repeat("A7", 200)

func coded(t *testing.T, content string) []byte {
	t.Helper()
	doc := pdf.New(printed)
	doc.Begin(pdf.Footer{Number: "CS-2026-000123", Date: "12 avril 2026", Code: pdf.Code{
		Content: content, Caption: []pdf.Span{pdf.T("Ce code dit si le document est authentique.")},
	}})
	doc.Title("Certificat de scolarité")
	file, err := doc.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return file
}

// photograph is the page as a telephone sees it: in greys, at about the resolution it has of a page held in one hand.
func photograph(t *testing.T, file []byte) *image.Gray {
	t.Helper()
	prefix := filepath.Join(t.TempDir(), "page")
	pdftest.Poppler(t, file, "pdftoppm", "-r", "200", "-gray", "-png", "-singlefile", "FILE", prefix)
	content, err := os.ReadFile(prefix + ".png")
	if err != nil {
		t.Fatal(err)
	}
	page, err := png.Decode(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	grey := image.NewGray(page.Bounds())
	draw.Draw(grey, grey.Bounds(), page, page.Bounds().Min, draw.Src)
	return grey
}

func TestACodeIsReadFromThePrintedPage(t *testing.T) {
	for _, content := range []string{"HTTPS://EXEMPLE.FR/V/ABC", longestCode} {
		if got, err := fixture.DecodeCode(photograph(t, coded(t, content))); err != nil || got != content {
			t.Errorf("read %q, %v; want %q", got, err, content)
		}
	}
}

func TestACodeMeasuresTwentyMillimetres(t *testing.T) {
	page := photograph(t, coded(t, longestCode))
	square := image.Rectangle{}
	for y := range page.Rect.Dy() {
		for x := range page.Rect.Dx() {
			if page.GrayAt(x, y).Y == 0 { // pure black: texts are dark blue
				square = square.Union(image.Rect(x, y, x+1, y+1))
			}
		}
	}
	const want = 20 / 25.4 * 200
	if w, h := float64(square.Dx()), float64(square.Dy()); w < want-2 || w > want+2 || h < want-2 || h > want+2 {
		t.Errorf("the square measures %.0f × %.0f pixels, want %.0f", w, h, want)
	}
}

// TestAStainedCodeIsRead: a spot of ink of one fifteenth of the square, and the control: half of it.
func TestAStainedCodeIsRead(t *testing.T) {
	stain := func(part float64) (string, error) {
		page := photograph(t, coded(t, longestCode))
		left, foot := 68.0*200/72, page.Rect.Max.Y
		side := 20 / 25.4 * 200.0
		spot := image.Rect(int(left+side*0.4), 0, int(left+side*(0.4+part)), foot)
		draw.Draw(page, spot, image.NewUniform(color.White), image.Point{}, draw.Src)
		return fixture.DecodeCode(page)
	}
	if got, err := stain(0.05); err != nil || got != longestCode {
		t.Errorf("read %q, %v", got, err)
	}
	if got, err := stain(0.5); err == nil && got == longestCode {
		t.Error("control: a square of which half is missing was read")
	}
}

func TestWhatNoCodeHoldsIsAnError(t *testing.T) {
	doc := pdf.New(printed)
	doc.Begin(pdf.Footer{Code: pdf.Code{Content: strings.Repeat("é", 3000)}})
	if _, err := doc.Bytes(); err == nil {
		t.Error("a code of 6,000 bytes was printed")
	}
}
