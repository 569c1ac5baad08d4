package ecole

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"base-eleves/internal/domain/refusal"
)

// Annee is a school year, named by the calendar year of its rentrée: 2026 for 2026-2027.
type Annee int

// AnneeDe returns the school year of a day: a year begins on 1 September and ends on 31 August, whatever the day
// on which the pupils come back.
func AnneeDe(jour time.Time) Annee {
	if jour.Month() >= time.September {
		return Annee(jour.Year())
	}
	return Annee(jour.Year() - 1)
}

var anneeShape = regexp.MustCompile(`^(20\d\d)(?:\s?[-/]\s?(20\d\d))?$`)

// ParseAnnee reads "2026" or "2026-2027". The refusal has no field.
func ParseAnnee(s string) (Annee, error) {
	m := anneeShape.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		return 0, refusal.Of("", "Indiquez une année scolaire, par exemple 2026-2027.")
	}
	first, _ := strconv.Atoi(m[1])
	if second, err := strconv.Atoi(m[2]); err == nil && second != first+1 {
		return 0, refusal.Of("", "Une année scolaire va d’une rentrée à la suivante, par exemple 2026-2027.")
	}
	return Annee(first), nil
}

// Libelle returns "2026-2027".
func (a Annee) Libelle() string { return strconv.Itoa(int(a)) + "-" + strconv.Itoa(int(a)+1) }

// Debut returns 1 September.
func (a Annee) Debut() time.Time { return time.Date(int(a), time.September, 1, 0, 0, 0, 0, time.UTC) }

// Fin returns 31 August.
func (a Annee) Fin() time.Time { return time.Date(int(a)+1, time.August, 31, 0, 0, 0, 0, time.UTC) }

// Contient tells whether a day belongs to the year.
func (a Annee) Contient(jour time.Time) bool { return AnneeDe(jour) == a }

// Rentree proposes the day on which the pupils come back, the first one of September that is not of a week-end; the
// calendar of the ministry decides.
func (a Annee) Rentree() time.Time {
	jour := a.Debut()
	for jour.Weekday() == time.Saturday || jour.Weekday() == time.Sunday {
		jour = jour.AddDate(0, 0, 1)
	}
	return jour
}
