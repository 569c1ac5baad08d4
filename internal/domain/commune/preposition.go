package commune

import (
	"strings"
	"unicode/utf8"
)

// De writes "de Tarbes", "d’Auch", "du Houga", "des Angles", "de La Barthe".
func De(nom string) string {
	if rest, ok := strings.CutPrefix(nom, "Le "); ok {
		return "du " + rest
	}
	if rest, ok := strings.CutPrefix(nom, "Les "); ok {
		return "des " + rest
	}
	// Before an h the usage differs from place to place; "de" is never wrong.
	if first, _ := utf8.DecodeRuneInString(Plier(nom)); strings.ContainsRune("aeiou", first) {
		return "d’" + nom
	}
	return "de " + nom
}

// A writes "à Tarbes", "au Houga", "aux Angles", "à La Barthe".
func A(nom string) string {
	if rest, ok := strings.CutPrefix(nom, "Le "); ok {
		return "au " + rest
	}
	if rest, ok := strings.CutPrefix(nom, "Les "); ok {
		return "aux " + rest
	}
	return "à " + nom
}
