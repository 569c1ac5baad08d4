package election

import (
	"slices"
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/refusal"
)

func TestParseNumeros(t *testing.T) {
	for s, want := range map[string][]int{"12, 45,7": {12, 45, 7}, "12 45;7": {12, 45, 7}, "": nil, " 3\u00a0, 4": {3, 4}} {
		if got, err := ParseNumeros(s); err != nil || !slices.Equal(got, want) {
			t.Errorf("%q: %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"12, Abadie", "0", "3.5", "99999999999"} {
		if _, err := ParseNumeros(s); err == nil {
			t.Errorf("%q is read", s)
		}
	}
}

// Three seats, a vote on 9 October, a list of voters fixed on 18 September; today is 5 October.
func TestCandidature(t *testing.T) {
	cal, arretee, today := Calendrier{2026, date.Du(2026, 10, 9)}, date.Du(2026, 9, 18), date.Du(2026, 10, 5)
	numeros := func(n int) []int {
		list := make([]int, n)
		for i := range list {
			list[i] = i + 1
		}
		return list
	}
	for _, tt := range []struct {
		name  string
		c     Candidature
		field string
	}{
		{"deux noms, le dernier jour", Candidature{"FCPE", date.Du(2026, 9, 28), numeros(2)}, ""},
		{"le double des sièges", Candidature{"FCPE", date.Du(2026, 9, 28), numeros(6)}, ""},
		{"pas davantage", Candidature{"FCPE", date.Du(2026, 9, 28), numeros(7)}, "numeros"},
		{"pas un seul", Candidature{"FCPE", date.Du(2026, 9, 28), numeros(1)}, "numeros"},
		{"pas deux fois le même", Candidature{"FCPE", date.Du(2026, 9, 28), []int{4, 4}}, "numeros"},
		{"pas neuf jours francs avant", Candidature{"FCPE", date.Du(2026, 9, 29), numeros(2)}, "deposee_le"},
		{"pas avant la liste électorale", Candidature{"FCPE", date.Du(2026, 9, 17), numeros(2)}, "deposee_le"},
		{"pas demain", Candidature{"FCPE", date.Du(2026, 10, 6), numeros(2)}, "deposee_le"},
		{"pas sans date", Candidature{"FCPE", time.Time{}, numeros(2)}, "deposee_le"},
		{"pas sans nom", Candidature{"", date.Du(2026, 9, 28), numeros(2)}, "nom"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.c.Valider(3, cal, arretee, today)
			r, refused := refusal.As(err)
			if refused != (tt.field != "") || r.Field != tt.field {
				t.Errorf("got %v of %q, want %q", err, r.Field, tt.field)
			}
		})
	}
}

func TestReclamation(t *testing.T) {
	arretee, today := date.Du(2026, 9, 18), date.Du(2026, 9, 30)
	for _, tt := range []struct {
		name   string
		nature Nature
		r      Reclamation
		field  string
	}{
		{"ajouté, enfant admis depuis", Ajout, Reclamation{Motif: "arrivee", RecueLe: today}, ""},
		{"retiré, plus d’enfant", Retrait, Reclamation{Motif: "depart", RecueLe: arretee}, ""},
		{"pas retiré parce qu’il est arrivé", Retrait, Reclamation{Motif: "arrivee", RecueLe: today}, "motif"},
		{"pas ajouté parce qu’il est parti", Ajout, Reclamation{Motif: "depart", RecueLe: today}, "motif"},
		{"pas sans motif", Ajout, Reclamation{RecueLe: today}, "motif"},
		{"pas avant que la liste soit arrêtée", Ajout, Reclamation{Motif: "oubli", RecueLe: date.Du(2026, 9, 17)}, "recue_le"},
		{"pas demain", Ajout, Reclamation{Motif: "oubli", RecueLe: date.Du(2026, 10, 1)}, "recue_le"},
		{"pas sans date", Ajout, Reclamation{Motif: "oubli"}, "recue_le"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.r.Valider(tt.nature, arretee, today)
			r, refused := refusal.As(err)
			if refused != (tt.field != "") || r.Field != tt.field {
				t.Errorf("got %v of %q, want %q", err, r.Field, tt.field)
			}
		})
	}
	for _, n := range Natures {
		if n.Label() == "" || len(Motifs[n]) == 0 {
			t.Errorf("%s has no words", n)
		}
	}
}
