package famille

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/refusal"
)

// Etendue says for whom a change of something shared is meant.
type Etendue string

// The answers to the question.
const (
	Seul  Etendue = "enfant" // this child only
	Foyer Etendue = "foyer"  // those of his family who live there
	Tous  Etendue = "tous"   // those ticked among all who share it
	// Chacun is all who share it, whoever they are: the answer of an act that corrects what is recorded, and asks nothing.
	Chacun Etendue = "chacun"
)

// ChampEtendue and ChampConcernes are the fields of the question: for whom, and who is ticked.
const (
	ChampEtendue   = "etendue"
	ChampConcernes = "concerne"
	ChampAilleurs  = "ailleurs"
)

// Concerne is somebody whom the change may concern: a pupil or a responsable whom the agent sees.
type Concerne struct {
	ID      uuid.UUID
	Eleve   bool   // a pupil; otherwise a responsable
	Nom     string // as shown
	Famille bool   // of the family of the child whose file is open
	Tenu    bool   // another than the agent holds the pen
}

// Choix is the answer.
type Choix struct {
	Etendue  Etendue
	Coches   []uuid.UUID // with Tous
	Ailleurs bool        // with Tous: also those whom the agent does not see
}

// Partage is who shares a thing with a child: those whom the agent sees, the child first among them, and whether there
// are others.
type Partage struct {
	Enfant    uuid.UUID
	Version   int // of the home
	Concernes []Concerne
	Ailleurs  bool
}

// Partagee tells that the question is to be asked: somebody else is concerned.
func (p Partage) Partagee() bool { return len(p.Concernes) > 1 || p.Ailleurs }

// Evidente is the answer of a child who shares with nobody but his own responsables: his home. There is none with
// brothers and sisters, whom one must not move unasked.
func (p Partage) Evidente() Etendue {
	for _, x := range p.Concernes {
		if x.Eleve && x.ID != p.Enfant || !x.Eleve && !x.Famille {
			return ""
		}
	}
	if p.Ailleurs {
		return ""
	}
	return Foyer
}

// Repartir tells whom the change concerns and whom it leaves as they are. A child who shares with nobody needs no answer.
func (p Partage) Repartir(c Choix) (concernes, autres []Concerne, err error) {
	if !p.Partagee() {
		return p.Concernes, nil, nil
	}
	if c.Etendue == "" {
		c.Etendue = p.Evidente()
	}
	if !slices.Contains([]Etendue{Seul, Foyer, Tous, Chacun}, c.Etendue) {
		return nil, nil, refusal.Of(ChampEtendue, "Dites qui est concerné par ce changement.")
	}
	for _, x := range p.Concernes {
		if p.retient(c, x) {
			concernes = append(concernes, x)
		} else {
			autres = append(autres, x)
		}
	}
	return concernes, autres, tenus(concernes)
}

func (p Partage) retient(c Choix, x Concerne) bool {
	switch c.Etendue {
	case Foyer:
		return x.Famille || x.ID == p.Enfant
	case Tous:
		return x.ID == p.Enfant || slices.Contains(c.Coches, x.ID)
	case Chacun:
		return true
	}
	return x.ID == p.Enfant
}

// tenus refuses to change what belongs to a file of which another holds the pen (design.md §2.4).
func tenus(concernes []Concerne) error {
	var noms []string
	for _, x := range concernes {
		if x.Tenu {
			noms = append(noms, x.Nom)
		}
	}
	if len(noms) == 0 {
		return nil
	}
	return refusal.Of(ChampEtendue, "L’école tient le dossier qui concerne "+strings.Join(noms, ", ")+
		"\u00a0: choisissez «\u00a0cet enfant seulement\u00a0», ou demandez-lui la correction.")
}

// ids are the identifiers of the pupils, or of the responsables, among them.
func ids(list []Concerne, eleves bool) []uuid.UUID {
	found := []uuid.UUID{}
	for _, x := range list {
		if x.Eleve == eleves {
			found = append(found, x.ID)
		}
	}
	return found
}

// Noms are their names, for a sentence.
func Noms(list []Concerne) string {
	noms := make([]string, len(list))
	for i, x := range list {
		noms[i] = x.Nom
	}
	return strings.Join(noms, ", ")
}
