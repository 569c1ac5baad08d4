package web_test

import (
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"base-eleves/web"
)

var token = regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{3,6});`)

// tokens reads the colours of a scheme; the dark one overrides some of the light one.
func tokens(t *testing.T, dark bool) map[string]string {
	t.Helper()
	css, err := io.ReadAll(get(t, web.Path("app.css"), "").Body)
	if err != nil {
		t.Fatal(err)
	}
	light, rest, _ := strings.Cut(string(css), "@media (prefers-color-scheme: dark)")
	night, _, _ := strings.Cut(rest, "*, ::before")
	colours := map[string]string{}
	if dark {
		light += night
	}
	for _, m := range token.FindAllStringSubmatch(light, -1) {
		colours[m[1]] = m[2]
	}
	return colours
}

// luminance is that of WCAG 2.2.
func luminance(hex string) float64 {
	if len(hex) == 3 {
		hex = hex[:1] + hex[:1] + hex[1:2] + hex[1:2] + hex[2:] + hex[2:]
	}
	sum := 0.0
	for i, weight := range []float64{.2126, .7152, .0722} {
		n, _ := strconv.ParseUint(hex[2*i:2*i+2], 16, 8) // the expression has let only digits in
		c := float64(n) / 255
		if c <= .04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+.055)/1.055, 2.4)
		}
		sum += weight * c
	}
	return sum
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}

// RGAA 3.2 asks 4.5 of texts, and 3.3 asks 3 of the edges of what one types in or presses.
func TestContrast(t *testing.T) {
	t.Parallel()
	for _, dark := range []bool{false, true} {
		colours := tokens(t, dark)
		for _, tt := range []struct {
			ratio  float64
			fronts string
			backs  string
		}{
			{4.5, "ink muted accent accent-strong danger", "bg surface sunken"},
			{4.5, "accent-strong", "accent-soft"}, {4.5, "on-accent", "accent"},
			{4.5, "ink success", "success-soft"}, {4.5, "ink warning", "warning-soft"}, {4.5, "ink danger", "danger-soft"},
			{4.5, "surface", "danger"}, {4.5, "on-bar bar-soft", "bar bar-field"},
			{3, "edge accent", "bg surface sunken"}, {3, "bar-soft", "bar"},
		} {
			for _, front := range strings.Fields(tt.fronts) {
				for _, back := range strings.Fields(tt.backs) {
					if got := contrast(colours[front], colours[back]); got < tt.ratio {
						t.Errorf("%s on %s, dark %v: %.2f, want %.1f", front, back, dark, got, tt.ratio)
					}
				}
			}
		}
	}
	if got := contrast("000", "ffffff"); math.Abs(got-21) > .001 {
		t.Errorf("black on white gives %.3f, want 21", got)
	}
}
