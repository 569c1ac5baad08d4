package pdf

import (
	"maps"
	"slices"
)

// text is a stretch of letters of one weight and its place on a page.
type text struct {
	x, y    float64
	style   style
	letters []glyph
}

// ink draws the texts of all pages, once the letters they use are known.
func (d *Document) ink() {
	light, heavy := d.embed(regular, d.letters(false)), d.embed(bold, d.letters(true))
	for i, page := range d.pages {
		d.out.SetPage(i + 1)
		for _, t := range page.texts {
			if t.letters[0].bold {
				d.print(t, heavy)
			} else {
				d.print(t, light)
			}
		}
		d.pages[i].texts = nil // drawn: a file of hundreds of pages holds them once, not twice
	}
}

// letters are those that the document writes in one weight, sorted.
func (d *Document) letters(isBold bool) []rune {
	used := map[rune]bool{}
	for _, page := range d.pages {
		for _, t := range page.texts {
			for _, g := range t.letters {
				if g.bold == isBold {
					used[g.r] = true
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(used))
}

// print draws a text, in as many stretches as it changes font programs.
func (d *Document) print(t text, f fonts) {
	c := t.style.colour
	d.out.SetTextColor(c.r, c.g, c.b)
	for len(t.letters) > 0 {
		n := d.stretch(t, f)
		t.x += t.style.points(widthOf(t.letters[:n]))
		t.letters = t.letters[n:]
	}
}

// stretch draws the beginning of a text, up to a letter of the other program.
func (d *Document) stretch(t text, f fonts) int {
	var codes []byte
	var letters []rune
	for _, g := range t.letters {
		if code, ok := byteOf(g.r); ok && len(letters) == 0 {
			codes = append(codes, code)
		} else if !ok && len(codes) == 0 {
			letters = append(letters, g.r)
		} else {
			break
		}
	}
	if len(codes) > 0 {
		d.out.SetFont(f.simple, "", t.style.size)
		d.out.Text(t.x, t.y, string(codes))
	} else {
		d.out.SetFont(f.unicode, "", t.style.size)
		d.out.Text(t.x, t.y, string(letters))
	}
	return len(codes) + len(letters)
}
