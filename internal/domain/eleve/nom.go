package eleve

import (
	"strings"
	"unicode"
)

// NomPropre writes a name typed all in capitals or all in small letters as papers bear it: "LE GOFF" becomes "Le Goff",
// "jean-pierre" "Jean-Pierre", "D’ARTAGNAN" "D’Artagnan". A name that mixes both is as somebody meant it: it is left alone.
func NomPropre(nom string) string {
	capitals, smalls, uncased := 0, 0, 0
	for _, r := range nom {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			smalls++
		case unicode.IsLetter(r):
			uncased++
		}
	}
	if capitals > 0 && smalls > 0 || capitals+smalls == 0 || uncased > 0 || capitals == 1 {
		return nom
	}
	return mots(nom)
}

// mots gives each word its capital.
func mots(nom string) string {
	var b strings.Builder
	for nom != "" {
		end := strings.IndexFunc(nom, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
		if end < 0 {
			end = len(nom)
		}
		word := strings.ToLower(nom[:end])
		nom = nom[end:]
		if _, ok := particules[word]; !ok || b.Len() == 0 || !strings.ContainsFunc(nom, unicode.IsLetter) {
			word = capitale(word)
		}
		b.WriteString(word)
		rest := strings.TrimLeftFunc(nom, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
		b.WriteString(nom[:len(nom)-len(rest)])
		nom = rest
	}
	return b.String()
}

// particules stay small between two words: "Martin de La Fuente", "Ferreira da Silva". At the head of a name, where
// "de" may be French and "De" Flemish, the capital offends less; articles keep theirs.
var particules = map[string]struct{}{
	"de": {}, "d": {}, "du": {}, "des": {}, "da": {}, "das": {}, "dos": {}, "e": {}, "y": {},
}

// capitale is a word with its capital. "Mc" always has a second one after it; "Mac" not, for Macron and Machado have none.
func capitale(word string) string {
	if rest, ok := strings.CutPrefix(word, "mc"); ok && len(rest) > 1 {
		return "Mc" + capitale(rest)
	}
	runes := []rune(word)
	for i := range min(1, len(runes)) {
		runes[i] = unicode.ToUpper(runes[i])
	}
	return string(runes)
}
