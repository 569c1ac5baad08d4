// Package repartition measures what a proposal of classes is worth: schools are drawn, and what the solver proposes for
// each stands beside the best of the greedy compositions that the same time allows. `make bench` prints the figures; a
// test holds them on few moves.
package repartition

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/repartition"
)

// Ecole is a school to compose.
type Ecole struct {
	Nom     string
	Eleves  int
	Classes [][]ecole.Niveau
}

// Ecoles are a school of a town, one of a large village and one of a hamlet.
func Ecoles() []Ecole {
	return []Ecole{
		{"300 pupils, 12 classes", 300, [][]ecole.Niveau{
			{ecole.CP}, {ecole.CP}, {ecole.CP, ecole.CE1}, {ecole.CE1}, {ecole.CE1}, {ecole.CE2}, {ecole.CE2}, {ecole.CE2, ecole.CM1},
			{ecole.CM1}, {ecole.CM1, ecole.CM2}, {ecole.CM1, ecole.CM2}, {ecole.CM2},
		}},
		{"120 pupils, 5 classes of several levels", 120, [][]ecole.Niveau{
			{ecole.PS, ecole.MS}, {ecole.MS, ecole.GS}, {ecole.CP, ecole.CE1}, {ecole.CE1, ecole.CE2, ecole.CM1}, {ecole.CM1, ecole.CM2},
		}},
		{"60 pupils, 3 classes of three levels", 60, [][]ecole.Niveau{
			{ecole.PS, ecole.MS, ecole.GS}, {ecole.GS, ecole.CP, ecole.CE1}, {ecole.CE1, ecole.CE2, ecole.CM1, ecole.CM2},
		}},
	}
}

// Tirer draws the pupils of a school and what its directeur asks: the same seed, the same problem.
func (e Ecole) Tirer(seed uint64) repartition.Probleme {
	r := rand.New(rand.NewPCG(seed, 1))
	p := repartition.Probleme{Fratries: repartition.FratriesEnsemble}
	var niveaux []ecole.Niveau
	for i, levels := range e.Classes {
		p.Classes = append(p.Classes, repartition.Classe{
			ID: id(r), Libelle: fmt.Sprintf("Classe %d", i+1), Niveaux: levels, Max: e.Eleves/len(e.Classes) + 3, Conseil: repartition.Conseille(levels),
		})
		niveaux = append(niveaux, levels...)
	}
	for i := range e.Eleves {
		p.Eleves = append(p.Eleves, tirerEleve(r, i, niveaux[i%len(niveaux)]))
	}
	e.asseoir(r, &p)
	e.regler(r, &p)
	return p
}

func id(r *rand.Rand) (u uuid.UUID) {
	for i := range u {
		u[i] = byte(r.UintN(256))
	}
	return u
}

func tirerEleve(r *rand.Rand, i int, n ecole.Niveau) repartition.Eleve {
	p := repartition.Eleve{
		ID: id(r), Nom: fmt.Sprintf("Élève %d", i+1), Niveau: n, Sexe: eleve.Masculin, Origine: string(rune('A' + r.IntN(3))),
		Naissance: time.Date(2026-n.Age(), time.January, 1+r.IntN(365), 0, 0, 0, 0, time.UTC), Fratrie: fmt.Sprint(r.IntN(400)),
	}
	if r.IntN(100) < 48 {
		p.Sexe = eleve.Feminin
	}
	if r.IntN(30) == 0 {
		p.Dispositif = "ULIS"
	}
	return p
}

// asseoir places one pupil in twenty by hand, where his level is open.
func (e Ecole) asseoir(r *rand.Rand, p *repartition.Probleme) {
	for i := range p.Eleves {
		c := p.Classes[r.IntN(len(p.Classes))]
		for _, n := range c.Niveaux {
			if n == p.Eleves[i].Niveau && r.IntN(5) == 0 {
				p.Eleves[i].Fixe = c.ID
			}
		}
	}
}

// regler asks one rule for ten pupils, of two of the same level who are not placed yet: one in three keeps them together,
// the others apart.
func (e Ecole) regler(r *rand.Rand, p *repartition.Probleme) {
	for range e.Eleves / 10 {
		a, b := &p.Eleves[r.IntN(e.Eleves)], &p.Eleves[r.IntN(e.Eleves)]
		for b == a || b.Niveau != a.Niveau {
			b = &p.Eleves[r.IntN(e.Eleves)]
		}
		nature := repartition.Ensemble
		if r.IntN(3) > 0 && e.ouvrent(a.Niveau) > 1 {
			nature = repartition.Separes
		}
		if a.Fixe == uuid.Nil && b.Fixe == uuid.Nil {
			p.Regles = append(p.Regles, repartition.Regle{Nature: nature, Eleves: []uuid.UUID{a.ID, b.ID}})
		}
	}
}

// ouvrent counts the classes that open a level.
func (e Ecole) ouvrent(n ecole.Niveau) int {
	k := 0
	for _, levels := range e.Classes {
		if slices.Contains(levels, n) {
			k++
		}
	}
	return k
}
