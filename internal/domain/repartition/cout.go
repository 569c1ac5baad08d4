package repartition

import (
	"slices"
	"time"

	"base-eleves/internal/domain/eleve"
)

// trait is something by which the pupils of a level differ, and that each class should have its share of.
type trait struct {
	critere Critere
	valeur  []int       // of each pupil among those of his level, or libre
	part    [][]float64 // share of each value in each level
}

// lireTraits numbers what pupils differ by.
func (m *modele) lireTraits() {
	m.fille = make([]float64, len(m.p.Eleves))
	m.filles = make([]float64, len(m.niveaux))
	count := make([]float64, len(m.niveaux))
	for i, e := range m.p.Eleves {
		if e.Sexe == eleve.Feminin {
			m.fille[i] = 1
		}
		m.filles[m.niveau[i]] += m.fille[i]
		count[m.niveau[i]]++
	}
	for n := range count {
		m.filles[n] /= count[n]
	}
	m.traits = []trait{
		m.trait(Trimestres, func(e Eleve) string { return string(rune('1' + trimestre(e.Naissance) - 1)) }),
		m.trait(Origines, func(e Eleve) string { return e.Origine }),
		m.trait(Dispositifs, func(e Eleve) string { return e.Dispositif }),
	}
}

// trimestre is the quarter of a birth, from 1.
func trimestre(naissance time.Time) int { return (int(naissance.Month())-1)/3 + 1 }

func (m *modele) trait(c Critere, of func(Eleve) string) trait {
	t := trait{critere: c, valeur: make([]int, len(m.p.Eleves)), part: make([][]float64, len(m.niveaux))}
	for n := range m.niveaux {
		var values []string
		pupils := 0.0
		for i, e := range m.p.Eleves {
			if m.niveau[i] == n {
				pupils++
				values = append(values, of(e))
			}
		}
		slices.Sort(values)
		values = slices.DeleteFunc(slices.Compact(values), func(v string) bool { return v == "" })
		t.part[n] = make([]float64, len(values))
		for i, e := range m.p.Eleves {
			if m.niveau[i] != n {
				continue
			}
			t.valeur[i] = slices.Index(values, of(e)) // libre is what Index returns for none
			if t.valeur[i] >= 0 {
				t.part[n][t.valeur[i]] += 1 / pupils
			}
		}
	}
	return t
}
