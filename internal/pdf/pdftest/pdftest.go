// Package pdftest looks at papers as a printer and a reader would: their words, and every square of their pages beside the
// picture that was looked at when the paper was made. Tests of papers come here; go test -update writes the golden files anew.
package pdftest

import (
	"bytes"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Poppler runs one of the tools of poppler-utils on a file and returns what it prints.
func Poppler(t testing.TB, file []byte, tool string, args ...string) string {
	t.Helper()
	path, err := exec.LookPath(tool)
	if err != nil {
		t.Fatalf("%s is missing: install the package poppler-utils", tool)
	}
	name := filepath.Join(t.TempDir(), "sample.pdf")
	if err := os.WriteFile(name, file, 0o600); err != nil {
		t.Fatal(err)
	}
	for i, arg := range args {
		args[i] = strings.ReplaceAll(arg, "FILE", name)
	}
	out, err := exec.Command(path, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", tool, err, out)
	}
	return string(out)
}

var update = flag.Bool("update", false, "write the golden files anew")

// Golden holds a paper to its golden text and to its golden pictures, page by page, in the folder testdata of its test.
func Golden(t testing.TB, name string, file []byte) {
	t.Helper()
	Words(t, name, Text(t, file))
	pages := Pixels(t, file)
	for i, page := range pages {
		picture := fmt.Sprintf("%s-%d.png", name, i+1)
		want := decode(t, goldenFile(t, picture, func() []byte { return encode(t, page) }))
		if n := Differences(page, want); n > 0 {
			t.Errorf("%s, page %d: %d squares differ from the golden picture", name, i+1, n)
		}
	}
	noMore(t, fmt.Sprintf("%s-%d.png", name, len(pages)+1))
}

// Words holds a text to its golden file.
func Words(t testing.TB, name, got string) {
	t.Helper()
	if want := goldenFile(t, name+".txt", func() []byte { return []byte(got) }); got != string(want) {
		t.Errorf("%s says otherwise than its golden file.\n--- got\n%s--- want\n%s", name, got, want)
	}
}

// noMore fails where the golden paper has more pages than the paper.
func noMore(t testing.TB, picture string) {
	t.Helper()
	path := filepath.Join("testdata", picture)
	if _, err := os.Stat(path); err != nil {
		return
	}
	if !*update {
		t.Errorf("%s is of a page that the paper has no longer", picture)
	} else if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}

// goldenFile reads a golden file, after writing it when -update asks so.
func goldenFile(t testing.TB, name string, got func() []byte) []byte {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run go test -update", err)
	}
	return want
}

var blanks = regexp.MustCompile(`[ \x{00a0}]+`)

// Text is the text of a file, line by line, without the blanks that depend on the version of poppler.
func Text(t testing.TB, file []byte) string {
	t.Helper()
	var lines []string
	for _, line := range strings.Split(Poppler(t, file, "pdftotext", "-layout", "-enc", "UTF-8", "FILE", "-"), "\n") {
		if strings.HasPrefix(line, "\f") && strings.Trim(line, "\f") != "" {
			lines = append(lines, "--- page")
		}
		if line = strings.TrimSpace(blanks.ReplaceAllString(line, " ")); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n") + "\n"
}

// Pixels renders the pages of a file small and grey.
func Pixels(t testing.TB, file []byte) []*image.Paletted {
	t.Helper()
	prefix := filepath.Join(t.TempDir(), "page")
	Poppler(t, file, "pdftoppm", "-r", "90", "-gray", "FILE", prefix)
	names, err := filepath.Glob(prefix + "*.pgm")
	if err != nil || len(names) == 0 {
		t.Fatalf("pdftoppm left no page: %v", err)
	}
	slices.Sort(names)
	var pages []*image.Paletted
	for _, name := range names {
		page, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, lighten(t, page))
	}
	return pages
}

// Differences counts the squares of 3 × 3 pixels whose mean grey differs by
// more than antialiasing does: a missing accent makes some, a letter many.
func Differences(a, b *image.Paletted) int {
	const tolerance = 32 * 3 * 3
	if a.Rect != b.Rect {
		return math.MaxInt
	}
	count := 0
	for i := range a.Pix {
		if a.Pix[i] == b.Pix[i] {
			continue
		}
		square := image.Rect(-1, -1, 2, 2).Add(image.Pt(i%a.Stride, i/a.Stride)).Intersect(a.Rect)
		if d := darkness(a, square) - darkness(b, square); d > tolerance || d < -tolerance {
			count++
		}
	}
	return count
}

// lighten reads a PGM picture and keeps eight greys, so that the golden files weigh little.
func lighten(t testing.TB, pgm []byte) *image.Paletted {
	t.Helper()
	var width, height int
	if _, err := fmt.Sscanf(string(pgm), "P5\n%d %d\n255\n", &width, &height); err != nil {
		t.Fatal(err)
	}
	var greys color.Palette
	for level := range 8 {
		greys = append(greys, color.Gray{Y: uint8(level * 255 / 7)})
	}
	light := image.NewPaletted(image.Rect(0, 0, width, height), greys)
	for i, grey := range pgm[len(pgm)-width*height:] {
		light.Pix[i] = uint8((int(grey)*7 + 127) / 255)
	}
	return light
}

func decode(t testing.TB, page []byte) *image.Paletted {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	return img.(*image.Paletted)
}

func encode(t testing.TB, page image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	if err := encoder.Encode(&out, page); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func darkness(page *image.Paletted, square image.Rectangle) int {
	sum := 0
	for y := square.Min.Y; y < square.Max.Y; y++ {
		for x := square.Min.X; x < square.Max.X; x++ {
			sum += 255 - int(page.ColorIndexAt(x, y))*255/7
		}
	}
	return sum
}
