// Package repartition composes the classes of a school for a year: it places pupils by the rules that the directeur
// gave, weighs what is left to chance, and says why each pupil is where he is. The board of /repartition comes here for
// a proposal, and to judge what was placed by hand. It reads and writes nothing: a problem comes in, a proposal goes out.
package repartition

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
)

// Probleme is what is to be composed.
type Probleme struct {
	Classes  []Classe
	Eleves   []Eleve
	Regles   []Regle
	Fratries Preference // for brothers and sisters of whom no rule says anything
	Poids    Poids      // the zero value weighs as PoidsUsuels does
}

// Classe is a class that takes pupils.
type Classe struct {
	ID      uuid.UUID
	Libelle string
	Niveaux []ecole.Niveau
	Max     int // pupils that it never exceeds, 0 for none
	Conseil int // pupils that it should not exceed, 0 for none; see Conseil
}

// Eleve is a pupil to be placed, or who was placed by hand.
type Eleve struct {
	ID         uuid.UUID
	Nom        string // as sentences name him: first name and name
	Niveau     ecole.Niveau
	Sexe       eleve.Sexe
	Naissance  time.Time
	Fratrie    string    // brothers and sisters share it; "" for an only child
	Origine    string    // label of last year's class, "" for a newcomer
	Dispositif string    // ULIS, UPE2A: spread over the classes like the rest; "" for none
	Fixe       uuid.UUID // class where he was placed by hand, and stays; uuid.Nil when he is free
}

// Nature is what a rule asks of its pupils.
type Nature int

// The rules.
const (
	Ensemble Nature = iota // all in one class
	Separes                // each in a class of his own
)

// Regle is asked of two pupils or more. Those who are not in the problem are passed over: they may have left since.
type Regle struct {
	Nature Nature
	Eleves []uuid.UUID
	Souple bool // a wish: granted where it can be, otherwise told
}

// Preference is what is wished for brothers and sisters.
type Preference int

// The preferences. A brother and a sister of two levels that no class opens together are nobody's fault.
const (
	FratriesIndifferentes Preference = iota
	FratriesEnsemble
	FratriesSeparees
)

// Conseille is how many pupils a class should have at most: 24 where all are in GS, CP or CE1, the levels that the State
// undertook to hold to that number; 0 where nothing is advised.
func Conseille(niveaux []ecole.Niveau) int {
	reduit := func(n ecole.Niveau) bool { return n == ecole.GS || n == ecole.CP || n == ecole.CE1 }
	if len(niveaux) == 0 || !slices.ContainsFunc(niveaux, reduit) {
		return 0
	}
	if slices.ContainsFunc(niveaux, func(n ecole.Niveau) bool { return !reduit(n) }) {
		return 0
	}
	return EffectifConseille
}

// EffectifConseille is the most pupils of a class of GS, CP or CE1.
const EffectifConseille = 24
