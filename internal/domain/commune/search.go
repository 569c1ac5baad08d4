package commune

import (
	"cmp"
	"slices"
)

// Search returns at most limit communes whose name, or postal code when q is made of digits, begins with q: the exact
// name first, then the most peopled. It answers nothing to an empty q.
func Search(q string, limit int) []Commune {
	x := reference()
	d := x.lire(q)
	var best []trouvee
	for _, f := range x.found(d) {
		at := x.place(best, f)
		if at >= limit || has(best, f.line) || !d.accepte(x.commune(int(f.line))) {
			continue
		}
		best = slices.Insert(best, at, f)
		best = best[:min(len(best), limit)]
	}
	return x.communes(best)
}

// place returns where f goes among the best found so far. The article counts in a whole name: "st" is not
// Le Saint before Saint-Étienne.
func (x *index) place(best []trouvee, f trouvee) int {
	after := func(b trouvee) bool {
		if (f.rang == nomComplet) != (b.rang == nomComplet) {
			return f.rang == nomComplet
		}
		return x.peuples[f.line] > x.peuples[b.line]
	}
	i := len(best)
	for i > 0 && after(best[i-1]) {
		i--
	}
	return i
}

// has tells a commune already found by its whole name from one found without its article: "la" begins La Lande
// twice.
func has(best []trouvee, line int32) bool {
	return slices.ContainsFunc(best, func(b trouvee) bool { return b.line == line })
}

func (x *index) communes(found []trouvee) []Commune {
	list := make([]Commune, len(found))
	for i, f := range found {
		list[i] = x.commune(int(f.line))
	}
	return list
}

// trouvee is a line that answers a demande.
type trouvee struct {
	line int32
	rang int
}

// The ranks of an answer.
const (
	debut      = iota // the name begins so
	sansLArt          // it is the whole name but for the article
	nomComplet        // it is the whole name
)

// found returns the lines that answer d by name, or by postal code alone; one of a kind each.
func (x *index) found(d demande) []trouvee {
	if d.nom == "" {
		return x.foundByCode(d.code)
	}
	noms := x.prefixed(d.nom)
	list := make([]trouvee, len(noms))
	for i, n := range noms {
		list[i] = trouvee{n.line, n.rang(len(d.nom))}
	}
	return list
}

// rang ranks a name that begins with a prefix of this length.
func (n nom) rang(prefix int) int {
	switch {
	case int(n.end-n.start) > prefix:
		return debut
	case n.court:
		return sansLArt
	}
	return nomComplet
}

// foundByCode returns the communes that a postal code serves, and the one of an INSEE code.
func (x *index) foundByCode(code string) []trouvee {
	if code == "" {
		return nil
	}
	var list []trouvee
	for _, p := range x.served(code) {
		list = append(list, trouvee{p.line, debut})
	}
	if i, ok := x.find(code); ok {
		list = append(list, trouvee{int32(i), debut})
	}
	return unique(list)
}

// unique drops what a commune of several postal codes says twice.
func unique(list []trouvee) []trouvee {
	slices.SortFunc(list, func(a, b trouvee) int { return cmp.Compare(a.line, b.line) })
	return slices.CompactFunc(list, func(a, b trouvee) bool { return a.line == b.line })
}
