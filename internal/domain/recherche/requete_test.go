package recherche_test

import (
	"testing"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/recherche"
)

var aujourdhui = date.Du(2026, time.November, 20)

func TestLire(t *testing.T) {
	an := func(y int) [2]time.Time {
		return [2]time.Time{date.Du(y, time.January, 1), date.Du(y, time.December, 31)}
	}
	avril := [2]time.Time{date.Du(2018, time.April, 12), date.Du(2018, time.April, 12)}
	for _, tt := range []struct {
		typed string
		noms  string
		entre [2]time.Time
		tel   string
		vide  bool
	}{
		{typed: "Martin Emma", noms: "Martin Emma"},
		{typed: "12/04/2018", entre: avril},
		{typed: "120418", entre: avril},
		{typed: "12 avril 2018", entre: avril},
		{typed: "martin 120418", noms: "martin", entre: avril},
		{typed: "emma 12 avril 2018 martin", noms: "emma martin", entre: avril},
		{typed: "2018", entre: an(2018)},
		{typed: "martin 2018", noms: "martin", entre: an(2018)},
		{typed: "06 12 34 56 78", tel: "0612345678"},
		{typed: "+33 (0)6.12.34.56.78", tel: "330612345678"},
		{typed: "0612345678", tel: "0612345678"},
		{typed: "a", noms: "a", vide: true},
		{typed: "  ", vide: true},
		{typed: "—!?", noms: "—!?", vide: true},
		{typed: "Нестеренко", noms: "Нестеренко"},
	} {
		r := recherche.Lire(tt.typed, aujourdhui)
		if r.Noms != tt.noms || r.Tel != tt.tel || r.Vide() != tt.vide || [2]time.Time{r.Du, r.Au} != tt.entre {
			t.Errorf("%q: %+v, empty: %v", tt.typed, r, r.Vide())
		}
	}
}
