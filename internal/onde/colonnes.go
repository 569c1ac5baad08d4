package onde

import (
	"slices"
	"strings"
)

// Colonnes are the columns of a file of our own, by what their heading may say once folded: no accent, no capital, letters
// and digits only.
type Colonnes map[string][]string

// Place is where the columns of a file stand.
type Place map[string]int

// Placer finds the columns in a line of titles. The first heading that answers holds the column, others are left out.
func (c Colonnes) Placer(titres []string) Place {
	place := Place{}
	for i, titre := range titres {
		key := cle(titre)
		for name, words := range c {
			if _, taken := place[name]; !taken && slices.Contains(words, key) {
				place[name] = i
			}
		}
	}
	return place
}

// A tells whether the file has a column.
func (p Place) A(name string) bool { _, ok := p[name]; return ok }

// Texte is the cell of a column, "" where the file has none.
func (p Place) Texte(line Ligne, name string) string {
	if i, ok := p[name]; ok && i < len(line.Cellules) {
		return strings.TrimSpace(line.Cellules[i])
	}
	return ""
}
