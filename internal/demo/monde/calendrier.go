package monde

import (
	"time"

	"base-eleves/internal/domain/ecole"
)

// calendrier is the days that lives are made of. No act has a date in the future, but for the day on which an accepted
// pupil is awaited.
type calendrier struct {
	annee   ecole.Annee
	today   time.Time
	rentree time.Time // of the present year, today at the latest
	// The pupils who are awaited: in June the mairie inscribes for next year, in November for next week.
	attendus ecole.Annee
	arrivee  time.Time
}

func newCalendrier(o Options) calendrier {
	c := calendrier{annee: o.Annee(), today: o.Aujourdhui, attendus: o.Annee()}
	c.rentree = earliest(c.annee.Rentree(), c.today)
	if month := c.today.Month(); month >= time.June && month <= time.August {
		c.attendus++
		c.arrivee = c.attendus.Rentree()
		return c
	}
	c.arrivee = c.today.AddDate(0, 0, 3)
	for c.arrivee.Weekday() != time.Monday {
		c.arrivee = c.arrivee.AddDate(0, 0, 1)
	}
	return c
}

func (c calendrier) ago(days int) time.Time { return c.today.AddDate(0, 0, -days) }

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// aHeureOuvrable is an instant of a day when people work.
func (s *peuplement) aHeureOuvrable(day time.Time) time.Time {
	return day.Add(time.Duration(s.Between(7*60, 15*60)) * time.Minute)
}
