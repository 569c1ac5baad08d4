// Package recherche finds a pupil of one's territory by what one knows of him: a name as one heard it, a date of birth,
// a parent, a telephone. The header of every page leads here. It shows nobody whom row security would not show.
package recherche

import (
	"regexp"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/rapprochement"
)

// Requete is what was typed, understood: words of a name, birth between two days, or else a telephone.
type Requete struct {
	Noms   string
	Du, Au time.Time // zero when no date was given
	Tel    string    // digits
}

var (
	chiffres = regexp.MustCompile(`\D`)
	annee    = regexp.MustCompile(`^(19|20)\d\d$`)
	numero   = regexp.MustCompile(`^[+(]?[\d\s./()\x{a0}-]+$`)
)

// Lire understands what was typed: « martin emma 12/04/2018 », « 120418 », « 2018 », « 06 12 34 56 78 ».
func Lire(q string, today time.Time) Requete {
	if digits := chiffres.ReplaceAllString(q, ""); numero.MatchString(strings.TrimSpace(q)) && len(digits) >= 9 {
		return Requete{Tel: digits}
	}
	var r Requete
	words := strings.Fields(q)
	var noms []string
	for i := 0; i < len(words); {
		n := r.dater(words[i:], today)
		if n == 0 {
			noms = append(noms, words[i])
			n = 1
		}
		i += n
	}
	r.Noms = strings.Join(noms, " ")
	return r
}

// dater takes a date or a year that words begin with, and says how many words it is written in.
func (r *Requete) dater(words []string, today time.Time) int {
	for n := min(3, len(words)); n > 0; n-- {
		text := strings.Join(words[:n], " ")
		if annee.MatchString(text) {
			first, _ := time.Parse("2006", text) // four digits
			r.Du, r.Au = first, first.AddDate(1, 0, -1)
			return n
		}
		if d, err := date.Parse(text, today); err == nil {
			r.Du, r.Au = d, d
			return n
		}
	}
	return 0
}

// Vide tells that there is not enough to look for anybody: two letters, a date, a telephone.
func (r Requete) Vide() bool {
	return r.Tel == "" && r.Du.IsZero() && len([]rune(strings.ReplaceAll(rapprochement.Plier(r.Noms), " ", ""))) < 2
}

// Large tells that only a year was given, which is no search in a great territory.
func (r Requete) Large() bool { return r.Noms == "" && r.Du != r.Au }
