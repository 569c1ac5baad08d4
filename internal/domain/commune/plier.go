package commune

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Plier folds a name so that two spellings of it meet: no accent, no capital, one space between words, "st" as
// "saint", "1er arrondissement" and "01" as "1".
func Plier(s string) string { return string(appendPlie(nil, s)) }

// appendPlie writes the folded name after dst, without an allocation per name: the index folds 40,000 of them
// when the server first needs a commune.
func appendPlie(dst []byte, s string) []byte {
	p := plieur{out: dst, nom: len(dst), mot: len(dst)}
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			p.lettre(unicode.ToLower(r))
		default:
			p.endWord()
		}
		if p.fini {
			break
		}
	}
	p.endWord()
	return bytes.TrimRight(p.out, " ")
}

// plieur is a name being folded: out[nom:] is the name so far, out[mot:] its last word.
type plieur struct {
	out      []byte
	nom, mot int
	fini     bool
}

func (p *plieur) lettre(r rune) {
	switch r {
	case 'œ':
		p.out = append(p.out, "oe"...)
	case 'æ':
		p.out = append(p.out, "ae"...)
	default:
		p.out = utf8.AppendRune(p.out, r)
	}
}

// endWord writes in full a word that the post and the agents shorten, and ends a name at the number of an
// arrondissement, which the word arrondissement follows, whole or not.
func (p *plieur) endWord() {
	word, inside := p.out[p.mot:], p.mot > p.nom
	if len(word) == 0 || p.fini {
		return
	}
	switch n, numbered := nombre(word); {
	case numbered && inside:
		p.out = append(p.out[:p.mot], n...)
		p.fini = true
	case string(word) == "st":
		p.out = append(p.out[:p.mot], "saint"...)
	case string(word) == "ste":
		p.out = append(p.out[:p.mot], "sainte"...)
	case string(word) == "s" && inside: // Chalon-s/-Saône
		p.out = append(p.out[:p.mot], "sur"...)
	}
	p.out = append(p.out, ' ')
	p.mot = len(p.out)
}

// nombre reads the number of an arrondissement: "8", "08", "8e", "8eme", "1er".
func nombre(word []byte) ([]byte, bool) {
	digits := bytes.TrimRight(word, "abcdefghijklmnopqrstuvwxyz")
	switch string(word[len(digits):]) {
	case "", "e", "er", "eme", "ieme":
	default:
		return nil, false
	}
	if len(digits) == 0 || len(bytes.Trim(digits, "0123456789")) != 0 {
		return nil, false
	}
	return bytes.TrimLeft(digits, "0"), true
}

// sansArticle returns how many bytes the article that heads a folded name takes: agents look for "Havre" as
// for "Le Havre".
func sansArticle(plie []byte) int {
	for _, article := range []string{"le ", "la ", "les ", "l "} {
		if bytes.HasPrefix(plie, []byte(article)) {
			return len(article)
		}
	}
	return 0
}
