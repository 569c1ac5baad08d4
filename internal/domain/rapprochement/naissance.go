package rapprochement

import "time"

// comparerDates compares two dates of birth: the same, day and month swapped, or one digit typed for another.
func comparerDates(a, b time.Time) constat {
	switch {
	case a.IsZero() || b.IsZero():
		return constat{}
	case a.Equal(b):
		return constat{1, []Raison{MemeDate}}
	case inversees(a, b):
		return constat{partJourMois, []Raison{JourMoisInverses}}
	case chiffres(a, b) == 1:
		return constat{partDateProche, []Raison{DateProche}}
	}
	return constat{}
}

func inversees(a, b time.Time) bool {
	return a.Year() == b.Year() && a.Day() == int(b.Month()) && int(a.Month()) == b.Day()
}

// chiffres counts the digits that differ.
func chiffres(a, b time.Time) int {
	x, y := a.Format("02012006"), b.Format("02012006")
	n := 0
	for i := range x {
		if x[i] != y[i] {
			n++
		}
	}
	return n
}
