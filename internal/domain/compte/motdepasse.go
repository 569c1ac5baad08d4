package compte

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"base-eleves/internal/domain/refusal"
)

// Lengths of a password, in characters: security.md AUT-4. There is no rule of composition and no yearly renewal, as
// NIST SP 800-63B and ASVS 6.2 ask; length and what cannot be guessed do the work.
const (
	longueurMin = 15
	longueurMax = 256
	// resteMin is what must remain of a password without the words and patterns that everybody tries first.
	resteMin = 8
)

//go:embed courants.txt
var courantsTXT string

// courants are words that passwords are made of when nobody thinks about them, folded.
var courants = strings.Fields(courantsTXT)

// divulguesTXT is the 3,000 passwords most often seen in public leaks, in that order: the list of zxcvbn (MIT licence,
// Dropbox, Dan Wheeler), as github.com/nbutton23/zxcvbn-go v0.0.0-20210217022336-fa2cb2858354 carries it.
//
//go:embed divulgues.txt
var divulguesTXT string

// divulgueMin is the length from which one of them is taken out of a longer password: shorter ones are parts of words.
const divulgueMin = 5

// divulgues are those of them that say something of a longer password, folded; one of fifteen characters has to be.
var divulgues = func() (words []string) {
	for _, w := range strings.Fields(divulguesTXT) {
		if w = plier(w); utf8.RuneCountInString(w) >= divulgueMin {
			words = append(words, w)
		}
	}
	return words
}()

// JugerMotDePasse refuses a password too short, or made of what is tried first: common words, sequences, repetitions,
// years, and mots, the words around the account such as names, school and commune.
func JugerMotDePasse(motDePasse string, mots ...string) error {
	motDePasse = norm.NFC.String(motDePasse)
	n := utf8.RuneCountInString(motDePasse)
	switch {
	case !utf8.ValidString(motDePasse):
		return refusal.Of("mot_de_passe", "Ce mot de passe contient un caractère illisible.")
	case n < longueurMin:
		return refusal.Of("mot_de_passe", "Choisissez au moins 15 caractères. Une phrase de quelques mots convient.")
	case n > longueurMax:
		return refusal.Of("mot_de_passe", "Au plus 256 caractères.")
	case reste(motDePasse, mots) < resteMin:
		return refusal.Of("mot_de_passe", "Ce mot de passe se devine\u00a0: il tient à des mots trop courants, à une suite, "+
			"à une répétition, à une année, ou à votre nom, votre école ou votre commune. Ajoutez des mots sans rapport.")
	}
	return nil
}

// reste counts the characters that remain once all that is guessed first is taken away, letters disguised as digits
// included.
func reste(motDePasse string, mots []string) int {
	plain := plier(motDePasse)
	words := slices.Concat(courants, divulgues, plies(mots))
	// The longest first: "motdepasse" before "passe".
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return min(residu(plain, words), residu(deguisements.Replace(plain), words))
}

// plies are words and their parts, folded.
func plies(mots []string) (words []string) {
	for _, m := range mots {
		for _, part := range strings.FieldsFunc(m, separe) {
			words = append(words, plier(part))
		}
		words = append(words, plier(m))
	}
	return words
}

// MotsCourants are the words that passwords are made of when nobody thinks about them, folded.
func MotsCourants() []string { return slices.Clone(courants) }

var deguisements = strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s")

func separe(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// plier keeps what counts of a text: lower case, no accents, neither spaces nor punctuation.
func plier(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || unicode.IsSpace(r) || unicode.IsPunct(r) && r != '@' {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFD.String(strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae").Replace(s)))
}

// trou stands where something was taken away, so that what stood on both sides does not make a word.
const trou = '\x00'

func residu(s string, words []string) int {
	r := []rune(s)
	r = r[:periode(r)]
	s = string(r)
	for _, w := range words {
		if len(w) >= 3 {
			s = strings.ReplaceAll(s, w, string(trou))
		}
	}
	r = desserrer(sansAnnees([]rune(s)))
	r = slices.DeleteFunc(r, func(c rune) bool { return c == trou })
	return periode(r)
}

// periode is the length of the pattern that r repeats, len(r) when it repeats none.
func periode(r []rune) int {
	for p := 1; p <= len(r)/2; p++ {
		if slices.Equal(r[p:], r[:len(r)-p]) {
			return p
		}
	}
	return len(r)
}

// sansAnnees takes away 1987 and 2026.
func sansAnnees(r []rune) []rune {
	for i := 0; i+4 <= len(r); i++ {
		if a := string(r[i : i+2]); (a == "19" || a == "20") && unicode.IsDigit(r[i+2]) && unicode.IsDigit(r[i+3]) {
			r = slices.Replace(r, i, i+4, trou)
		}
	}
	return r
}

// rangees are the lines of a French and of an English keyboard.
const rangees = "azertyuiop qsdfghjklm wxcvbn qwertyuiop asdfghjkl zxcvbnm"

// desserrer keeps two characters of each run: aaaa, abcd, 4321, poiuy.
func desserrer(r []rune) []rune {
	var kept []rune
	for i, c := range r {
		if i < 2 || !voisins(r[i-2], r[i-1]) || !voisins(r[i-1], c) {
			kept = append(kept, c)
		}
	}
	return kept
}

// voisins tells whether one character leads to the other without thinking.
func voisins(a, b rune) bool {
	return a == b || a == b+1 || b == a+1 ||
		strings.Contains(rangees, string([]rune{a, b})) || strings.Contains(rangees, string([]rune{b, a}))
}
