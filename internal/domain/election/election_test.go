package election

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/refusal"
)

var vote = Scrutin{Le: date.Du(2026, 10, 9), Mode: Urne, Ouvre: 8 * 60, Ferme: 12 * 60}

// changed is vote with something changed.
func changed(change func(*Scrutin)) Scrutin {
	s := vote
	change(&s)
	return s
}

func TestScrutin(t *testing.T) {
	for _, tt := range []struct {
		name  string
		s     Scrutin
		field string // refused, "" for none
	}{
		{"un vendredi d’octobre, quatre heures", vote, ""},
		{"le dernier jour de la septième semaine", changed(func(s *Scrutin) { s.Le = date.Du(2026, 10, 18) }), ""},
		{"pas le lendemain", changed(func(s *Scrutin) { s.Le = date.Du(2026, 10, 19) }), "scrutin_le"},
		{"sauf par décision de l’autorité académique", changed(func(s *Scrutin) { s.Le, s.Report = date.Du(2026, 10, 19), "autorite" }), ""},
		{"ou après une annulation", changed(func(s *Scrutin) { s.Le, s.Report = date.Du(2026, 12, 4), "annulation" }), ""},
		{"pas pour un motif inconnu", changed(func(s *Scrutin) { s.Le, s.Report = date.Du(2026, 12, 4), "oubli" }), "report"},
		{"pas de motif sans retard", changed(func(s *Scrutin) { s.Report = "autorite" }), "report"},
		{"pas sans date", changed(func(s *Scrutin) { s.Le = time.Time{} }), "scrutin_le"},
		{"pas d’une autre année", changed(func(s *Scrutin) { s.Le, s.Report = date.Du(2027, 10, 8), "autorite" }), "scrutin_le"},
		{"pas avant que la liste puisse être arrêtée", changed(func(s *Scrutin) { s.Le = date.Du(2026, 9, 21) }), "scrutin_le"},
		{"le premier jour possible", changed(func(s *Scrutin) { s.Le = date.Du(2026, 9, 22) }), ""},
		{"pas sans mode", changed(func(s *Scrutin) { s.Mode = "" }), "mode"},
		{"pas électronique", changed(func(s *Scrutin) { s.Mode = "internet" }), "mode"},
		{"pas moins de quatre heures", changed(func(s *Scrutin) { s.Ferme = 11*60 + 59 }), "ferme_a"},
		{"pas de fermeture avant l’ouverture", changed(func(s *Scrutin) { s.Ferme = 7 * 60 }), "ferme_a"},
		{"pas d’urne sans heures", changed(func(s *Scrutin) { s.Ouvre, s.Ferme = Sans, Sans }), "ouvre_a"},
		{"pas d’ouverture sans fermeture", changed(func(s *Scrutin) { s.Ferme = Sans }), "ferme_a"},
		{"par correspondance, sans heures", changed(func(s *Scrutin) { s.Mode, s.Ouvre, s.Ferme = Correspondance, Sans, Sans }), ""},
		{"pas d’heure illisible", changed(func(s *Scrutin) { s.Ouvre = Illisible }), "ouvre_a"},
		{"réunion avant le vote", changed(func(s *Scrutin) { s.Reunion = date.Du(2026, 9, 14) }), ""},
		{"pas de réunion après", changed(func(s *Scrutin) { s.Reunion = date.Du(2026, 10, 9) }), "reunion_le"},
		{"ni l’année d’avant", changed(func(s *Scrutin) { s.Reunion = date.Du(2026, 6, 9) }), "reunion_le"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.s.Valider(2026)
			r, refused := refusal.As(err)
			if refused != (tt.field != "") || r.Field != tt.field {
				t.Errorf("got %v of %q, want %q", err, r.Field, tt.field)
			}
		})
	}
}

// The list is fixed twenty clear days before the vote at the latest.
func TestArreterLe(t *testing.T) {
	today := date.Du(2026, 9, 18)
	for _, tt := range []struct {
		name string
		le   time.Time
		ok   bool
	}{
		{"le dernier jour", date.Du(2026, 9, 18), true},
		{"avant", date.Du(2026, 9, 10), true},
		{"pas demain", date.Du(2026, 9, 19), false},
		{"pas avant la rentrée", date.Du(2026, 8, 31), false},
		{"pas sans date", time.Time{}, false},
	} {
		if err := vote.ArreterLe(2026, tt.le, today); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	if err := vote.ArreterLe(2026, date.Du(2026, 9, 19), date.Du(2026, 9, 30)); err == nil {
		t.Error("nineteen clear days before the vote are enough")
	}
}
