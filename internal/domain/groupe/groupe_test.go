package groupe

import (
	"testing"

	"base-eleves/internal/domain/refusal"
)

func TestValider(t *testing.T) {
	for _, tt := range []struct {
		name  string
		g     Groupe
		field string // refused, "" for none
	}{
		{"un nom et une nature", Groupe{Libelle: "Chorale", Nature: Arts}, ""},
		{"toute l’école", Groupe{Libelle: "Sortie au lac", Nature: Sortie, EffectifMax: 300}, ""},
		{"pas sans nom", Groupe{Nature: Arts}, "libelle"},
		{"pas sans nature", Groupe{Libelle: "Chorale"}, "nature"},
		{"pas d’une nature que la loi exclut", Groupe{Libelle: "Chorale", Nature: "religion"}, "nature"},
		{"pas d’un nom qui le dirait", Groupe{Libelle: "Religion", Nature: Autre}, "libelle"},
		{"pas un effectif négatif", Groupe{Libelle: "Chorale", Nature: Arts, EffectifMax: -1}, "effectif_max"},
		{"pas plus d’élèves que l’école", Groupe{Libelle: "Chorale", Nature: Arts, EffectifMax: 301}, "effectif_max"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.g.Valider()
			r, refused := refusal.As(err)
			if refused != (tt.field != "") || r.Field != tt.field {
				t.Errorf("got %v of %q, want %q", err, r.Field, tt.field)
			}
		})
	}
	for _, n := range Natures {
		if n.Label() == "" {
			t.Errorf("%s has no words", n)
		}
	}
}
