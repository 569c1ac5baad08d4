package repartition_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"base-eleves/internal/domain/repartition"
)

// beaucoup are n pupils of a level, placed by hand in a class if it is given.
func beaucoup(n int, niveau, placed string) []string {
	var l []string
	for i := range n {
		l = append(l, fmt.Sprintf("%s%d %s%s", niveau, i, niveau, placed))
	}
	return l
}

var deux = []string{"CE1 A 25 CE1", "CE1 B 25 CE1"}

// impossibles are schools that cannot be composed, what is said of them, and the remedy.
var impossibles = []struct {
	name    string
	classes []string
	eleves  []string
	regles  []repartition.Regle
	want    []string
	remede  func(*repartition.Probleme)
}{
	{
		"plus d’élèves que de places", deux, beaucoup(52, "CE1", ""), nil,
		[]string{"CE1\u00a0: 52 élèves pour 50 places (CE1 A\u00a0: 25, CE1 B\u00a0: 25)."},
		func(p *repartition.Probleme) { p.Classes[0].Max = 27 },
	},
	{
		"deux niveaux dans une classe", []string{"CE A 5 CE1 CE2", "CM A 5 CM1", "CP A 3 CP CE1"}, append(beaucoup(4, "CE1", ""), append(beaucoup(4, "CE2", ""), beaucoup(2, "CP", "")...)...), nil,
		[]string{"CP, CE1 et CE2\u00a0: 10 élèves pour 8 places (CE A\u00a0: 5, CP A\u00a0: 3)."},
		func(p *repartition.Probleme) { p.Classes[0].Max = 7 },
	},
	{
		"aucune classe n’ouvre le niveau", deux, []string{"Lina CP", "Tom CE1"}, nil,
		[]string{"CP\u00a0: 1 élève, mais aucune classe n’ouvre ce niveau."},
		func(p *repartition.Probleme) { p.Classes[0].Niveaux = append(p.Classes[0].Niveaux, "CP") },
	},
	{
		"ensemble et séparés", deux, []string{"Lina CE1", "Tom CE1", "Ali CE1"}, []repartition.Regle{ensemble("Lina", "Tom"), separes("Lina", "Tom"), ensemble("Tom", "Ali")},
		[]string{"Ne peuvent pas aller ensemble\u00a0: «\u00a0Ensemble\u00a0: Lina et Tom\u00a0» et «\u00a0Séparés\u00a0: Lina et Tom\u00a0»."},
		func(p *repartition.Probleme) { p.Regles[1].Souple = true },
	},
	{
		"une chaîne d’ensembles", deux, []string{"Lina CE1", "Tom CE1", "Ali CE1", "Zoé CE1"},
		[]repartition.Regle{ensemble("Lina", "Tom"), ensemble("Tom", "Ali"), ensemble("Ali", "Zoé"), separes("Lina", "Ali")},
		[]string{"Ne peuvent pas aller ensemble\u00a0: «\u00a0Ensemble\u00a0: Lina et Tom\u00a0», «\u00a0Ensemble\u00a0: Tom et Ali\u00a0» et «\u00a0Séparés\u00a0: Lina et Ali\u00a0»."},
		func(p *repartition.Probleme) { p.Regles = slices.Delete(p.Regles, 1, 2) },
	},
	{
		"ensemble, mais placés à la main ailleurs", deux, []string{"Lina CE1 = CE1 A", "Tom CE1 = CE1 B"}, []repartition.Regle{ensemble("Lina", "Tom")},
		[]string{"Ne peuvent pas aller ensemble\u00a0: «\u00a0Ensemble\u00a0: Lina et Tom\u00a0», «\u00a0Lina, placée à la main en CE1 A\u00a0» et «\u00a0Tom, placé à la main en CE1 B\u00a0»."},
		func(p *repartition.Probleme) { p.Eleves[1].Fixe = p.Eleves[0].Fixe },
	},
	{
		"séparés, mais placés à la main ensemble", deux, []string{"Lina CE1 = CE1 A", "Tom CE1 = CE1 A"}, []repartition.Regle{separes("Lina", "Tom")},
		[]string{"Ne peuvent pas aller ensemble\u00a0: «\u00a0Séparés\u00a0: Lina et Tom\u00a0», «\u00a0Lina, placée à la main en CE1 A\u00a0» et «\u00a0Tom, placé à la main en CE1 A\u00a0»."},
		func(p *repartition.Probleme) { p.Eleves[1].Fixe = id("CE1 B") },
	},
	{
		"trois séparés pour deux classes", deux, []string{"Lina CE1", "Tom CE1", "Ali CE1"}, []repartition.Regle{separes("Lina", "Tom", "Ali")},
		[]string{"Séparés\u00a0: Lina, Tom et Ali. Ces 3 élèves n’ont que CE1 A et CE1 B."},
		func(p *repartition.Probleme) { p.Classes = append(p.Classes, classe("CE1 C 9 CE1")) },
	},
	{
		"trois séparés deux à deux", deux, []string{"Lina CE1", "Tom CE1", "Ali CE1"}, []repartition.Regle{separes("Lina", "Tom"), separes("Tom", "Ali"), separes("Ali", "Lina")},
		[]string{"Ne peuvent pas aller ensemble\u00a0: «\u00a0Séparés\u00a0: Lina et Tom\u00a0», «\u00a0Séparés\u00a0: Tom et Ali\u00a0» et «\u00a0Séparés\u00a0: Ali et Lina\u00a0»."},
		func(p *repartition.Probleme) { p.Classes = append(p.Classes, classe("CE1 C 9 CE1")) },
	},
	{
		"ensemble de deux niveaux qu’aucune classe n’ouvre", []string{"CP A 9 CP", "CM A 9 CM2"}, []string{"Lina CM2", "Tom CP"}, []repartition.Regle{ensemble("Lina", "Tom")},
		[]string{"Ensemble\u00a0: Lina et Tom. Aucune classe n’ouvre à la fois CP et CM2."},
		func(p *repartition.Probleme) { p.Classes[0].Niveaux = append(p.Classes[0].Niveaux, "CM2") },
	},
	{
		"ensemble, trop nombreux", []string{"CP A 2 CP", "CP B 2 CP"}, []string{"Lina CP", "Tom CP", "Ali CP"}, []repartition.Regle{ensemble("Lina", "Tom", "Ali")},
		[]string{"Ne peuvent pas aller ensemble\u00a0: «\u00a0Ensemble\u00a0: Lina, Tom et Ali\u00a0», «\u00a0CP A, 2 élèves au plus\u00a0» et «\u00a0CP B, 2 élèves au plus\u00a0»."},
		func(p *repartition.Probleme) { p.Classes[0].Max = 3 },
	},
	{
		"placée où son niveau n’est pas ouvert", []string{"CP A 9 CP", "CM A 9 CM2"}, []string{"Lina CP = CM A"}, nil,
		[]string{"Lina, placée à la main en CM A, qui n’ouvre pas son niveau, CP."},
		func(p *repartition.Probleme) { p.Eleves[0].Fixe = id("CP A") },
	},
	{
		"trop d’élèves placés à la main", []string{"CP A 4 CP", "CP B 9 CP"}, append(beaucoup(6, "CP", " = CP A"), "Lina CP"), nil,
		[]string{"CP A\u00a0: 6 élèves y sont placés à la main, pour 4 places."},
		func(p *repartition.Probleme) { p.Classes[0].Max = 6 },
	},
	{
		"deux paires pour trois places et une classe trop petite", []string{"CP A 3 CP", "CP B 1 CP"}, []string{"Lina CP", "Tom CP", "Ali CP", "Zoé CP"}, []repartition.Regle{ensemble("Lina", "Tom"), ensemble("Ali", "Zoé")},
		[]string{"Ne peuvent pas aller ensemble\u00a0: «\u00a0Ensemble\u00a0: Lina et Tom\u00a0», «\u00a0Ensemble\u00a0: Ali et Zoé\u00a0», «\u00a0CP A, 3 élèves au plus\u00a0» et «\u00a0CP B, 1 élève au plus\u00a0»."},
		func(p *repartition.Probleme) { p.Classes[1].Max = 2 },
	},
	{
		"deux conflits à la fois", append(slices.Clone(deux), "CP A 1 CP"), []string{"Lina CE1", "Tom CE1", "Ali CP", "Max CP"}, []repartition.Regle{ensemble("Lina", "Tom"), separes("Lina", "Tom")},
		[]string{
			"CP\u00a0: 2 élèves pour 1 place (CP A\u00a0: 1).",
			"Ne peuvent pas aller ensemble\u00a0: «\u00a0Ensemble\u00a0: Lina et Tom\u00a0» et «\u00a0Séparés\u00a0: Lina et Tom\u00a0».",
		},
		func(p *repartition.Probleme) { p.Regles, p.Classes[2].Max = nil, 2 },
	},
}

// What cannot hold together is named, and only that. The control: the same with its remedy has a solution.
func TestImpossible(t *testing.T) {
	for _, tt := range impossibles {
		t.Run(tt.name, func(t *testing.T) {
			p := repartition.Probleme{Classes: classes(tt.classes...), Eleves: enfants(tt.eleves...), Regles: tt.regles}
			_, err := repartition.Resoudre(t.Context(), p, repartition.Options{})
			no, ok := errors.AsType[repartition.Impossible](err)
			if !ok {
				t.Fatalf("got %v", err)
			}
			if no.Error() != strings.Join(tt.want, "\n") || no.Incertain {
				t.Errorf("got\n%s\nwant\n%s", no, strings.Join(tt.want, "\n"))
			}
			tt.remede(&p)
			resoudre(t, p)
		})
	}
}
