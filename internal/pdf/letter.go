package pdf

// Recipient writes the address of a letter on the right, where a sheet folded in three shows it through the window of a
// DL envelope: 45 mm from its top, 100 mm from its left edge. The text goes on under it.
func (d *Document) Recipient(lines []string) {
	d.start()
	const top, left, width, height = 47 * mm, 104 * mm, 84 * mm, 30 * mm
	y := max(d.y, top)
	boxes, tall := Label(lines).set(10.5, width)
	for _, b := range boxes {
		d.draw(b, left, y)
		y += b.height()
	}
	d.y = max(d.y, top) + max(height, tall+d.theme.leading)
}

// Envelope writes an envelope: who sends it at the top, who receives it in the middle of the right half.
func (d *Document) Envelope(from, to []string) {
	d.open(sheet{})
	width, height := d.out.GetPageSize()
	const side = 10 * mm
	d.write(Label(from), 8, side, side, width*0.45, height)
	_, tall := Label(to).set(11.5, width*0.46)
	d.write(Label(to), 11.5, width*0.48, max(height*0.45, (height-tall)/2), width*0.46, height)
}

// write writes lines from a place down.
func (d *Document) write(l Label, size, x, y, width, height float64) {
	boxes, _ := l.set(size, width)
	for _, b := range boxes {
		d.draw(b, x, min(y, height-b.height()))
		y += b.height()
	}
}

// Blank leaves ruled lines to write on by hand, under what is asked.
func (d *Document) Blank(asked string, n int) {
	const line = 8 * mm // a child's copybook has lines of 8 mm
	ask := fit(d.theme.small(), d.width(), T(asked))
	d.gap(0.3)
	d.room(ask.height() + float64(n)*line)
	d.draw(ask, d.theme.side, d.y)
	d.y += ask.height() - 0.3*line
	for range n {
		d.y += line
		d.rule(d.theme.side, d.y, d.width(), 0.4, hairline)
	}
}
