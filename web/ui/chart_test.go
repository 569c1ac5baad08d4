package ui_test

import (
	"strings"
	"testing"

	"base-eleves/web/ui"
)

func TestPyramid(t *testing.T) {
	t.Parallel()
	got := render(t, ui.Pyramid(ui.PyramidProps{ID: "p", Title: "Âges", Left: "Filles", Right: "Garçons", Bands: []ui.PyramidBand{
		{Label: "2018", Left: 1_000, Right: 1}, {Label: "2019", Left: 500}}}))
	for _, want := range []string{
		`role="img" aria-labelledby="p-titre p-texte"`, `<title id="p-titre">Âges</title>`,
		"2018\u00a0: Filles\u00a01\u00a0000, Garçons\u00a01. ",
		`<rect x="36" y="24" width="116" height="16" fill="url(#p-0)">`,                                              // the longest bar, drawn to the left
		`<rect x="208" y="24" width="1" height="16" fill="url(#p-1)">`,                                               // one pupil is seen
		`<rect x="94" y="48" width="58" height="16" fill="url(#p-0)">`, `<text x="212" y="61" text-anchor="start">0`, // half of it; nobody is written, not drawn
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	if n := strings.Count(got, `fill="url`); n != 3 {
		t.Errorf("%d bars, want 3", n)
	}
	if strings.Contains(got, "style=") { // the policy of the pages refuses it
		t.Error("a style is written in the drawing")
	}
}

func TestBars(t *testing.T) {
	t.Parallel()
	got := render(t, ui.Bars(ui.BarsProps{ID: "e", Title: "Évolution", Parts: []string{"Cycle 1", "Cycle 2"}, Bars: []ui.Bar{
		{Label: "2025-2026", Counts: []int{10, 10}}, {Label: "2026-2027", Counts: []int{0, 5}}, {Label: "2027-2028", Counts: []int{0, 0}}}}))
	for _, want := range []string{
		`<rect x="72" y="0" width="114" height="16" fill="url(#e-0)">`, `<rect x="186" y="0" width="114" height="16" fill="url(#e-1)">`, // one after the other
		`<rect x="72" y="24" width="57" height="16" fill="url(#e-1)">`, "2027-2028\u00a0: 0. ", `>Cycle 2</text>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}
