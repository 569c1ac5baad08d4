package ui_test

import (
	"strings"
	"testing"

	"base-eleves/web/ui"
)

// A count leads to what it counts, unless there is nothing to see.
func TestEffectifsLead(t *testing.T) {
	t.Parallel()
	html := render(t, ui.Effectifs(ui.EffectifsProps{
		Columns: []string{"CP", "CE1"},
		Rows: []ui.EffectifRow{
			{Label: "CP A", Counts: []int{24, 0}, Hrefs: []string{"/eleves?niveau=CP&classe=1", "/eleves?niveau=CE1", "/classes/1"}},
			{Label: "Sans classe", Counts: []int{1, 2}},
		},
		Totals: []string{"/eleves?niveau=CP", "", "/eleves"},
	}))
	for _, want := range []string{
		`<a href="/eleves?niveau=CP&amp;classe=1">24</a>`, `<a href="/classes/1">24</a>`, `<a href="/eleves?niveau=CP">25</a>`, `<a href="/eleves">27</a>`,
	} {
		if !strings.Contains(html, want) {
			t.Errorf("%s is missing from %s", want, html)
		}
	}
	if n := strings.Count(html, "<a "); n != 4 {
		t.Errorf("%d links, want 4: zeros and lines without addresses lead nowhere", n)
	}
}

func TestLinkCellDisarms(t *testing.T) {
	t.Parallel()
	html := render(t, ui.LinkCell("<b>", "javascript:alert(1)"))
	if strings.Contains(html, "javascript") || strings.Contains(html, "<b>") {
		t.Errorf("a dangerous cell: %s", html)
	}
}

// A refused bulk form comes back with its selection.
func TestListKeepsSelection(t *testing.T) {
	t.Parallel()
	html := render(t, ui.List(ui.ListProps{
		Columns: []ui.Column{{Label: "Nom"}}, Bulk: []ui.BulkAction{{Label: "Placer", Action: "/repartition"}},
		Rows: []ui.ListRow{{ID: "a", Checked: true, Cells: ui.Cells("Lina")}, {ID: "b", Cells: ui.Cells("Noé")}},
	}))
	if !strings.Contains(html, `value="a" checked`) || strings.Contains(html, `value="b" checked`) {
		t.Errorf("the selection is lost: %s", html)
	}
}
