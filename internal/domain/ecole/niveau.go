package ecole

import (
	"slices"
	"strings"
	"time"

	"base-eleves/internal/domain/refusal"
)

// Niveau is a level of the premier degré.
type Niveau string

// The levels, in the order in which a child goes through them (nomenclature N1).
const (
	TPS Niveau = "TPS"
	PS  Niveau = "PS"
	MS  Niveau = "MS"
	GS  Niveau = "GS"
	CP  Niveau = "CP"
	CE1 Niveau = "CE1"
	CE2 Niveau = "CE2"
	CM1 Niveau = "CM1"
	CM2 Niveau = "CM2"
)

var niveaux = []Niveau{TPS, PS, MS, GS, CP, CE1, CE2, CM1, CM2}

var niveauLibelles = map[Niveau]string{
	TPS: "Toute petite section",
	PS:  "Petite section",
	MS:  "Moyenne section",
	GS:  "Grande section",
	CP:  "Cours préparatoire",
	CE1: "Cours élémentaire 1re année",
	CE2: "Cours élémentaire 2e année",
	CM1: "Cours moyen 1re année",
	CM2: "Cours moyen 2e année",
}

// Niveaux returns every level, from the youngest.
func Niveaux() []Niveau { return slices.Clone(niveaux) }

// ParseNiveau reads a level as a form or a file writes it. The refusal has no field.
func ParseNiveau(s string) (Niveau, error) {
	n := Niveau(strings.ToUpper(strings.TrimSpace(s)))
	switch {
	case n == "":
		return "", refusal.Of("", "Indiquez le niveau.")
	case !n.Connu():
		return "", refusal.Of("", "Ce niveau n’existe pas dans le premier degré.")
	}
	return n, nil
}

// Connu tells whether n is one of the levels.
func (n Niveau) Connu() bool { return n.Rang() >= 0 }

// Rang is the place of n in the order of the levels, from 0; -1 for an unknown level.
func (n Niveau) Rang() int { return slices.Index(niveaux, n) }

// Libelle returns the name of n in full.
func (n Niveau) Libelle() string { return niveauLibelles[n] }

// Suivant returns the level after n; none after CM2, which leads to the collège.
func (n Niveau) Suivant() (Niveau, bool) {
	i := n.Rang() + 1
	if i == 0 || i == len(niveaux) {
		return "", false
	}
	return niveaux[i], true
}

// Age is the age that a pupil of n reaches in the year of the rentrée.
func (n Niveau) Age() int { return n.Rang() + 2 }

// Cycle returns the cycle of n.
func (n Niveau) Cycle() Cycle {
	switch {
	case n.Rang() <= GS.Rang():
		return CycleI
	case n.Rang() <= CE2.Rang():
		return CycleII
	}
	return CycleIII
}

// NiveauAttendu returns the level of a child's age in a school year; none under two years old or past the CM2.
func NiveauAttendu(naissance time.Time, annee Annee) (Niveau, bool) {
	i := int(annee) - naissance.Year() - TPS.Age()
	if i < 0 || i >= len(niveaux) {
		return "", false
	}
	return niveaux[i], true
}

// Cycle is a cycle of learning (article D. 311-10 of the Code de l’éducation).
type Cycle int

// The cycles; the third one ends in 6e.
const (
	CycleI Cycle = iota + 1
	CycleII
	CycleIII
)

// String returns the name that the files of ONDE give to c.
func (c Cycle) String() string { return "CYCLE " + strings.Repeat("I", int(c)) }

// Libelle returns the name of c as a page shows it.
func (c Cycle) Libelle() string {
	return [...]string{
		CycleI:   "Cycle 1, apprentissages premiers",
		CycleII:  "Cycle 2, apprentissages fondamentaux",
		CycleIII: "Cycle 3, consolidation",
	}[c]
}

// CycleONDE returns the cycle of a level as the files of today write it, "" for none: ONDE calls the first one MATERNELLE.
func (n Niveau) CycleONDE() string {
	switch {
	case !n.Connu():
		return ""
	case n.Cycle() == CycleI:
		return "MATERNELLE"
	}
	return n.Cycle().String()
}
