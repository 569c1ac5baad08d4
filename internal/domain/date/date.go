// Package date reads the dates that people type in French and writes them back. A date has no hour and no zone: it is
// a time.Time at midnight UTC, as PostgreSQL's date is.
package date

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // an old office server may have no time zones
	"unicode"

	"base-eleves/internal/domain/refusal"
)

// Court writes 12/04/2018.
func Court(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("02/01/2006")
}

// paris is the clock on the wall of those who read, wherever the server is.
var paris = func() *time.Location {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		panic(err) // the zones are in the program: time/tzdata
	}
	return zone
}()

// Heure writes an instant as it is read: 12/04/2018 à 10 h 32, with spaces that do not break.
func Heure(t time.Time) string {
	t = t.In(paris)
	return t.Format("02/01/2006 à 15") + "\u00a0h\u00a0" + t.Format("04")
}

// CourtOuRien writes 12/04/2018, or nothing.
func CourtOuRien(t *time.Time) string {
	if t == nil {
		return ""
	}
	return Court(*t)
}

var mois = [...]string{
	"janvier", "février", "mars", "avril", "mai", "juin",
	"juillet", "août", "septembre", "octobre", "novembre", "décembre",
}

// Long writes 12 avril 2018, and 1er for the first of the month, with spaces that do not break.
func Long(t time.Time) string {
	jour := strconv.Itoa(t.Day())
	if t.Day() == 1 {
		jour = "1er"
	}
	return jour + "\u00a0" + mois[t.Month()-1] + "\u00a0" + strconv.Itoa(t.Year())
}

// Mois writes the month of a day: novembre 2026, with a space that does not break.
func Mois(t time.Time) string { return mois[t.Month()-1] + "\u00a0" + strconv.Itoa(t.Year()) }

// Du makes the date of a day.
func Du(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// Parse reads 12/04/2018, 12-4-18, 12.04.2018, 120418, 12042018, 2018-04-12 or 12 avril 2018. A year of two digits
// is the latest one not more than two years after today: an inscription is made ahead, a birth never is.
func Parse(s string, today time.Time) (time.Time, error) {
	s = strings.TrimSpace(strings.ToLower(s))
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return bounded(t)
	}
	parts := split(s)
	if len(parts) != 3 {
		return time.Time{}, unreadable
	}
	day, errD := strconv.Atoi(strings.TrimSuffix(parts[0], "er"))
	month := monthOf(parts[1])
	year, errY := strconv.Atoi(parts[2])
	if errD != nil || errY != nil || month == 0 {
		return time.Time{}, unreadable
	}
	switch len(parts[2]) {
	case 2:
		year = century(year, today)
	case 4:
	default:
		return time.Time{}, unreadable
	}
	t := Du(year, time.Month(month), day)
	if t.Day() != day {
		return time.Time{}, inexistent
	}
	return bounded(t)
}

// bounded refuses the years that no register of ours can hold.
func bounded(t time.Time) (time.Time, error) {
	if t.Year() < 1900 || t.Year() > 2200 {
		return time.Time{}, inexistent
	}
	return t, nil
}

var (
	unreadable = refusal.Of("", "Écrivez la date comme 12/04/2018 ou 120418.")
	inexistent = refusal.Of("", "Cette date n’existe pas.")
)

// split cuts a date in day, month and year.
func split(s string) []string {
	if digits := strings.IndexFunc(s, func(r rune) bool { return !unicode.IsDigit(r) }) < 0; digits {
		if len(s) == 6 || len(s) == 8 {
			return []string{s[:2], s[2:4], s[4:]}
		}
		return nil
	}
	return strings.FieldsFunc(s, func(r rune) bool {
		return strings.ContainsRune("/-. ", r) || unicode.IsSpace(r)
	})
}

// monthOf is the rank of a month given by number or by name, 0 when it is neither.
func monthOf(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		if n < 1 || n > 12 {
			return 0
		}
		return n
	}
	plain := strings.NewReplacer("é", "e", "û", "u").Replace(s)
	for i, name := range mois {
		if plain == strings.NewReplacer("é", "e", "û", "u").Replace(name) {
			return i + 1
		}
	}
	return 0
}

// century completes a year of two digits.
func century(yy int, today time.Time) int {
	year := today.Year()/100*100 + yy
	if year > today.Year()+2 {
		year -= 100
	}
	return year
}
