package pdf

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var sample = Options{Title: "Essai", Date: time.Date(2026, time.April, 12, 9, 30, 0, 0, time.UTC)}

// spill names the first text of a document that leaves the frame of its page, if any.
func spill(d *Document) string {
	width, height := d.out.GetPageSize()
	const tolerance = 0.5
	for i, page := range d.pages {
		for _, t := range page.texts {
			left, right, foot := drawn(t)
			if left < d.theme.side-tolerance || right > width-d.theme.side+tolerance ||
				foot < d.theme.top && !recalls(d, page, t) || foot > height-18 {
				return fmt.Sprintf("page %d: %q from %.0f to %.0f at %.0f", i+1, stringOf(t.letters), left, right, foot)
			}
		}
	}
	return ""
}

// drawn is where a text is on its page. The pen of a carried accent is elsewhere than its drawing, which has no width.
func drawn(t text) (left, right, foot float64) {
	if !t.letters[0].accent() {
		return t.x, t.x + t.style.points(widthOf(t.letters)), t.y
	}
	middle := t.x + t.style.points((extentOf(t.letters[0]).left+extentOf(t.letters[0]).right)/2)
	return middle, middle, t.y - t.style.points(min(0, extentOf(t.letters[0]).low))
}

// recalls tells whether a text is of the recall above a sheet that is not the first of its piece, clear of what it stands over.
func recalls(d *Document, page sheet, t text) bool {
	return page.number > 1 && t.style.size <= footStyle.size && t.style.colour == muted &&
		t.y-t.style.size >= 0.5*recallMargin && t.y <= d.theme.top-recallMargin
}

// lost names a letter that a document shows less often than a text has it.
func lost(d *Document, texts ...string) string {
	shown := map[rune]int{}
	for _, page := range d.pages {
		for _, t := range page.texts {
			if recalls(d, page, t) { // it says once more what the first sheet has said
				continue
			}
			for _, g := range t.letters {
				shown[g.r]++
			}
		}
	}
	for _, r := range unspaced(clean(strings.Join(texts, "\n"))) {
		if shown[r]--; shown[r] < 0 {
			return string(r)
		}
	}
	return ""
}

func TestNothingIsRefusedNorCut(t *testing.T) {
	all := New(sample)
	rapid.Check(t, func(t *rapid.T) {
		text := func(label string) string { return anyText().Draw(t, label) }
		title, name, value, cell := text("title"), text("name"), text("value"), text("cell")
		o := sample
		o.Title, o.Author, o.Subject, o.Producer = title, name, value, cell
		o.Compact, o.Landscape = rapid.Bool().Draw(t, "compact"), rapid.Bool().Draw(t, "landscape")
		d := New(o)
		d.Begin(Footer{Number: name, Date: value, Note: title, Confidential: true})
		d.Header(Header{Issuer: []string{name, value}, Right: []string{cell}})
		d.Title(title, name)
		d.Paragraph(T(value), B(name), T(cell))
		d.Rows([]Row{R(title, value), {Label: name, Value: []Span{B(cell)}}})
		d.Table(Table{
			Columns: []Column{{Title: "Nom", Bold: true}, {Title: name, Align: Right}, {Title: "N°", Align: Centre}},
			Groups:  []Group{{Title: title, Rows: [][]string{{name, value, cell}, {cell}}}},
		})
		d.Section(title)
		d.Note(T(cell))
		d.Signature(Signature{Place: title, Role: name, Name: value, Stamp: cell})
		d.feet()
		all.Paragraph(T(title), B(name), T(value), B(cell))
		if out := spill(d); out != "" {
			t.Fatalf("out of the frame: %s", out)
		}
		if r := lost(d, title, name, value, cell, title, name, value, cell); r != "" {
			t.Fatalf("%q is missing", r)
		}
	})
	if _, err := all.Bytes(); err != nil {
		t.Error(err)
	}
}

func TestSpillAndLostSeeFaults(t *testing.T) { // control of the test above
	d := New(sample)
	d.Paragraph(T("Zoé"))
	if r := lost(d, "Zoë"); r != "ë" {
		t.Errorf("lost = %q, want ë", r)
	}
	if out := spill(d); out != "" {
		t.Errorf("spill = %q on a sound page", out)
	}
	d.line(fit(d.theme.body(), 9000, T(strings.Repeat("x", 200))), glyphs(T(strings.Repeat("x", 200))), 68, 100)
	if spill(d) == "" {
		t.Error("spill does not see a line that leaves the page")
	}
}

func TestPagesOfEachPieceAreNumberedFromOne(t *testing.T) {
	d := New(sample)
	for _, pages := range []int{1, 3, 2} {
		d.Begin(Footer{Number: "N"})
		for range pages - 1 {
			d.Page()
		}
	}
	d.feet()
	var got []string
	for _, page := range d.pages {
		got = append(got, stringOf(page.texts[len(page.texts)-1].letters))
	}
	want := "Page 1/1,Page 1/3,Page 2/3,Page 3/3,Page 1/2,Page 2/2"
	if strings.Join(got, ",") != want {
		t.Errorf("feet say %v, want %s", got, want)
	}
}

