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
	conseil []int          // of each class
	ouvert  []ensemble     // classes that open each level
	mixte   []float64      // levels of each class that have pupils

	fille  []float64 // 1 for a girl, by pupil
	filles []float64 // share of girls in each level
	traits []trait
	voeux  []voeu
	liens  [][]int // wishes about each pupil
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
		m.conseil = append(m.conseil, cmp.Or(c.Conseil, sansMaximum))
	}
	for i, e := range p.Eleves {
		m.eleve[e.ID] = i
	}
	if len(m.classe) != len(p.Classes) || len(m.eleve) != len(p.Eleves) {
		return nil, fmt.Errorf("repartition: a pupil or a class is there twice")
	}
	m.lireNiveaux()
	m.lireRegles()
	if err := m.lireEleves(); err != nil {
		return nil, err
	}
	m.lireTraits()
	m.lireVoeux()
	return m, nil
}

func (m *modele) lireNiveaux() {
	for _, e := range m.p.Eleves {
		m.niveaux = append(m.niveaux, e.Niveau)
	}
	slices.SortFunc(m.niveaux, func(a, b ecole.Niveau) int {
		return cmp.Or(cmp.Compare(a.Rang(), b.Rang()), cmp.Compare(a, b))
	})
	m.niveaux = slices.Compact(m.niveaux)
	m.mixte = make([]float64, len(m.p.Classes))
	for n, niveau := range m.niveaux {
		m.ouvert = append(m.ouvert, m.ouvrent(niveau))
		for c := range m.mixte {
			if m.ouvert[n].a(c) {
				m.mixte[c]++
			}
		}
	}
}

func (m *modele) lireEleves() error {
	for _, e := range m.p.Eleves {
		n := slices.Index(m.niveaux, e.Niveau)
		m.niveau = append(m.niveau, n)
		m.admis = append(m.admis, m.ouvert[n])
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
