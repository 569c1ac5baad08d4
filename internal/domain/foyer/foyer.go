// Package foyer says to which homes the papers of a pupil go and what each of them may read of the others. Parents who
// live apart each receive the papers (both hold the parental authority, art. 372 of the code civil), and what one
// has told the school of his home is not for the other.
package foyer

import (
	"slices"

	"github.com/google/uuid"
)

// Responsable is one of those responsible for the pupil, as far as the papers are concerned.
type Responsable struct {
	Autorite bool      // exercises parental authority
	Adresse  uuid.UUID // where he lives, Nil when it is not known
	Cachee   bool      // his address is protected
}

// Foyer is a home that receives a paper.
type Foyer struct {
	Adresse   uuid.UUID
	Principal bool  // the pupil's own home
	Ici       []int // ranks of the responsables who live there
	Ailleurs  []int // of the others: their names, nothing more
	Cachee    bool  // its address is protected: the paper leaves it blank
	Discret   bool  // somebody is protected from this home: nothing that leads to him is on its paper
}

// De gives the homes of a pupil who lives at domicile, his own first. A home receives a paper when somebody there
// exercises parental authority; when nobody does anywhere, the pupil's home does. A responsable whose address is not
// known counts in the pupil's home.
func De(domicile uuid.UUID, list []Responsable) []Foyer {
	adresses := []uuid.UUID{domicile}
	for _, r := range list {
		if a := r.chez(domicile); r.Autorite && !slices.Contains(adresses, a) {
			adresses = append(adresses, a)
		}
	}
	var foyers []Foyer
	for i, a := range adresses {
		if f := au(a, domicile, list); i > 0 || f.autorite(list) || len(adresses) == 1 {
			foyers = append(foyers, f)
		}
	}
	return foyers
}

func (r Responsable) chez(domicile uuid.UUID) uuid.UUID {
	if r.Adresse == uuid.Nil {
		return domicile
	}
	return r.Adresse
}

func au(adresse, domicile uuid.UUID, list []Responsable) Foyer {
	f := Foyer{Adresse: adresse, Principal: adresse == domicile}
	for i, r := range list {
		switch {
		case r.chez(domicile) == adresse:
			f.Ici = append(f.Ici, i)
			f.Cachee = f.Cachee || r.Cachee
		default:
			f.Ailleurs = append(f.Ailleurs, i)
			f.Discret = f.Discret || r.Cachee
		}
	}
	return f
}

func (f Foyer) autorite(list []Responsable) bool {
	return slices.ContainsFunc(f.Ici, func(i int) bool { return list[i].Autorite })
}
