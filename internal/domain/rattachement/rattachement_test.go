package rattachement

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/refusal"
)

func TestPeriode(t *testing.T) {
	today := date.Du(2026, time.November, 20)
	jour := func(y int, m time.Month) time.Time { return date.Du(y, m, 1) }
	for _, tt := range []struct {
		name    string
		p       Periode
		present bool
		field   string // refused, "" for none
	}{
		{"l’instruction en famille, sans fin", Periode{Modalite: Famille, Debut: jour(2026, 9)}, false, ""},
		{"le CNED pour une année", Periode{Modalite: CNED, Debut: jour(2026, 9), Fin: jour(2027, 7)}, false, ""},
		{"un seul jour à l’hôpital", Periode{Modalite: Hopital, Debut: jour(2026, 10), Fin: jour(2026, 10)}, false, ""},
		{"un élève présent peut être à l’hôpital", Periode{Modalite: Hopital, Debut: jour(2026, 10)}, true, ""},
		{"ou partager son temps avec un établissement", Periode{Modalite: ESMS, Debut: jour(2026, 10)}, true, ""},
		{"un élève présent n’est pas instruit en famille", Periode{Modalite: Famille, Debut: jour(2026, 10)}, true, "modalite"},
		{"ni au CNED", Periode{Modalite: CNED, Debut: jour(2026, 10)}, true, "modalite"},
		{"il faut dire comment", Periode{Debut: jour(2026, 9)}, false, "modalite"},
		{"avec un mot connu", Periode{Modalite: "etranger", Debut: jour(2026, 9)}, false, "modalite"},
		{"depuis quand", Periode{Modalite: CNED}, false, "debut"},
		{"pas avant la naissance", Periode{Modalite: CNED, Debut: jour(2018, 1)}, false, "debut"},
		{"pas dans dix ans", Periode{Modalite: CNED, Debut: jour(2036, 9)}, false, "debut"},
		{"la fin suit le début", Periode{Modalite: CNED, Debut: jour(2026, 9), Fin: jour(2026, 8)}, false, "fin"},
		{"et n’est pas dans dix ans", Periode{Modalite: CNED, Debut: jour(2026, 9), Fin: jour(2036, 8)}, false, "fin"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.p.valider(enfant{Naissance: date.Du(2019, time.April, 12), Present: tt.present}, today)
			r, refused := refusal.As(err)
			if refused != (tt.field != "") || r.Field != tt.field {
				t.Errorf("got %v of %q, want %q", err, r.Field, tt.field)
			}
		})
	}
}

// The mairie reads no kind of establishment: hospital and specialised one bear the same words.
func TestLabels(t *testing.T) {
	if Hopital.LabelCommun() != ESMS.LabelCommun() || Hopital.Label() == ESMS.Label() {
		t.Error("the two kinds of establishment are told apart, or not told at all")
	}
	for _, m := range Modalites {
		if m.Label() == "" || m.LabelCommun() == "" {
			t.Errorf("%s has no words", m)
		}
	}
}
