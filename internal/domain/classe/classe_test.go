package classe_test

import (
	"testing"

	"base-eleves/internal/domain/classe"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/refusal"
)

func TestValider(t *testing.T) {
	for _, tt := range []struct {
		name  string
		typ   ecole.Type
		c     classe.Classe
		field string // refused, "" for none
		motif string
	}{
		{"un niveau suffit", ecole.Primaire, classe.Classe{LibelleCourt: "CE1 A", Niveaux: []ecole.Niveau{ecole.CE1}}, "", ""},
		{"plusieurs niveaux aussi", ecole.Primaire, classe.Classe{LibelleCourt: "GS-CP", Niveaux: []ecole.Niveau{ecole.GS, ecole.CP}}, "", ""},
		{"soixante est le plus", ecole.Primaire, classe.Classe{LibelleCourt: "CE1 A", Niveaux: []ecole.Niveau{ecole.CE1}, EffectifMax: 60}, "", ""},
		{"un nom", ecole.Primaire, classe.Classe{Niveaux: []ecole.Niveau{ecole.CE1}}, "libelle_court", "Donnez un nom court à la classe, par exemple «\u00a0CE1 A\u00a0»."},
		{"un niveau", ecole.Primaire, classe.Classe{LibelleCourt: "CE1 A"}, "niveau", "Choisissez au moins un niveau."},
		{"pas de cours préparatoire en maternelle", ecole.Maternelle, classe.Classe{LibelleCourt: "CP", Niveaux: []ecole.Niveau{ecole.CP}}, "niveau", "L’école n’a pas de Cours préparatoire."},
		{"ni de petite section en élémentaire", ecole.Elementaire, classe.Classe{LibelleCourt: "PS", Niveaux: []ecole.Niveau{ecole.PS}}, "niveau", "L’école n’a pas de Petite section."},
		{"pas plus de soixante", ecole.Primaire, classe.Classe{LibelleCourt: "CE1 A", Niveaux: []ecole.Niveau{ecole.CE1}, EffectifMax: 61}, "effectif_max", "Indiquez un effectif entre 1 et 60, ou rien."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			err := tt.c.Valider(tt.typ)
			if tt.field == "" {
				if err != nil {
					t.Fatalf("refused: %v", err)
				}
				return
			}
			r, ok := refusal.As(err)
			if !ok || r.Field != tt.field || r.Motif != tt.motif {
				t.Errorf("got %+v", err)
			}
		})
	}
}
