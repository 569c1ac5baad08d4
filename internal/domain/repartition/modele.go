package repartition

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
)

// modele is a problem by numbers: pupils, classes and levels are indices, sets of classes are bits.
type modele struct {
	p       *Probleme
	poids   Poids
	eleve   map[uuid.UUID]int
	classe  map[uuid.UUID]int
	niveaux []ecole.Niveau // from the youngest
	niveau  []int          // of each pupil
	fixe    []int          // class where each pupil stays, or libre
	admis   []ensemble     // classes that open the level of each pupil
	regles  [][]int        // pupils of each rule, each once
	max     []int          // of each class
}

const (
	libre = -1
	// sansMaximum is more than any school has.
	sansMaximum = math.MaxInt32
)

// ensemble is a set of classes.
type ensemble uint64

// maxClasses is how many classes a set holds; no school has as many.
const maxClasses = 64

func (e ensemble) a(c int) bool { return e>>c&1 == 1 }

// numeroter reads a problem. What it refuses is a mistake of the caller's, not of the directeur's.
func numeroter(p *Probleme) (*modele, error) {
	if len(p.Classes) > maxClasses {
		return nil, fmt.Errorf("repartition: %d classes, more than %d", len(p.Classes), maxClasses)
	}
	m := &modele{p: p, poids: p.Poids, eleve: map[uuid.UUID]int{}, classe: map[uuid.UUID]int{}}
	if m.poids == (Poids{}) {
		m.poids = PoidsUsuels
	}
	for i, c := range p.Classes {
		m.classe[c.ID] = i
		m.max = append(m.max, cmp.Or(c.Max, sansMaximum))
	}
	for i, e := range p.Eleves {
		m.eleve[e.ID] = i
	}
	if len(m.classe) != len(p.Classes) || len(m.eleve) != len(p.Eleves) {
		return nil, fmt.Errorf("repartition: a pupil or a class is there twice")
	}
	m.lireNiveaux()
	m.lireRegles()
	return m, m.lireEleves()
}

func (m *modele) lireNiveaux() {
	for _, e := range m.p.Eleves {
		m.niveaux = append(m.niveaux, e.Niveau)
	}
	slices.SortFunc(m.niveaux, func(a, b ecole.Niveau) int {
		return cmp.Or(cmp.Compare(a.Rang(), b.Rang()), cmp.Compare(a, b))
	})
	m.niveaux = slices.Compact(m.niveaux)
}

func (m *modele) lireEleves() error {
	for _, e := range m.p.Eleves {
		m.niveau = append(m.niveau, slices.Index(m.niveaux, e.Niveau))
		m.admis = append(m.admis, m.ouvrent(e.Niveau))
		fixe := libre
		if e.Fixe != uuid.Nil {
			c, known := m.classe[e.Fixe]
			if !known {
				return fmt.Errorf("repartition: pupil %s was placed in a class that is not there", e.ID)
			}
			fixe = c
		}
		m.fixe = append(m.fixe, fixe)
	}
	return nil
}

// ouvrent are the classes that open a level.
func (m *modele) ouvrent(n ecole.Niveau) ensemble {
	var e ensemble
	for c, classe := range m.p.Classes {
		if slices.Contains(classe.Niveaux, n) {
			e |= 1 << c
		}
	}
	return e
}

func (m *modele) lireRegles() {
	m.regles = make([][]int, len(m.p.Regles))
	for r, regle := range m.p.Regles {
		for _, id := range regle.Eleves {
			if e, known := m.eleve[id]; known && !slices.Contains(m.regles[r], e) {
				m.regles[r] = append(m.regles[r], e)
			}
		}
	}
}
