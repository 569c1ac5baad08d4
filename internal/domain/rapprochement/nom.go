package rapprochement

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
	"golang.org/x/text/unicode/norm"
)

// ligatures are letters that no decomposition takes apart.
var ligatures = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss", "ø", "o", "ł", "l", "đ", "d", "ð", "d", "þ", "th", "ı", "i")

// Plier folds a name so that its spellings meet: no accent, no capital, one space for all that is no letter. It finds
// the same words as cle_nom in the base.
func Plier(s string) string {
	if s == "" {
		return ""
	}
	var b strings.Builder
	space := false
	for _, r := range norm.NFD.String(ligatures.Replace(strings.ToLower(s))) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if space && b.Len() > 0 {
				b.WriteByte(' ')
			}
			space = false
			b.WriteRune(r)
		default:
			space = true
		}
	}
	return b.String()
}

// particules come and go before a name without making another one.
var particules = []string{"de", "du", "des", "d", "la", "le", "les", "l", "el", "al", "von", "van", "der", "den", "da", "do", "dos"}

// Mots are the words of a name, without its particles unless it has nothing else: Le is a family name too.
func Mots(s string) []string {
	all := strings.Fields(Plier(s))
	kept := slices.DeleteFunc(slices.Clone(all), func(w string) bool { return slices.Contains(particules, w) })
	if len(kept) == 0 {
		return all
	}
	return kept
}

// ressemble compares two names of one kind.
func ressemble(a, b string, m mots) constat {
	if a == "" || b == "" {
		return constat{}
	}
	if a == b {
		return constat{1, []Raison{m.pareil}}
	}
	x, y := Mots(a), Mots(b)
	entierX, entierY := strings.Join(x, ""), strings.Join(y, "")
	if entierX == entierY {
		return constat{1, []Raison{m.autrement}}
	}
	if Phonetique(entierX) == Phonetique(entierY) {
		return constat{0.93, []Raison{m.son}}
	}
	if contient(x, y) || contient(y, x) {
		return constat{0.9, []Raison{m.compose}}
	}
	return constat{proche(entierX, entierY, m.court), []Raison{m.proche}}
}

// contient tells whether each word of part sounds like one of whole: a compound name of which only a part was given.
func contient(whole, part []string) bool {
	if len(whole) <= len(part) {
		return false
	}
	return !slices.ContainsFunc(part, func(w string) bool {
		return !slices.ContainsFunc(whole, func(v string) bool { return v == w || Phonetique(v) == Phonetique(w) })
	})
}

// proche is what mistyping leaves: one letter added, dropped, changed or passed over its neighbour, two in a long name.
func proche(a, b string, court int) float64 {
	length := max(utf8.RuneCountInString(a), utf8.RuneCountInString(b))
	if length < court {
		return 0
	}
	switch d := levenshtein.ComputeDistance(a, b); {
	case d == 1 && length > court, d == 2 && croisees(a, b):
		return 0.85
	case d == 2 && length >= 9:
		return 0.75
	}
	return 0
}

// croisees tells whether two neighbouring letters have changed places.
func croisees(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) != len(y) {
		return false
	}
	for i := range x[:len(x)-1] {
		if x[i] != y[i] {
			return x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
		}
	}
	return false
}
