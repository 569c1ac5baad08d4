// Package ecole knows what a school is: its national code, its type and sector, its levels and its school years.
// Everything that names, lists or fills a school comes here; no person and no pupil is known to it.
package ecole

import (
	"regexp"
	"strconv"
	"strings"

	"base-eleves/internal/domain/refusal"
)

// UAI is the national code of a school, a collège or a circonscription: seven digits and a letter.
type UAI string

// alphabet23 is the alphabet of the ministry's keys: without I, O and Q.
const alphabet23 = "ABCDEFGHJKLMNPRSTUVWXYZ"

var uaiShape = regexp.MustCompile(`^[0-9]{7}[A-HJ-NPR-Z]$`)

// ParseUAI reads a code as typed or as written in a file, and checks its key. The refusal has no field.
func ParseUAI(s string) (UAI, error) {
	code := strings.ToUpper(strings.Join(strings.Fields(s), ""))
	if !uaiShape.MatchString(code) {
		return "", refusal.Of("", "Le code UAI compte sept chiffres et une lettre, par exemple 0650119B.")
	}
	if lettre := Cle23(code[:7]); lettre != code[7:] {
		return "", refusal.Of("", "La lettre du code UAI "+code+" ne correspond pas à ses chiffres : vérifiez-le.")
	}
	return UAI(code), nil
}

// Cle23 returns the letter that closes a number in the ministry's codes.
func Cle23(digits string) string {
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 {
		return ""
	}
	return alphabet23[n%23 : n%23+1]
}

// Departement returns the INSEE code of the département that gave the number: '65', '2A' for 620, '974'.
func (u UAI) Departement() string {
	switch trois := string(u[:min(3, len(u))]); {
	case trois == "620":
		return "2A"
	case trois == "720":
		return "2B"
	default:
		return strings.TrimPrefix(trois, "0")
	}
}
