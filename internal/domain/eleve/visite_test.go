package eleve_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
)

func TestVisites(t *testing.T) {
	for _, tt := range []struct {
		name     string
		visite   eleve.Visite
		y, m, d  int
		concerne bool
		avant    string
		du, au   string
	}{
		{"quatre ans le jour de la rentrée", eleve.BilanPMI, 2022, 9, 1, true, "01/09/2026", "01/09/2022", "31/08/2023"},
		{"quatre ans la veille de la rentrée", eleve.BilanPMI, 2022, 8, 31, false, "31/08/2026", "01/09/2022", "31/08/2023"},
		{"quatre ans le dernier jour de l’année", eleve.BilanPMI, 2023, 8, 31, true, "31/08/2027", "01/09/2022", "31/08/2023"},
		{"six ans dans l’année", eleve.SixiemeAnnee, 2021, 4, 12, true, "12/04/2027", "01/09/2020", "31/08/2021"},
		{"né un 29 février, six ans le 1er mars", eleve.SixiemeAnnee, 2020, 2, 29, false, "01/03/2026", "01/09/2020", "31/08/2021"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			born := date.Du(tt.y, time.Month(tt.m), tt.d)
			du, au := tt.visite.Bornes(2026)
			if got := tt.visite.Concerne(born, 2026); got != tt.concerne {
				t.Errorf("concerned: %v", got)
			}
			if date.Court(tt.visite.AvantLe(born)) != tt.avant || date.Court(du) != tt.du || date.Court(au) != tt.au {
				t.Errorf("before %s, born from %s to %s", date.Court(tt.visite.AvantLe(born)), date.Court(du), date.Court(au))
			}
		})
	}
}
