package ecole

import (
	"regexp"
	"strings"
	"unicode"

	"base-eleves/internal/domain/commune"
)

// NomComplet tells a school from the hundred that are called "École primaire": its name, and its commune when the
// name does not say it.
func NomComplet(nom, communeNom string) string {
	if strings.Contains(" "+commune.Plier(nom)+" ", " "+commune.Plier(communeNom)+" ") {
		return nom
	}
	return nom + ", " + communeNom
}

// generiques are the words that open a name in the directory, however they are spelt there.
var generiques = map[string]string{
	"ecole": "école", "groupe": "groupe", "scolaire": "scolaire", "college": "collège",
	"maternelle": "maternelle", "elementaire": "élémentaire", "primaire": "primaire",
	"publique": "publique", "public": "public", "privee": "privée", "prive": "privé",
	"hors": "hors", "contrat": "contrat",
}

// sigles are the abbreviations of the directory: "E.P.PR KICAU".
var sigles = strings.NewReplacer(
	"E.M.PU", "école maternelle publique", "E.E.PU", "école élémentaire publique", "E.P.PU", "école primaire publique",
	"E.M.PR", "école maternelle privée", "E.E.PR", "école élémentaire privée", "E.P.PR", "école primaire privée",
)

// Denomination writes a name of the national directory as French writes it: "ECOLE PRIMAIRE JEAN MOULIN" becomes
// "École primaire Jean Moulin". It adds no accent to the name of a person or of a place.
func Denomination(brut string) string {
	words := strings.Fields(sigles.Replace(brut))
	opening := 0
	for ; opening < len(words); opening++ {
		generique, ok := generiques[commune.Plier(words[opening])]
		if !ok {
			break
		}
		words[opening] = generique
	}
	for i := opening; i < len(words); i++ {
		words[i] = propre(words[i])
	}
	if opening > 0 && opening < len(words) && article.MatchString(words[opening]) {
		words[opening] = capitale(words[opening]) // École primaire Les Marronniers
	}
	return capitale(strings.ReplaceAll(strings.Join(words, " "), "'", "’"))
}

// NomDevant writes a name with what tells the school from the others first: "Jean-Jaurès (école primaire)". In a list to
// choose from, one types its first letters. A name that has nothing of its own, or begins it by "du", is left as it is.
func NomDevant(nom string) string {
	words := strings.Fields(nom)
	for i, word := range words {
		if _, ok := generiques[commune.Plier(word)]; ok {
			continue
		}
		if i == 0 || particule.MatchString(strings.ToUpper(word)) && !article.MatchString(strings.ToLower(word)) {
			return nom
		}
		words[0] = strings.ToLower(words[0])
		return strings.Join(words[i:], " ") + " (" + strings.Join(words[:i], " ") + ")"
	}
	return nom
}

var (
	capitales  = regexp.MustCompile(`\p{Lu}{2,}`)
	invariable = regexp.MustCompile(`^([IVX]+|RPI|RPC|ULIS|ZAC|ASH)$`)
	particule  = regexp.MustCompile(`^(D'|L'|DE|DU|DES|LA|LE|LES|ET|AU|AUX|EN|SUR|SOUS)$`)
	article    = regexp.MustCompile(`^(le|la|les)$`)
	elision    = regexp.MustCompile(`^[DL]'`)
)

// propre lowers a word written in capitals but for its initials; any other word is left as it is.
func propre(word string) string {
	switch {
	case invariable.MatchString(word) || !capitales.MatchString(word):
		return word
	case particule.MatchString(word):
		return strings.ToLower(word)
	}
	if e := elision.FindString(word); e != "" {
		return strings.ToLower(e) + propre(strings.TrimPrefix(word, e))
	}
	return capitales.ReplaceAllStringFunc(word, func(run string) string {
		return capitale(strings.ToLower(run))
	})
}

// capitale puts a capital at the head of a sentence or of a name.
func capitale(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}
