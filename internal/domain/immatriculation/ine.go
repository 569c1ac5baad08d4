// Package immatriculation gives each pupil the number that follows him for life, the INE. Nobody but the directeur
// and the IA meets that number, and they see it masked: the type itself does not print.
package immatriculation

import (
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strconv"
	"strings"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/refusal"
)

// INE is an identifiant national élève. fmt and slog write its mask; string(ine) is the number itself, for the
// database, the reveal and the documents that carry it.
type INE string

// A number of the RNIE is given to everybody since 2017; one of the BNIE, of the shape called BEA, is older.
var (
	rnieShape = regexp.MustCompile(`^[0-9]{9}[A-Z]{2}$`)
	beaShape  = regexp.MustCompile(`^[0-9]{10}[A-Z]$`)
)

// Parse reads a number as typed. Its shape only is checked: see CleHabituelle. The refusal has no field.
func Parse(s string) (INE, error) {
	n := strings.ToUpper(strings.Join(strings.Fields(s), ""))
	if !rnieShape.MatchString(n) && !beaShape.MatchString(n) {
		return "", refusal.Of("", "Un INE compte onze caractères : neuf chiffres et deux lettres, ou dix chiffres et une lettre.")
	}
	return INE(n), nil
}

// serieMax leaves seven digits after the 99 that no national number begins with.
const serieMax = 9_999_999

// NewRNIE returns the number of a series from 1 on, in the range 99… that the national register does not use: its first
// two digits are a school year.
func NewRNIE(serie int) (INE, error) {
	if serie < 1 || serie > serieMax {
		return "", fmt.Errorf("immatriculation: série %d outside 1 to %d", serie, serieMax)
	}
	n := 990_000_000 + serie
	return INE(strconv.Itoa(n) + cleRNIE(n)), nil
}

// CleHabituelle tells whether the letters are those that the digits call for. A number whose key is another one is
// not refused: the BNIE is reported to have computed its letter otherwise, and the rule of the RNIE is recovered
// from examples, not published.
func (i INE) CleHabituelle() bool {
	s := string(i)
	if beaShape.MatchString(s) {
		return ecole.Cle23(s[:10]) == s[10:]
	}
	if !rnieShape.MatchString(s) {
		return false
	}
	n, err := strconv.Atoi(s[:9])
	return err == nil && cleRNIE(n) == s[9:]
}

// cleRNIE writes 97 less the remainder by 97, as the key of a social security number is computed, in letters.
func cleRNIE(n int) string {
	const digits = "ABCDEFGHJK"
	k := 97 - n%97
	return string([]byte{digits[k/10], digits[k%10]})
}

// Masque shows the last three characters: enough to tell two numbers of a page apart, not to copy one.
func (i INE) Masque() string {
	if len(i) < 4 {
		return strings.Repeat("•", len(i))
	}
	return strings.Repeat("•", len(i)-3) + string(i[len(i)-3:])
}

// Format writes the mask whatever the verb, so that no message and no log carries a number by accident.
func (i INE) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, i.Masque()) }

// LogValue writes the mask.
func (i INE) LogValue() slog.Value { return slog.StringValue(i.Masque()) }
