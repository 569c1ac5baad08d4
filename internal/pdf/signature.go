package pdf

// Signature is the place where a person signs and the body stamps.
type Signature struct {
	Place string // « Fait à Tarbes, le 12 avril 2026 »
	Role  string // « La directrice »
	Name  string
	Stamp string // caption of the stamp's frame, « Cachet de l’école »; none if empty
}

// place is a Signature laid out.
type place struct {
	who, caption box
	half, width  float64 // of the column of the name, of the stamp's frame
	top, framed  float64 // the blank above the name, the height of the frame
	least        float64 // height: a hand signs in what the stamp leaves beside it
}

func (d *Document) place(s Signature) place {
	t := d.theme
	const stamp = 110 // points: the round stamps of offices are 36 mm wide at most
	p := place{half: d.width()*0.5 - t.leading, top: t.leading / 4}
	p.who = fit(t.body(), p.half, s.spans()...)
	p.width = min(p.half, 2*stamp)
	p.caption = fit(t.small().aligned(Centre).onLinesOf(t.body()), p.width-16, T(s.Stamp))
	p.framed = max(stamp, p.caption.height()+2*p.top)
	p.least = p.top + p.who.height() + t.leading
	if s.Stamp != "" {
		p.least = max(p.least, p.framed)
	}
	return p
}

// Before says that a signature follows the next block: the end of it stays with the signature, which alone on a sheet would
// be that of any text.
func (d *Document) Before(s Signature) { d.after = d.theme.leading + d.place(s).least }

// signedLines is how many lines of a text a signature keeps with it.
const signedLines = 2

// roomFor turns the page before a line, when n are still to come, this one included, unless they hold with what follows them.
func (d *Document) roomFor(n int, leading float64) {
	height := leading
	if d.after > 0 && n <= signedLines {
		height = float64(n)*leading + d.after
	}
	d.room(height)
}

// Signature writes the place to sign on the right, the place to stamp on the left, on one page: that of the text, if there is
// any room for it there.
func (d *Document) Signature(s Signature) {
	d.after = 0
	t, p := d.theme, d.place(s)
	least, height := p.least, max(p.least, p.top+p.who.height()+t.sign*t.leading)
	switch {
	case d.left() >= 2*t.leading+height:
		d.gap(2)
	case d.left() >= t.leading+least: // closer to the text, rather than alone on another page
		d.gap(1)
		height = least
	}
	d.room(height)
	if s.Stamp != "" {
		d.frame(t.side, d.y, p.width, p.framed)
		d.draw(p.caption, t.side+8, d.y+p.top)
	}
	d.draw(p.who, t.side+d.width()-p.half, d.y+p.top)
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
