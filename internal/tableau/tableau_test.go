package tableau_test

import (
	"bytes"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"base-eleves/internal/tableau"
)

func sample(rows ...[]any) tableau.Table {
	return tableau.Table{
		Title: "Inscriptions 2026-2027", Details: []string{"État\u00a0: inscrit"}, Issuer: "Mairie de Tarbes",
		Made:    time.Date(2026, time.November, 20, 10, 0, 0, 0, time.UTC),
		Columns: append(tableau.Columns("Nom", "Né le"), tableau.Column{Title: "Enfants", Number: true}),
		Rows:    rows, Empty: "Aucune inscription.",
	}
}

var (
	avril = time.Date(2019, time.April, 12, 0, 0, 0, 0, time.UTC)
	lucja = []any{"ŁUCJA Œrtel", avril, 2}
)

func TestCSV(t *testing.T) {
	for _, tt := range []struct {
		name string
		row  []any
		want string
	}{
		{"texts, dates and counts", lucja, "ŁUCJA Œrtel;12/04/2019;2"},
		{"a date that is not known", []any{"Abadie", time.Time{}, 0}, "Abadie;;0"},
		{"a separator in a text", []any{"Abadie; Anne", avril, 1}, `"Abadie; Anne";12/04/2019;1`},
		{"a formula stays a text", []any{"=1+1", avril, 1}, "'=1+1;12/04/2019;1"},
		{"a telephone from abroad too", []any{"+34 612 345 678", avril, 1}, "'+34 612 345 678;12/04/2019;1"},
		{"a negative count is a number", []any{"Abadie", avril, -1}, "Abadie;12/04/2019;-1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := sample(tt.row).CSV()
			if want := "\ufeffNom;Né le;Enfants\r\n" + tt.want + "\r\n"; err != nil || string(got) != want {
				t.Errorf("got %q, %v, want %q", got, err, want)
			}
		})
	}
}

func TestXLSX(t *testing.T) {
	content, err := sample(lucja, []any{"=1+1", time.Time{}, 12}).XLSX()
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	for cell, want := range map[string]string{
		"A1": "Nom", "A2": "ŁUCJA Œrtel", "B2": "12/04/2019", "C2": "2", "A3": "=1+1", "B3": "", "C3": "12",
	} {
		if got, err := f.GetCellValue("Liste", cell); err != nil || got != want {
			t.Errorf("%s holds %q, %v, want %q", cell, got, err, want)
		}
	}
	for cell, want := range map[string]excelize.CellType{"B2": excelize.CellTypeUnset, "A3": excelize.CellTypeInlineString} {
		if got, err := f.GetCellType("Liste", cell); err != nil || got != want {
			t.Errorf("%s is of type %v, %v, want %v: a date is a number, a formula is a text", cell, got, err, want)
		}
	}
}

func TestPDF(t *testing.T) {
	for _, tt := range []struct {
		name string
		rows [][]any
		want []string
	}{
		{"head, rows and foot", [][]any{lucja}, []string{
			"Mairie de Tarbes", "Inscriptions 2026-2027", "État : inscrit", "ŁUCJA Œrtel", "12/04/2019",
			"Document confidentiel", "Page 1/1", "Édité le 20/11/2026",
		}},
		{"nothing to list", nil, []string{"Aucune inscription."}},
		{"the head is repeated", rows(200), []string{"Page 2/"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			content, err := sample(tt.rows...).PDF()
			if err != nil {
				t.Fatal(err)
			}
			got := textOf(t, content)
			for _, want := range tt.want {
				if !strings.Contains(got, want) {
					t.Errorf("%q is not on paper:\n%s", want, got)
				}
			}
			if pages := strings.Count(got, "\f"); strings.Count(got, "Né le") != pages {
				t.Errorf("the titles are on %d pages of %d", strings.Count(got, "Né le"), pages)
			}
		})
	}
}

func rows(n int) [][]any {
	rows := make([][]any, n)
	for i := range rows {
		rows[i] = lucja
	}
	return rows
}

func textOf(t *testing.T, file []byte) string {
	t.Helper()
	cmd := exec.Command("pdftotext", "-layout", "-enc", "UTF-8", "-", "-")
	cmd.Stdin = bytes.NewReader(file)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("pdftotext, of the package poppler-utils: %v", err)
	}
	return strings.ReplaceAll(string(out), "\u00a0", " ")
}

func TestFile(t *testing.T) {
	for _, format := range tableau.Formats {
		first, contentType, err := sample(lucja).File(format)
		if err != nil || contentType == "" {
			t.Errorf("%s: %q, %v", format, contentType, err)
		}
		if second, _, _ := sample(lucja).File(format); !bytes.Equal(first, second) {
			t.Errorf("%s: the same table gives two files", format)
		}
	}
	if _, _, err := sample(lucja).File("doc"); err == nil {
		t.Error("a format that does not exist is made")
	}
}

// groups is the sample in two groups.
func groups(apart bool) tableau.Table {
	t := sample()
	t.Grouped, t.Apart = "Classe", apart
	t.Groups = []tableau.Group{
		{Title: "CE1 A", Detail: "1 élève", Rows: [][]any{lucja}},
		{Title: "CE1 B", Detail: "2 élèves", Rows: [][]any{lucja, {"Abadie", avril, 3}}},
	}
	return t
}

// A spreadsheet names the group in each row; paper puts it above them, or on sheets of its own.
func TestGroups(t *testing.T) {
	content, err := groups(false).CSV()
	want := "\ufeffClasse;Nom;Né le;Enfants\r\nCE1 A;ŁUCJA Œrtel;12/04/2019;2\r\nCE1 B;ŁUCJA Œrtel;12/04/2019;2\r\nCE1 B;Abadie;12/04/2019;3\r\n"
	if err != nil || string(content) != want {
		t.Errorf("got %q, %v, want %q", content, err, want)
	}
	for apart, pages := range map[bool]int{false: 1, true: 2} {
		content, err := groups(apart).PDF()
		if err != nil {
			t.Fatal(err)
		}
		got := textOf(t, content)
		if n := strings.Count(got, "\f"); n != pages || strings.Count(got, "Page 1/1") != pages {
			t.Errorf("apart %v: %d pages\n%s", apart, n, got)
		}
		if strings.Contains(got, "Inscriptions 2026-2027 – CE1 B") != apart || strings.Contains(got, "2 élèves") != apart {
			t.Errorf("apart %v: the sheet does not say which group it is\n%s", apart, got)
		}
	}
}
