package ui

import (
	"fmt"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// QR is a QR code as the path of its dark modules, in a square of side modules.
type QR struct {
	path string
	side int
}

// quiet is the margin that ISO/IEC 18004 asks for around a QR code, in modules.
const quiet = 4

// EncodeQR draws a text.
func EncodeQR(text string) (QR, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return QR{}, fmt.Errorf("ui: QR code: %w", err)
	}
	size := code.Bounds().Dx()
	var path strings.Builder
	for y := range size {
		for x := range size {
			if r, _, _, _ := code.At(x, y).RGBA(); r == 0 {
				fmt.Fprintf(&path, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	return QR{path.String(), size + 2*quiet}, nil
}

func (q QR) viewBox() string { return fmt.Sprintf("0 0 %d %d", q.side, q.side) }

// inFours cuts a secret so that it can be copied by eye.
func inFours(s string) string {
	var b strings.Builder
	for i, r := range s {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}
