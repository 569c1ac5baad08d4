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

// Slip begins the part that the reader cuts off and gives back: a broken line, then what to do with it. What follows
// stays on the page as long as it fits.
func (d *Document) Slip(title string) {
	t := d.theme
	d.gap(1)
	d.room(8 * t.leading)
	d.out.SetDashPattern([]float64{4, 3}, 0)
	d.rule(t.side, d.y, d.width(), 0.8, muted)
	d.out.SetDashPattern([]float64{}, 0)
	d.y += t.leading / 2
	d.flow(fit(set(t.size*1.1, t.leading, accent), d.width(), B(title)), t.side)
}
