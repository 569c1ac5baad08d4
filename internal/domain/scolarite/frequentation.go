package scolarite

import (
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/refusal"
)

// Sejour is the time that a pupil spent in a school in one year: from his admission to the day he left, not included.
type Sejour struct {
	Debut time.Time
	Fin   time.Time
}

// vacances is the longest summer between two years of a pupil who stays: he does not leave the school for that.
const vacances = 31 * 24 * time.Hour

// Suivis joins the years that follow one another, given in their order.
func Suivis(list []Sejour) []Sejour {
	var joined []Sejour
	for _, s := range list {
		if n := len(joined); n > 0 && s.Debut.Sub(joined[n-1].Fin) <= vacances {
			joined[n-1].Fin = s.Fin
			continue
		}
		joined = append(joined, s)
	}
	return joined
}

// Attester says why a school cannot attest that a pupil was there from one day to another, both included; nil if it can.
func Attester(du, au, today time.Time, list []Sejour) error {
	switch {
	case au.Before(du):
		return refusal.Of("au", "La fin de la période précède son début.")
	case au.After(today):
		return refusal.Of("au", "L’école n’atteste pas de l’avenir\u00a0: la période finit au plus tard aujourd’hui.")
	}
	for _, s := range Suivis(list) {
		if !du.Before(s.Debut) && au.Before(s.Fin) {
			return nil
		}
	}
	return refusal.Of("du", "L’élève n’était pas dans l’école toute cette période"+presences(list, today))
}

// presences says when the pupil was there.
func presences(list []Sejour, today time.Time) string {
	said := "\u00a0: il y était"
	for i, s := range Suivis(list) {
		if i > 0 {
			said += ", puis"
		}
		said += " du " + date.Court(s.Debut)
		if s.Fin.After(today) {
			said += " à aujourd’hui"
		} else {
			said += " au " + date.Court(s.Fin.AddDate(0, 0, -1))
		}
	}
	return said + "."
}
