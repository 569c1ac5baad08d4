package passage_test

import (
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/passage"
)

func TestCampagneUsuelle(t *testing.T) {
	c := passage.CampagneUsuelle(2026)
	if err := c.Valider(); err != nil {
		t.Errorf("what is proposed is refused: %v", err)
	}
	if got := date.Court(c.Jours[0]); got != "12/03/2027" {
		t.Errorf("proposals by %s", got)
	}
	for jour, want := range map[time.Time]bool{
		date.Du(2027, time.January, 25): false, date.Du(2027, time.January, 26): true,
		date.Du(2027, time.August, 31): true, date.Du(2027, time.September, 1): false,
	} {
		if c.Saison(jour) != want {
			t.Errorf("the season on %s: %v", date.Court(jour), !want)
		}
	}
}

func TestCampagneValider(t *testing.T) {
	for name, tt := range map[string]struct {
		etape int
		jour  time.Time
		refus string
	}{
		"no day":                 {2, time.Time{}, "Indiquez la date."},
		"of another year":        {5, date.Du(2028, time.June, 12), "n’est pas de l’année scolaire 2026-2027"},
		"before the step before": {1, date.Du(2027, time.March, 11), "choisissez le 12/03/2027 ou plus tard"},
		"the same day":           {1, date.Du(2027, time.March, 12), ""},
	} {
		t.Run(name, func(t *testing.T) {
			c := passage.CampagneUsuelle(2026)
			c.Jours[tt.etape] = tt.jour
			err := c.Valider()
			if tt.refus == "" && err != nil || tt.refus != "" && (err == nil || !strings.Contains(err.Error(), tt.refus)) {
				t.Errorf("got %v, want %q", err, tt.refus)
			}
		})
	}
}
