package pdf

// recall is what the sheets after the first say above their text, in its margin: who issues the piece, what it is, about
// whom. A sheet that comes back alone, signed, is known by it.
type recall struct{ issuer, title, subtitle string }

// headed keeps the first issuer of the piece.
func (d *Document) headed(h Header) {
	if d.recall.issuer == "" && len(h.Issuer) > 0 {
		d.recall.issuer = h.Issuer[0]
	}
}

// titled keeps its first title.
func (d *Document) titled(title string, subtitles []string) {
	if d.recall.title != "" {
		return
	}
	d.recall.title = title
	if len(subtitles) > 0 {
		d.recall.subtitle = subtitles[0]
	}
}

// recallMargin is the blank under a recall, and the least above it.
const recallMargin = 5

// writeRecall sets the issuer to the left and the piece to the right, smaller where they would not hold in the margin.
func (d *Document) writeRecall(r recall) {
	var left, right box
	for factor := 1.0; factor == 1 || max(left.height(), right.height()) > d.theme.top-2*recallMargin; factor *= smallest {
		style := set(footStyle.size*factor, footStyle.leading*factor, muted)
		left = fit(style, d.width()*0.46, T(oneLine(r.issuer)))
		right = fit(style.aligned(Right), max(d.width()*0.5, d.width()-left.widest()-2*style.leading), B(oneLine(r.title)), T("  "+oneLine(r.subtitle)))
	}
	bottom := d.theme.top - recallMargin
	d.draw(left, d.theme.side, bottom-left.height())
	d.draw(right, d.theme.side+d.width()-right.width, bottom-right.height())
}
