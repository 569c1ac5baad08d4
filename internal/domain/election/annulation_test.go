package election

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/refusal"
)

func TestAnnulation(t *testing.T) {
	proclamee, today := date.Du(2026, time.October, 9), date.Du(2026, time.October, 20)
	for _, tt := range []struct {
		name  string
		a     Annulation
		field string
	}{
		{"décidée après les résultats", Annulation{date.Du(2026, time.October, 19), "scrutin"}, ""},
		{"le jour même", Annulation{proclamee, "liste"}, ""},
		{"avant les résultats", Annulation{date.Du(2026, time.October, 8), "scrutin"}, "annulee_le"},
		{"dans l’avenir", Annulation{date.Du(2026, time.October, 21), "scrutin"}, "annulee_le"},
		{"sans date", Annulation{Motif: "scrutin"}, "annulee_le"},
		{"sans motif", Annulation{Le: today}, "annulation"},
		{"un motif inconnu", Annulation{today, "humeur"}, "annulation"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			no, refused := refusal.As(tt.a.Valider(proclamee, today))
			if refused != (tt.field != "") || no.Field != tt.field {
				t.Errorf("refused %v on %q, want %q", refused, no.Field, tt.field)
			}
		})
	}
}
