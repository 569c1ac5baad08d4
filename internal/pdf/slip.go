package pdf

// Address writes to whom a letter goes, on the right, where an envelope has its window.
func (d *Document) Address(to ...string) {
	half := d.width() * 0.45
	b := fit(d.theme.body(), half, lines(to)...)
	d.gap(1)
	d.room(b.height())
	d.draw(b, d.theme.side+d.width()-half, d.y)
	d.y += b.height()
	d.gap(1)
}

// Slip writes the part that the reader cuts off and gives back: a broken line, what to do with it, then the rest, all on one
// page if any page holds it.
func (d *Document) Slip(title string, rest func(*Document)) {
	cut := func(d *Document) {
		t := d.theme
		d.out.SetDashPattern([]float64{4, 3}, 0)
		d.rule(t.side, d.y, d.width(), 0.8, muted)
		d.out.SetDashPattern([]float64{}, 0)
		d.y += t.leading / 2
		d.flow(fit(set(t.size*1.1, t.leading, accent), d.width(), B(title)), t.side)
		rest(d)
	}
	d.gap(1)
	d.room(d.measure(cut))
	cut(d)
}

// measure is the height of a part, written on a page that is thrown away; that of a line when it takes several pages.
func (d *Document) measure(part func(*Document)) float64 {
	d.start()
	m := New(d.options)
	m.open(sheet{foot: d.pages[len(d.pages)-1].foot, number: 1})
	part(m)
	if len(m.pages) > 1 {
		return d.theme.leading
	}
	return m.y - m.theme.top
}
