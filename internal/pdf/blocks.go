package pdf

// Header is the head of a letter: who issues it, and on the other side a reference or a date.
type Header struct {
	Issuer []string // the first line is the name, in bold
	Right  []string
}

// Header writes the head of the page.
func (d *Document) Header(h Header) {
	d.start()
	d.headed(h)
	t, x := d.theme, d.theme.side
	left, right := d.width()*0.58, d.width()*0.38
	name := set(t.size*1.15, t.leading, ink)
	issuer, address := fit(name, left, B("")), box{}
	if len(h.Issuer) > 0 {
		issuer, address = fit(name, left, B(h.Issuer[0])), fit(t.small(), left, lines(h.Issuer[1:])...)
	}
	side := fit(t.small().aligned(Right), right, lines(h.Right)...)
	lower := name.baseline() - side.style.baseline() // both begin on the same line
	d.draw(issuer, x, d.y)
	d.draw(address, x, d.y+issuer.height())
	d.draw(side, x+d.width()-right, d.y+lower)
	d.y += max(issuer.height()+address.height(), lower+side.height()) + t.leading/2
	d.rule(x, d.y, d.width(), 0.8, accent)
	d.y += t.leading / 2
}

// lines joins texts into one, each on its own line.
func lines(texts []string) []Span {
	var spans []Span
	for i, t := range texts {
		if i > 0 {
			spans = append(spans, T("\n"))
		}
		spans = append(spans, T(t))
	}
	return spans
}

// Title writes what the piece is; the subtitles follow, each on its own line.
func (d *Document) Title(title string, subtitles ...string) {
	t := d.theme
	big, under := t.title(), t.body().tinted(muted)
	if t.centred {
		big.align, under.align = Centre, Centre
		d.gap(2.5)
	} else {
		d.gap(0.5)
	}
	head, rest := fit(big, d.width(), B(title)), fit(under, d.width(), lines(subtitles)...)
	d.room(head.height() + rest.height() + t.leading)
	d.titled(title, subtitles)
	d.flow(head, t.side)
	if len(subtitles) > 0 {
		d.flow(rest, t.side)
	}
	if t.centred {
		d.rule(t.side+d.width()/2-24, d.y+t.leading/2, 48, 1.2, accent)
		d.y += 1.5 * t.leading
	}
}

// Section writes a heading inside a piece and keeps it with what follows.
func (d *Document) Section(title string) {
	b := fit(set(d.theme.size*1.1, d.theme.leading, accent), d.width(), B(title))
	d.gap(1)
	d.room(b.height() + 3*d.theme.leading)
	d.flow(b, d.theme.side)
}

// Paragraph writes running text.
func (d *Document) Paragraph(spans ...Span) {
	d.gap(0.5)
	d.flow(fit(d.theme.body(), d.width(), spans...), d.theme.side)
}

// Note writes a remark in small type; a short one stays on one page.
func (d *Document) Note(spans ...Span) {
	const short = 6 // lines
	d.gap(0.5)
	b := fit(d.theme.small(), d.width(), spans...)
	if len(b.lines) <= short {
		d.room(b.height())
	}
	d.flow(b, d.theme.side)
}

// Row is one line of a summary: what, and its value.
type Row struct {
	Label string
	Value []Span
}

// R is a Row whose value is plain text.
func R(label, value string) Row { return Row{Label: label, Value: []Span{T(value)}} }

// Rows writes a summary: labels on the left, values on the right, a thin rule between.
func (d *Document) Rows(rows []Row) {
	t := d.theme
	d.gap(0.5)
	label := t.small().onLinesOf(t.body())
	column, pad := d.labelWidth(rows, label), t.leading/4
	x := t.side + column + 1.5*t.leading
	for i, row := range rows {
		what := fit(label, column, T(row.Label))
		value := fit(t.body(), t.side+d.width()-x, row.Value...)
		height := max(what.height(), value.height()) + 2*pad
		if i == len(rows)-1 {
			height += d.after
		}
		d.room(min(height, d.floor()-t.top))
		if i > 0 {
			d.rule(t.side, d.y, d.width(), 0.4, hairline)
		}
		d.beside(what, t.side, value, x, pad)
	}
	d.gap(0.5)
}

// beside writes two boxes on the same lines, over several pages when they are that long.
func (d *Document) beside(a box, xa float64, b box, xb, pad float64) {
	d.y += pad
	for i := range max(len(a.lines), len(b.lines)) {
		d.room(d.theme.leading)
		if i < len(a.lines) {
			d.line(a, a.lines[i], xa, d.y)
		}
		if i < len(b.lines) {
			d.line(b, b.lines[i], xb, d.y)
		}
		d.y += d.theme.leading
	}
	d.y += pad
}

func (d *Document) labelWidth(rows []Row, s style) float64 {
	width := 0.0
	for _, row := range rows {
		width = max(width, s.points(natural(glyphs(T(row.Label)))))
	}
	return min(width+0.1, d.width()*d.theme.label)
}