// Every sheet after the first says in its margin who issues the piece and what it is; the next piece says its own.
func TestSheetsAfterTheFirstSayWhatTheyAreOf(t *testing.T) {
	d := New(sample)
	for _, pupil := range []string{"ABADIE Lina", "ZHANG Lucas"} {
		d.Begin(Footer{})
		d.Header(Header{Issuer: []string{"École des Haras", "2 rue du Lac"}})
		d.Title("Fiche", pupil, "CP")
		d.Page()
		d.Title("Annexe")
		d.Page()
	}
	d.feet()
	for i, page := range d.pages {
		var said strings.Builder
		for _, text := range page.texts {
			if recalls(d, page, text) {
				said.WriteString(stringOf(text.letters))
			}
		}
		want := ""
		if n := i % 3; n > 0 {
			want = "École des Haras" + "Fiche" + "  " + []string{"ABADIE Lina", "ZHANG Lucas"}[i/3]
		}
		if got := said.String(); got != want {
			t.Errorf("sheet %d recalls %q, want %q", i+1, got, want)
		}
	}
	if out := spill(d); out != "" {
		t.Errorf("out of the frame: %s", out)
	}
}

func TestSignatureStaysOnOnePage(t *testing.T) {
	for lines := range 45 {
		d := New(sample)
		d.Begin(Footer{})
		for range lines {
			d.Paragraph(T("Ligne"))
		}
		d.Signature(Signature{Place: "Fait à Tarbes", Role: "Le maire", Name: "Zoé Œuvrard", Stamp: "Cachet"})
		if d.y > d.floor() {
			t.Fatalf("after %d lines the signature ends at %.0f, under the floor %.0f", lines, d.y, d.floor())
		}
	}
}

// A signature alone on a sheet would be that of any text: the end of what is signed stands with it, be it a paragraph, a
// note, a summary or a table.
func TestTheEndOfATextStaysWithItsSignature(t *testing.T) {
	s := Signature{Place: "Fait à Tarbes", Role: "Le maire", Name: "Zoé Œuvrard", Stamp: "Cachet"}
	for kind, block := range map[string]func(*Document){
		"a paragraph": func(d *Document) { d.Paragraph(T("SIGNÉ")) },
		"a long one":  func(d *Document) { d.Paragraph(T(strings.Repeat("Longue ", 80) + "SIGNÉ")) },
		"a note":      func(d *Document) { d.Note(T("SIGNÉ")) },
		"a summary":   func(d *Document) { d.Rows([]Row{R("Nom", "ABADIE"), R("Classe", "SIGNÉ")}) },
		"a table": func(d *Document) {
			d.Table(Table{Columns: []Column{{Title: "Nom"}}, Groups: []Group{{Rows: [][]string{{"ABADIE"}, {"SIGNÉ"}}}}})
		},
	} {
		turned := 0
		for lines := range 45 {
			d := New(sample)
			d.Begin(Footer{})
			for range lines {
				d.Paragraph(T("Ligne"))
			}
			d.Before(s)
			block(d)
			d.Signature(s)
			if d.y > d.floor() {
				t.Fatalf("%s after %d lines: the signature ends under the floor", kind, lines)
			}
			if len(d.pages) > 1 {
				turned++
			}
			var last strings.Builder
			for _, text := range d.pages[len(d.pages)-1].texts {
				last.WriteString(stringOf(text.letters))
			}
			if !strings.Contains(last.String(), "SIGNÉ") {
				t.Errorf("%s after %d lines: the signature stands alone", kind, lines)
			}
		}
		if turned == 0 || turned == 45 {
			t.Errorf("%s: %d documents of 45 take two sheets", kind, turned)
		}
	}
}

// What recalls a piece takes the room that the name of the issuer leaves it, and holds on one line when it can.
func TestARecallTakesTheRoomThatIsLeft(t *testing.T) {
	d := New(sample)
	d.Begin(Footer{})
	d.Header(Header{Issuer: []string{"École Jean-Jaurès"}})
	d.Title("Fiche de renseignements", "DE LA TOUR D’AUVERGNE Marie-Antoinette, CE1 A, année 2026-2027")
	d.Page()
	d.feet()
	heights := map[float64]bool{}
	for _, text := range d.pages[1].texts {
		if recalls(d, d.pages[1], text) {
			heights[text.y] = true
		}
	}
	if len(heights) != 1 {
		t.Errorf("the recall stands on %d lines", len(heights))
	}
}

func TestADateIsCompulsory(t *testing.T) {
	if _, err := New(Options{Title: "Sans date"}).Bytes(); err == nil {
		t.Error("a document without date was accepted")
	}
	if _, err := New(sample).Bytes(); err != nil { // control
		t.Error(err)
	}
}
