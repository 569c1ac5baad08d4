// Package rapprochement tells whether two identities are those of one child: what is typed against what the register
// has, two files against each other. It is where the search before a new file, the merge and the import come to know a
// child in spite of accents, hyphens, particles, spelling, swapped fields and dates (domain.md §4.3). It reads no base:
// migrations/0010_recherche.sql finds the few identities worth comparing.
package rapprochement

import (
	"slices"
	"time"
)

// Identite is what is compared of a child. What is not known is left empty and tells nothing.
type Identite struct {
	NomFamille       string
	NomUsage         string
	Prenom           string
	Prenom2          string
	Prenom3          string
	Sexe             string // "F", "M"
	Naissance        time.Time
	CommuneNaissance string // INSEE code
}

// Thresholds of the score (domain.md §4.3): from Meme on nothing distinguishes the two, from Proche on somebody must
// say whether they are the same, under it they are two children.
const (
	Meme   = 0.95
	Proche = 0.6
)

// What each difference leaves of the score; differences multiply. Two of the common ones (a name by its sound, day and
// month swapped) leave it above Proche; a doubtful date with a part of a name only, another commune of birth or another
// second first name, or a first name that is only near with another sexe, do not: of 100,000 children some bear the
// names of a new one and were born on a day that differs by a digit.
const (
	partUsage       = 0.97
	partInverse     = 0.95
	partAutrePrenom = 0.85 // known by the second first name
	partJourMois    = 0.95
	partDateProche  = 0.66
	partSexe        = 0.9
	partSexeAutre   = 0.6 // and another first name, Gabriel and Gabrielle
	partCommune     = 0.9
	partSansDate    = 0.75 // another commune, when the dates differ too
	partPrenom2     = 0.95
	partSansPrenom2 = 0.75 // another second first name, when the dates differ too
)

// Comparer tells how far two identities are those of one child, from 0 to 1, and what makes one think so. Under Proche
// there is no reason to give. Twins bear one name and one date: a clearly different first name makes two children
// (domain.md, annex D.4).
func Comparer(a, b Identite) (float64, []Raison) {
	noms := comparerNoms(a, b)
	jour := comparerDates(a.Naissance, b.Naissance)
	score := noms.part * jour.part
	if score < Proche {
		return score, nil
	}
	score *= resteSexe(a, b, noms) * resteCommune(a, b, jour) * restePrenoms(a, b, jour)
	if score < Proche {
		return score, nil
	}
	return score, slices.DeleteFunc(slices.Concat(jour.raisons, noms.raisons), func(r Raison) bool { return r == "" })
}

// constat is what a comparison has found: what it leaves of the score, and why.
type constat struct {
	part    float64
	raisons []Raison
}

func (c constat) puis(part float64, raisons ...Raison) constat {
	return constat{c.part * part, slices.Concat(c.raisons, raisons)}
}

// et joins what was found of two things.
func (c constat) et(d constat) constat { return c.puis(d.part, d.raisons...) }

// comparerNoms takes the best of the ways in which the names of a may be those of b.
func comparerNoms(a, b Identite) constat {
	droit := nomDe(a, b).et(prenomDe(a, b))
	if droit.part >= Meme {
		return droit
	}
	return meilleur(droit, inverse(a, b))
}

func meilleur(list ...constat) constat {
	return slices.MaxFunc(list, func(x, y constat) int {
		switch {
		case x.part < y.part:
			return -1
		case x.part > y.part:
			return 1
		}
		return 0
	})
}

// nomDe compares the family names, then each with the name in use of the other.
func nomDe(a, b Identite) constat {
	best := ressemble(a.NomFamille, b.NomFamille, motsNom)
	for _, paire := range [][2]string{{a.NomFamille, b.NomUsage}, {a.NomUsage, b.NomFamille}, {a.NomUsage, b.NomUsage}} {
		if best.part == 1 {
			break
		}
		best = meilleur(best, ressemble(paire[0], paire[1], motsUsage).puis(partUsage, ParNomUsage))
	}
	return best
}

// prenomDe compares the first names, then each with the other ones of the other: some children go by the second.
func prenomDe(a, b Identite) constat {
	best := ressemble(a.Prenom, b.Prenom, motsPrenom)
	for _, paire := range [][2]string{{a.Prenom, b.Prenom2}, {a.Prenom, b.Prenom3}, {a.Prenom2, b.Prenom}, {a.Prenom3, b.Prenom}} {
		if best.part >= partAutrePrenom {
			break
		}
		best = meilleur(best, ressemble(paire[0], paire[1], motsPrenom).puis(partAutrePrenom, ParAutrePrenom))
	}
	return best
}

// inverse compares the name of each with the first name of the other.
func inverse(a, b Identite) constat {
	best := constat{}
	for _, x := range []string{a.NomFamille, a.NomUsage} {
		for _, y := range []string{b.NomFamille, b.NomUsage} {
			nom, prenom := ressemble(x, b.Prenom, motsInverses), ressemble(a.Prenom, y, motsInverses)
			best = meilleur(best, constat{nom.part * prenom.part * partInverse, []Raison{NomPrenomInverses}})
		}
	}
	return best
}

// resteSexe is what another sexe leaves: a wrong box beside the very same first name, another child beside a near one.
func resteSexe(a, b Identite, noms constat) float64 {
	switch {
	case a.Sexe == "" || b.Sexe == "" || a.Sexe == b.Sexe:
		return 1
	case Plier(a.Prenom) == Plier(b.Prenom) || slices.Contains(noms.raisons, NomPrenomInverses):
		return partSexe
	}
	return partSexeAutre
}

func resteCommune(a, b Identite, jour constat) float64 {
	switch {
	case a.CommuneNaissance == "" || b.CommuneNaissance == "" || a.CommuneNaissance == b.CommuneNaissance:
		return 1
	case jour.part < partJourMois:
		return partSansDate
	}
	return partCommune
}

// restePrenoms is what two second first names that have nothing in common leave.
func restePrenoms(a, b Identite, jour constat) float64 {
	switch {
	case a.Prenom2 == "" || b.Prenom2 == "" || ressemble(a.Prenom2, b.Prenom2, motsPrenom).part > 0 || prenomDe(a, b).part < 1:
		return 1
	case jour.part < partJourMois:
		return partSansPrenom2
	}
	return partPrenom2
}
