package pdf

// Signature is the place where a person signs and the body stamps.
type Signature struct {
	Place string // « Fait à Tarbes, le 12 avril 2026 »
	Role  string // « La directrice »
	Name  string
	Stamp string // caption of the stamp's frame, « Cachet de l’école »; none if empty
}

// Signature writes the place to sign on the right, the place to stamp on the left, on one page: that of the text, if there is
// any room for it there.
func (d *Document) Signature(s Signature) {
	t := d.theme
	half := d.width()*0.5 - t.leading
	who := fit(t.body(), half, s.spans()...)
	const stamp = 110 // points: the round stamps of offices are 36 mm wide at most
	top := t.leading / 4
	width := min(half, 2*stamp)
	caption := fit(t.small().aligned(Centre).onLinesOf(t.body()), width-16, T(s.Stamp))
	framed := max(stamp, caption.height()+2*top)
	least := top + who.height() + t.leading // a hand signs in what the stamp leaves beside it
	if s.Stamp != "" {
		least = max(least, framed)
	}
	height := max(least, top+who.height()+t.sign*t.leading)
	switch {
	case d.left() >= 2*t.leading+height:
		d.gap(2)
	case d.left() >= t.leading+least: // closer to the text, rather than alone on another page
		d.gap(1)
		height = least
	}
	d.room(height)
	if s.Stamp != "" {
		d.frame(t.side, d.y, width, framed)
		d.draw(caption, t.side+8, d.y+top)
	}
	d.draw(who, t.side+d.width()-half, d.y+top)
	d.y += height
}

func (s Signature) spans() []Span {
	var spans []Span
	if s.Place != "" {
		spans = append(spans, T(s.Place+"\n\n"))
	}
	if s.Role != "" {
		spans = append(spans, B(s.Role+"\n"))
	}
	return append(spans, T(s.Name))
}

func (d *Document) frame(x, y, width, height float64) {
	d.out.SetDrawColor(hairline.r, hairline.g, hairline.b)
	d.out.SetLineWidth(0.6)
	d.out.RoundedRect(x, y, width, height, 4, "1234", "D")
}
