package repartition

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
)

// Critere is one of the things that a composition is weighed by.
type Critere int

// The criteria, in the order in which a page shows them.
const (
	Effectifs   Critere = iota // classes of one size
	Conseils                   // no class above what is advised
	NiveauxPar                 // the levels of a class in equal parts
	Sexes                      // girls and boys as in the level
	Trimestres                 // births spread over the year as in the level
	Origines                   // last year's classes mixed
	Dispositifs                // pupils of ULIS and UPE2A spread
	Souhaits                   // wishes and brothers and sisters
	nbCriteres
)

// Poids is how much one unit of each criterion weighs.
type Poids [nbCriteres]float64

// PoidsUsuels are the weights of a directeur who asks for nothing else: the size first, then what is seen every day.
var PoidsUsuels = Poids{
	Effectifs: 4, Conseils: 10, NiveauxPar: 1, Sexes: 2, Trimestres: 1, Origines: 0.5, Dispositifs: 4, Souhaits: 20,
}

// Criteres returns every criterion in order.
func Criteres() []Critere {
	all := make([]Critere, nbCriteres)
	for i := range all {
		all[i] = Critere(i)
	}
	return all
}

// Libelle names a criterion.
func (c Critere) Libelle() string {
	return [...]string{
		Effectifs:   "Effectifs égaux",
		Conseils:    "Effectif conseillé",
		NiveauxPar:  "Niveaux dans la classe",
		Sexes:       "Filles et garçons",
		Trimestres:  "Trimestres de naissance",
		Origines:    "Anciennes classes mêlées",
		Dispositifs: "Dispositifs répartis",
		Souhaits:    "Souhaits et fratries",
	}[c]
}

// Places says in which class each pupil is; whoever is absent from it is not placed.
type Places map[uuid.UUID]uuid.UUID

// Bilan is what a composition is worth, whoever made it.
type Bilan struct {
	Cout     [nbCriteres]float64 // by criterion, weighed; 0 is perfect
	Fautes   []Contrainte        // what it breaks of that which must hold
	Souhaits []string            // wishes that it does not grant, one sentence each
	Eleves   map[uuid.UUID][]string
	Classes  map[uuid.UUID][]string
}

// Total is the sum of what it costs.
func (b Bilan) Total() float64 {
	var t float64
	for _, c := range b.Cout {
		t += c
	}
	return t
}

// Proposition is a composition in which everybody is placed and every rule holds.
type Proposition struct {
	Places Places
	Bilan
	Essais     int  // moves that were tried
	Interrompu bool // its time was up before the last move
}

// Motif is the kind of a constraint.
type Motif int

// The constraints: rules, and what goes without saying.
const (
	ParRegle    Motif = iota // a rule of the directeur
	ParPlace                 // a pupil placed by hand
	ParMaximum               // the maximum of a class
	ParEffectif              // all the pupils of a level have a class that opens it
)

// Contrainte is something that must hold, and what a page links to.
type Contrainte struct {
	Motif  Motif
	Regle  int          // index in Probleme.Regles, ParRegle
	Eleve  uuid.UUID    // ParPlace
	Classe uuid.UUID    // ParPlace, ParMaximum
	Niveau ecole.Niveau // ParEffectif
	Phrase string
}

// Conflit is a set of constraints that cannot hold together; without any one of them the others could.
type Conflit struct {
	Contraintes []Contrainte
	Phrase      string
}

// Impossible is the error of a problem that has no solution.
type Impossible struct {
	Conflits []Conflit
	// Incertain says that no solution was found, but that none was proved not to exist: the conflicts are what the best
	// attempt breaks.
	Incertain bool
}

// Error returns the sentences, one a line.
func (i Impossible) Error() string {
	s := ""
	for n, c := range i.Conflits {
		if n > 0 {
			s += "\n"
		}
		s += c.Phrase
	}
	return s
}
