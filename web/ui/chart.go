package ui

import "strconv"

// PyramidProps is a pyramid: on each line two counts stand back to back. The table that says the same stands beside it.
type PyramidProps struct {
	ID    string // unique on the page
	Title string
	Left  string // « Filles »
	Right string // « Garçons »
	Bands []PyramidBand
}

// PyramidBand is a line of a pyramid: a year of birth.
type PyramidBand struct {
	Label       string
	Left, Right int
}

// BarsProps is a chart of bars, each made of parts: the years in lines, the cycles along the line.
type BarsProps struct {
	ID    string // unique on the page
	Title string
	Parts []string // at most four, told apart by their pattern
	Bars  []Bar
}

// Bar is a bar: its label, and a count for each part.
type Bar struct {
	Label  string
	Counts []int
}

// A chart is 360 units wide, so that its words have their size on a telephone too.
const (
	chartWidth = 360
	bandHeight = 24
	barHeight  = 16
	baseline   = 13  // of the words beside a bar, from its top
	chartHead  = 24  // the words above the first line
	axisHalf   = 28  // half the column of the labels of a pyramid
	sideWidth  = 116 // of the longest bar of a side; its count stands beyond
	labelWidth = 72  // of the labels of bars
	longestBar = 228
)

// rect is a bar, or a part of one: part is the rank of its pattern.
type rect struct{ x, y, width, part int }

// word is a text of a chart. anchor is where x is: at its start, its middle or its end.
type word struct {
	x, y   int
	anchor string
	text   string
}

// drawing is what a chart draws.
type drawing struct {
	id, title, desc string
	height          int
	rects           []rect
	words           []word
	parts           int // how many patterns it takes
}

func (d *drawing) say(x, y int, anchor, text string) {
	d.words = append(d.words, word{x, y, anchor, text})
}

// bar draws a bar, unless it counts nobody.
func (d *drawing) bar(x, y, width, part int) {
	if width > 0 {
		d.rects = append(d.rects, rect{x, y, width, part})
	}
}

// length is that of a bar of n where the longest is of most: even one pupil among thousands is seen.
func length(n, most, longest int) int {
	if n == 0 {
		return 0
	}
	return max(n*longest/most, 1)
}

func (p PyramidProps) draw() drawing {
	d := drawing{id: p.ID, title: p.Title, height: chartHead + len(p.Bands)*bandHeight, parts: 2}
	most := 1
	for _, b := range p.Bands {
		most = max(most, b.Left, b.Right)
	}
	const middle = chartWidth / 2
	d.say(middle-axisHalf, chartHead-10, "end", p.Left)
	d.say(middle+axisHalf, chartHead-10, "start", p.Right)
	for i, b := range p.Bands {
		y := chartHead + i*bandHeight
		left, right := length(b.Left, most, sideWidth), length(b.Right, most, sideWidth)
		d.bar(middle-axisHalf-left, y, left, 0)
		d.bar(middle+axisHalf, y, right, 1)
		d.say(middle-axisHalf-left-4, y+baseline, "end", Count(b.Left))
		d.say(middle, y+baseline, "middle", b.Label)
		d.say(middle+axisHalf+right+4, y+baseline, "start", Count(b.Right))
		d.desc += b.Label + nbsp + ": " + p.Left + nbsp + Count(b.Left) + ", " + p.Right + nbsp + Count(b.Right) + ". "
	}
	return d
}

func (p BarsProps) draw() drawing {
	d := drawing{id: p.ID, title: p.Title, height: (len(p.Bars)+1)*bandHeight + 6, parts: len(p.Parts)}
	most := 1
	for _, b := range p.Bars {
		most = max(most, b.sum())
	}
	for i, b := range p.Bars {
		y, x := i*bandHeight, labelWidth
		d.say(0, y+baseline, "start", b.Label)
		for part, n := range b.Counts {
			width := length(n, most, longestBar)
			d.bar(x, y, width, part)
			x += width
		}
		d.say(x+4, y+baseline, "start", Count(b.sum()))
		d.desc += b.Label + nbsp + ": " + Count(b.sum()) + ". "
	}
	d.legend(p.Parts)
	return d
}

// legend names the patterns under the bars.
func (d *drawing) legend(parts []string) {
	y := d.height - barHeight - 2 // within the picture, its edge too
	for i, part := range parts {
		x := i * chartWidth / max(len(parts), 1)
		d.bar(x, y, barHeight, i)
		d.say(x+barHeight+4, y+baseline, "start", part)
	}
}

func (b Bar) sum() (total int) {
	for _, n := range b.Counts {
		total += n
	}
	return total
}

func (d drawing) viewBox() string {
	return "0 0 " + strconv.Itoa(chartWidth) + " " + strconv.Itoa(d.height)
}

// pattern is the id of the nth pattern of the drawing.
func (d drawing) pattern(n int) string { return d.id + "-" + strconv.Itoa(n) }

// hatches are drawn over the ground of a pattern: nothing, strokes one way, dots, strokes the other way. Colours alone
// would not be told apart by everybody, nor on paper.
var hatches = [...]string{"", "M0 6L6 0", "M2 2h2v2h-2z", "M0 3H6"}
