// Package commune knows every commune of France, past ones included: forms come here to turn what an agent types
// into an INSEE code, the import of the directory to check one, pages to show a name. The reference is embedded
// (data INSEE, La Poste and DGCL, Licence Ouverte) and rebuilt by `make communes`.
package commune

import (
	"strconv"
	"strings"
)

// Commune is an entry of the Code officiel géographique.
type Commune struct {
	Insee       string
	Nom         string
	Statut      Statut
	Rattachee   string // INSEE code of the commune it belongs to, "" for a commune of full right
	Departement string // '65', '2A', '974'
	Population  int    // 0 when unknown
	postaux     string
}

// Statut tells a commune of full right from the places that only a birth certificate still names.
type Statut string

// The statuses of the Code officiel géographique.
const (
	DePleinExercice Statut = ""
	Deleguee        Statut = "d"
	Associee        Statut = "a"
	Arrondissement  Statut = "m" // of Paris, Lyon or Marseille
)

// Libelle returns the name that no other commune bears: "Tarbes (65)". Parse reads it back.
func (c Commune) Libelle() string {
	return c.Nom + " (" + c.Departement + ")"
}

// Postaux returns the postal codes of c; a déléguée or an associée has those of the commune it belongs to.
func (c Commune) Postaux() []string {
	if c.Statut == Deleguee || c.Statut == Associee {
		return strings.Fields(c.Courante().postaux)
	}
	return strings.Fields(c.postaux)
}

// Courante returns the commune that has a mairie: c itself, or the one that c belongs to.
func (c Commune) Courante() Commune {
	if c.Rattachee == "" {
		return c
	}
	courante, ok := Find(c.Rattachee)
	if !ok {
		return c
	}
	return courante
}

// Find returns the commune of an INSEE code. The code of a commune that has merged without leaving a name
// gives the commune that it became.
func Find(insee string) (Commune, bool) {
	x := reference()
	i, ok := x.find(insee)
	if !ok {
		i, ok = x.anciens[insee]
	}
	if !ok {
		return Commune{}, false
	}
	return x.commune(i), true
}

// parse reads a line of communes.tsv, written by gen: trailing empty columns are left out. It also returns the codes
// of the communes that merged into this one.
func parse(line string) (c Commune, anciens string) {
	var f [8]string
	for i := range f {
		f[i], line, _ = strings.Cut(line, "\t")
	}
	population, _ := strconv.Atoi(f[6])
	return Commune{
		Insee: f[0], Nom: f[1], Statut: Statut(f[2]), Rattachee: f[3], Departement: f[4],
		Population: population, postaux: f[5],
	}, f[7]
}
