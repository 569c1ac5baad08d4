package onde

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// equivalents are the characters that ISO-8859-1 lacks and that French files hold.
var equivalents = map[rune]string{
	'œ': "oe", 'Œ': "OE", 'Ÿ': "Y", '€': "EUR", '’': "'", '‘': "'", 'ʼ': "'", '“': `"`, '”': `"`, '„': `"`,
	'–': "-", '—': "-", '‑': "-", '−': "-", '…': "...", '•': "-", '™': "TM",
	'ł': "l", 'Ł': "L", 'đ': "d", 'Đ': "D", 'ħ': "h", 'Ħ': "H", 'ı': "i", 'ĸ': "k", 'ŋ': "ng", 'Ŋ': "NG", 'ŧ': "t", 'Ŧ': "T",
	'ə': "e", 'Ə': "E", 'ẞ': "SS", 'ĳ': "ij", 'Ĳ': "IJ",
}

// inconnue stands for a character that has no equivalent: a question mark would pass for one that was typed.
const inconnue = "-"

// translitterer writes a text with the characters of ISO-8859-1.
func translitterer(s string) string { return Translitterer(s, enLatin1) }

// Translitterer writes a text with the characters that an encoding has, which tient tells.
func Translitterer(s string, tient func(rune) bool) string {
	if ascii(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		b.WriteString(equivalent(r, tient))
	}
	return b.String()
}

// equivalent is the character itself, its known equivalent, or its base letter: ő is o, ș is s.
func equivalent(r rune, tient func(rune) bool) string {
	if tient(r) {
		return string(r)
	}
	if e, ok := equivalents[r]; ok {
		return e
	}
	var base strings.Builder
	for _, d := range norm.NFKD.String(string(r)) {
		switch {
		case unicode.Is(unicode.Mn, d):
		case tient(d):
			base.WriteRune(d)
		default:
			base.WriteString(equivalents[d])
		}
	}
	if base.Len() == 0 && !unicode.Is(unicode.Mn, r) && !unicode.Is(unicode.Cf, r) {
		return inconnue
	}
	return base.String()
}

// enLatin1 tells the characters of ISO-8859-1 that print.
func enLatin1(r rune) bool { return r >= 0x20 && r < 0x7F || r >= 0xA0 && r <= 0xFF }

// latin1 encodes a text already transliterated, and its line ends.
func latin1(s string) []byte {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, byte(r))
	}
	return b
}
