package liberation_test

import (
	"strings"
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/liberation"
	"base-eleves/internal/domain/refusal"
)

// Three working days: neither week-ends nor public holidays (art. L3133-1 of the code du travail).
func TestEcheance(t *testing.T) {
	for _, tt := range []struct{ name, demande, echeance string }{
		{"un lundi", "2026-11-23", "2026-11-26"},
		{"un vendredi", "2026-11-20", "2026-11-25"},
		{"un samedi", "2026-11-21", "2026-11-25"},
		{"avant l’Armistice", "2026-11-09", "2026-11-13"},
		{"avant Pâques", "2027-03-26", "2027-04-01"},
		{"avant l’Ascension", "2027-05-04", "2027-05-10"},
		{"avant Noël", "2026-12-23", "2026-12-29"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, _ := time.Parse(time.DateOnly, tt.demande)
			if got := liberation.Echeance(d).Format(time.DateOnly); got != tt.echeance {
				t.Errorf("asked on %s: %s, want %s", tt.demande, got, tt.echeance)
			}
		})
	}
}

func TestJoursRestants(t *testing.T) {
	echeance := date.Du(2026, time.November, 25) // a Wednesday
	for today, want := range map[string]int{"2026-11-20": 4, "2026-11-22": 3, "2026-11-25": 1, "2026-11-26": 0} {
		d, _ := time.Parse(time.DateOnly, today)
		if got := liberation.JoursRestants(echeance, d); got != want {
			t.Errorf("on %s: %d days, want %d", today, got, want)
		}
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	before, after := date.Du(2026, time.November, 25), date.Du(2026, time.November, 26)
	for _, tt := range []struct {
		etat                         liberation.Etat
		today                        time.Time
		repondre, retirer, arbitrage bool
	}{
		{liberation.Ouverte, before, true, true, false},
		{liberation.Ouverte, after, true, true, true},
		{liberation.Refusee, before, false, true, true},
		{liberation.Accordee, after, false, false, false},
		{liberation.Retiree, after, false, false, false},
		{liberation.Liberee, after, false, false, false},
		{liberation.Rejetee, after, false, false, false},
	} {
		t.Run(string(tt.etat)+" "+tt.today.Format(time.DateOnly), func(t *testing.T) {
			l := liberation.Liberation{Etat: tt.etat, Echeance: before}
			if got := l.Repondre() == nil; got != tt.repondre {
				t.Errorf("may answer: %v", got)
			}
			if got := l.Refuser("present") == nil; got != tt.repondre {
				t.Errorf("may refuse: %v", got)
			}
			if got := l.Retirer() == nil; got != tt.retirer {
				t.Errorf("may withdraw: %v", got)
			}
			if got := l.Arbitrable(tt.today); got != tt.arbitrage {
				t.Errorf("the inspection decides: %v", got)
			}
		})
	}
	if liberation.Liberation.Refuser(liberation.Liberation{Etat: liberation.Ouverte}, "caprice") == nil {
		t.Error("refused for no known reason")
	}
}

func TestDemande(t *testing.T) {
	today := date.Du(2026, time.November, 20)
	for _, tt := range []struct {
		name string
		d    liberation.Demande
		want string
	}{
		{"entière", liberation.Demande{Depart: today, Motif: "demenagement"}, ""},
		{"sans date", liberation.Demande{Motif: "demenagement"}, "Indiquez le premier jour"},
		{"à venir", liberation.Demande{Depart: today.AddDate(0, 0, 1), Motif: "demenagement"}, "dans l’avenir"},
		{"sans motif", liberation.Demande{Depart: today}, "Choisissez pourquoi"},
		{"un décès", liberation.Demande{Depart: today, Motif: "deces"}, "Choisissez pourquoi"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r, _ := refusal.As(tt.d.Valider(today))
			if (r.Motif == "") != (tt.want == "") || !strings.Contains(r.Motif, tt.want) {
				t.Errorf("got %q, want %q", r.Motif, tt.want)
			}
		})
	}
}
