package invention

import (
	"fmt"
	"strings"

	"base-eleves/internal/domain/commune"
)

// Telephone numbers that the ARCEP keeps for works of fiction: nobody will ever answer.
const (
	fixes   = "05 36 49"
	mobiles = "06 39 98"
)

func (s Source) fixe() string   { return s.telephone(fixes) }
func (s Source) mobile() string { return s.telephone(mobiles) }

func (s Source) telephone(prefix string) string {
	return fmt.Sprintf("%s %02d %02d", prefix, s.IntN(100), s.IntN(100))
}

// courriel invents a mailbox under example.org, kept for examples by RFC 2606.
func (s Source) courriel(prenom, nom string) string {
	name := strings.ReplaceAll(commune.Plier(prenom), " ", "-") + "." + strings.ReplaceAll(commune.Plier(nom), " ", "-")
	if !ascii(name) {
		name = "famille"
	}
	return fmt.Sprintf("%s%d@example.org", name, s.Between(1, 99))
}

func ascii(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0
}
