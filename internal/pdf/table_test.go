package pdf

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

func register(rows int, cell string) Table {
	t := Table{Columns: []Column{{Title: "Rang", Align: Right}, {Title: "Observations"}}}
	g := Group{Title: "Cours préparatoire"}
	for i := range rows {
		g.Rows = append(g.Rows, []string{fmt.Sprint(i + 1), cell})
	}
	t.Groups = []Group{g}
	return t
}

// shown is what each page says, in the order it was written.
func shown(d *Document) []string {
	d.feet()
	var pages []string
	for _, page := range d.pages {
		var b strings.Builder
		for _, t := range page.texts {
			b.WriteString(stringOf(t.letters) + "|")
		}
		pages = append(pages, b.String())
	}
	return pages
}

func TestTableRepeatsItsHeadOnEveryPage(t *testing.T) {
	d := New(sample)
	d.Table(register(100, "présent"))
	pages := shown(d)
	if len(pages) < 3 {
		t.Fatalf("100 rows hold on %d pages", len(pages))
	}
	for i, page := range pages {
		want := "Rang|Observations|Cours préparatoire"
		if i > 0 {
			want += " (suite)"
		}
		if !strings.HasPrefix(page, want+"|") {
			t.Errorf("page %d begins with %.60q", i+1, page)
		}
	}
	all := strings.Join(pages, "")
	for i := range 100 {
		if row := fmt.Sprintf("|%d|présent|", i+1); strings.Count(all, row) != 1 {
			t.Errorf("row %d is shown %d times", i+1, strings.Count(all, row))
		}
	}
}

func TestARowLongerThanAPageIsContinued(t *testing.T) {
	d := New(sample)
	story := strings.Repeat("mot ", 3000)
	d.Table(register(1, story))
	if pages := shown(d); len(pages) < 3 {
		t.Errorf("3000 words hold on %d pages", len(pages))
	}
	if r := lost(d, story); r != "" {
		t.Errorf("%q is missing", r)
	}
	if out := spill(d); out != "" {
		t.Errorf("out of the frame: %s", out)
	}
}

func TestAHeadingIsNeverAloneAtTheBottom(t *testing.T) {
	for rows := range 50 {
		d := New(sample)
		table := register(rows, "présent")
		table.Groups = append(table.Groups, Group{Title: "Cours moyen", Rows: [][]string{{"1", "absente"}}})
		d.Table(table)
		for i, page := range shown(d) {
			if strings.Contains(page, "Cours moyen|") && !strings.Contains(page, "absente") {
				t.Fatalf("with %d rows the heading is alone on page %d", rows, i+1)
			}
		}
	}
}

func TestAnEmptyTableSaysSo(t *testing.T) {
	d := New(sample)
	d.Table(Table{Columns: []Column{{Title: "Nom"}}, Empty: "Aucun élève."})
	if pages := shown(d); !strings.Contains(pages[0], "Aucun élève.") {
		t.Errorf("the page says %q", pages[0])
	}
	d = New(sample)
	table := register(1, "présent")
	table.Empty = "Aucun élève."
	d.Table(table)
	if pages := shown(d); strings.Contains(pages[0], "Aucun") { // control
		t.Errorf("the page says %q", pages[0])
	}
}

func TestARowWithTooManyCellsIsAFault(t *testing.T) {
	table := register(1, "présent")
	table.Groups[0].Rows[0] = []string{"1", "2", "3"}
	d := New(sample)
	d.Table(table)
	if _, err := d.Bytes(); err == nil {
		t.Error("the third cell of two columns was dropped in silence")
	}
}

func TestShare(t *testing.T) {
	col := func(least, full float64) want { return want{least: least, full: full} }
	fixed := want{least: 50, full: 50, fixed: true}
	for _, c := range []struct {
		what  string
		wants []want
		got   []float64
	}{
		{"room to spare goes to the longest", []want{col(10, 20), col(10, 60)}, []float64{25, 75}},
		{"but not to a fixed column", []want{fixed, col(10, 30)}, []float64{50, 50}},
		{"a column too long gives way", []want{col(20, 20), col(40, 200)}, []float64{20, 80}},
		{"short columns are served first", []want{col(10, 30), col(10, 40), col(10, 90)}, []float64{30, 35, 35}},
		{"words too long are scaled", []want{col(100, 200), col(300, 300)}, []float64{25, 75}},
		{"only fixed columns keep their width", []want{fixed}, []float64{50}},
	} {
		for i, got := range share(c.wants, 100) {
			if math.Abs(got-c.got[i]) > 1e-6 {
				t.Errorf("%s: column %d is %.1f wide, want %.1f", c.what, i, got, c.got[i])
			}
		}
	}
}
