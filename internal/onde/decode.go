package onde

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// Encodage is how the characters of a file are written.
type Encodage string

// The encodings. Those who write ask for the first or the second only.
const (
	Latin1      Encodage = "iso-8859-1"
	UTF8        Encodage = "utf-8" // with its byte order mark
	Windows1252 Encodage = "windows-1252"
	UTF16       Encodage = "utf-16"
)

// TailleMax bounds a file: twenty thousand pupils take less.
const TailleMax = 8 << 20

// ErrTaille and ErrBinaire are files that cannot be ones of pupils.
var (
	ErrTaille  = errors.New("onde: the file is too large")
	ErrBinaire = errors.New("onde: the file is no text")
)

var (
	markUTF8 = []byte{0xEF, 0xBB, 0xBF}
	markLE   = []byte{0xFF, 0xFE}
	markBE   = []byte{0xFE, 0xFF}
)

// decode makes UTF-8 of a text file. What is no valid UTF-8 is read as windows-1252, which is ISO-8859-1 with printable
// characters where that has controls; it also reads ISO-8859-15 but for € and œ.
func decode(b []byte) (string, Encodage, error) {
	switch {
	case len(b) > TailleMax:
		return "", "", ErrTaille
	case bytes.HasPrefix(b, markUTF8) && utf8.Valid(b):
		return string(b[len(markUTF8):]), UTF8, nil
	case bytes.HasPrefix(b, markLE), bytes.HasPrefix(b, markBE):
		text, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(b)
		return string(text), UTF16, err
	case bytes.IndexByte(b, 0) >= 0:
		return "", "", ErrBinaire
	case utf8.Valid(b):
		return string(b), UTF8, nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(b)
	return string(text), Windows1252, err
}
