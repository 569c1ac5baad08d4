package dispositif

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/refusal"
)

func check(t *testing.T, err error, field string) {
	t.Helper()
	r, refused := refusal.As(err)
	if refused != (field != "") || r.Field != field {
		t.Errorf("got %v of %q, want %q", err, r.Field, field)
	}
}

// The label of an ULIS tells no category of handicap (domain.md, scenario 15).
func TestUnite(t *testing.T) {
	for _, tt := range []struct {
		name  string
		u     Unite
		field string
	}{
		{"un nom suffit", Unite{Libelle: "ULIS école"}, ""},
		{"avec douze places", Unite{Libelle: "ULIS", Enseignant: "Mme Lacaze", EffectifMax: Usuel}, ""},
		{"pas sans nom", Unite{}, "libelle"},
		{"pas avec une catégorie", Unite{Libelle: "ULIS TFC"}, "libelle"},
		{"ni en toutes lettres", Unite{Libelle: "ULIS autisme"}, "libelle"},
		{"pas un effectif illisible", Unite{Libelle: "ULIS", EffectifMax: -1}, "effectif_max"},
	} {
		t.Run(tt.name, func(t *testing.T) { check(t, tt.u.Valider(), tt.field) })
	}
}

func TestPeriode(t *testing.T) {
	today := date.Du(2026, time.November, 20)
	jour := func(y int, m time.Month) time.Time { return date.Du(y, m, 1) }
	for _, tt := range []struct {
		name  string
		p     Periode
		field string
	}{
		{"sans fin", Periode{Debut: jour(2026, 9)}, ""},
		{"d’une année", Periode{Debut: jour(2026, 9), Fin: jour(2027, 7)}, ""},
		{"à venir", Periode{Debut: jour(2027, 9)}, ""},
		{"il faut un premier jour", Periode{}, "debut"},
		{"pas dans dix ans", Periode{Debut: jour(2036, 9)}, "debut"},
		{"la fin suit le début", Periode{Debut: jour(2026, 9), Fin: jour(2026, 8)}, "fin"},
		{"et n’est pas dans dix ans", Periode{Debut: jour(2026, 9), Fin: jour(2036, 8)}, "fin"},
	} {
		t.Run(tt.name, func(t *testing.T) { check(t, tt.p.valider(today), tt.field) })
	}
	for _, d := range Dispositifs {
		if d.Label() == "" || d.Sens() == "" || ParseDispositif(string(d)) != d {
			t.Errorf("%s has no words", d)
		}
	}
}
