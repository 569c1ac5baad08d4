package pdf

// Portrait is a place for the photograph that a school glues, and who it is.
type Portrait struct{ Name, Detail string }

// Portraits writes a grid of empty frames with names under them, columns to a line.
func (d *Document) Portraits(columns int, list []Portrait) {
	const gap = 4 * mm
	width := (d.width() - float64(columns-1)*gap) / float64(columns)
	frame := width * 1.15
	d.gap(0.5)
	for from := 0; from < len(list); from += columns {
		line := list[from:min(from+columns, len(list))]
		tall := 0.0
		for _, p := range line {
			tall = max(tall, p.caption(width).height())
		}
		d.room(frame + tall + gap)
		for i, p := range line {
			x := d.theme.side + float64(i)*(width+gap)
			d.frame(x, d.y, width, frame)
			d.draw(p.caption(width), x, d.y+frame+2)
		}
		d.y += frame + tall + gap
	}
}

func (p Portrait) caption(width float64) box {
	spans := []Span{B(p.Name)}
	if p.Detail != "" {
		spans = append(spans, T("\n"+p.Detail))
	}
	return fit(set(8, 10, ink).aligned(Centre), width, spans...)
}
