package pdf

import (
	"fmt"

	"rsc.io/qr"
)

// Code is a square to be read by a machine (QR code, ISO/IEC 18004), and what is said beside it to who holds the paper.
type Code struct {
	Content string
	Caption []Span
}

// codeSide is 20 mm in points, codePage what is left on its line for the number of the page.
const (
	codeSide = 20 * 72 / 25.4
	codePage = 48
)

// encode makes the square; what none can hold makes the document fail. Level M: a fifteenth of it may be folded, stained
// or stamped.
func (d *Document) encode(content string) *qr.Code {
	grid, err := qr.Encode(content, qr.M)
	if err != nil && d.err == nil {
		d.err = fmt.Errorf("pdf: code of %d signs: %w", len(content), err)
	}
	return grid
}

// modules prints the square as a picture of one bit a module, inside the page (PDF 32000-1, §8.9.7): a stroke for each run
// of a line would take three times as long as the rest of a certificate.
func (d *Document) modules(grid *qr.Code, x, y float64) {
	_, height := d.out.GetPageSize()
	d.out.RawWriteStr(fmt.Sprintf(
		"q 0 g %.3f 0 0 %.3f %.3f %.3f cm BI /IM true /W %d /H %d /BPC 1 /D [1 0] /F /AHx ID %x> EI Q",
		codeSide, codeSide, x, height-y-codeSide, grid.Size, grid.Size, bits(grid)))
}

// bits are the lines of the square, each begun on a whole byte, one bit set for each black module.
func bits(grid *qr.Code) []byte {
	stride := (grid.Size + 7) / 8
	packed := make([]byte, grid.Size*stride)
	for row := range grid.Size {
		for column := range grid.Size {
			if grid.Black(column, row) {
				packed[row*stride+column/8] |= 0x80 >> (column % 8)
			}
		}
	}
	return packed
}
