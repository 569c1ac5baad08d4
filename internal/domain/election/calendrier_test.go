package election

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
)

// The dates that the services of the ministry published for real elections.
func TestCalendrier(t *testing.T) {
	for _, tt := range []struct {
		name                                         string
		annee                                        ecole.Annee
		scrutin, liste, candidatures, materiel, fini time.Time
	}{
		{"vendredi 12 octobre 2012", 2012, date.Du(2012, 10, 12), date.Du(2012, 9, 21), date.Du(2012, 10, 1), date.Du(2012, 10, 5), date.Du(2012, 10, 17)},
		{"vendredi 10 octobre 2014", 2014, date.Du(2014, 10, 10), date.Du(2014, 9, 19), date.Du(2014, 9, 29), date.Du(2014, 10, 3), date.Du(2014, 10, 15)},
		{"vendredi 7 octobre 2016", 2016, date.Du(2016, 10, 7), date.Du(2016, 9, 16), date.Du(2016, 9, 26), date.Du(2016, 9, 30), date.Du(2016, 10, 12)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := Calendrier{tt.annee, tt.scrutin}
			for what, pair := range map[string][2]time.Time{
				"liste": {c.Liste(), tt.liste}, "candidatures": {c.Candidatures(), tt.candidatures}, "matériel": {c.Materiel(), tt.materiel},
				"contestations": {c.Contestation(), tt.fini},
			} {
				if !pair[0].Equal(pair[1]) {
					t.Errorf("%s: %s, want %s", what, date.Court(pair[0]), date.Court(pair[1]))
				}
			}
		})
	}
}

// The week of the rentrée is the first, whatever the day on which it begins.
func TestLimite(t *testing.T) {
	for _, tt := range []struct {
		name  string
		annee ecole.Annee
		want  time.Time
	}{
		{"rentrée un lundi", 2025, date.Du(2025, 10, 19)},
		{"rentrée un mardi", 2026, date.Du(2026, 10, 18)},
		{"rentrée un jeudi", 2016, date.Du(2016, 10, 16)},
		{"le 1er septembre est un dimanche", 2024, date.Du(2024, 10, 20)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := Limite(tt.annee); !got.Equal(tt.want) || got.Weekday() != time.Sunday {
				t.Errorf("%s, want %s", date.Court(got), date.Court(tt.want))
			}
		})
	}
}

func TestParseHeure(t *testing.T) {
	for s, want := range map[string]string{
		"8h30": "8\u00a0h\u00a030", "8 h": "8\u00a0h", "08:30": "8\u00a0h\u00a030", "830": "8\u00a0h\u00a030", "12": "12\u00a0h", "16H05": "16\u00a0h\u00a005", "": "",
	} {
		if got := ParseHeure(s); got.String() != want || got == Illisible {
			t.Errorf("%q: %s", s, got)
		}
	}
	for _, s := range []string{"midi", "25h", "8h75", "-1", "8h3o"} {
		if ParseHeure(s) != Illisible {
			t.Errorf("%q is read as %s", s, ParseHeure(s))
		}
	}
	if again := ParseHeure(Heure(750).String()); again != 750 { // what a form shows is what it reads
		t.Errorf("12 h 30 comes back as %d", again)
	}
}
