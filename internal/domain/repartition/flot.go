package repartition

import "math/bits"

// demande is a number of pupils who may go to the same classes and are all alike for that.
type demande struct {
	classes ensemble
	nombre  int
}

// flot sends pupils to classes one by one, and moves those who are already there when a class is full: a maximum flow,
// on so few classes that the plainest search of a path is the fastest.
type flot struct {
	demandes []demande
	reste    []int   // room of each class
	envoye   [][]int // from each demand to each class
	vu       ensemble
}

// envoyer places every demand in the room that is left; it returns nil when some find none, which proves that nobody
// can do better.
func envoyer(demandes []demande, reste []int) [][]int {
	f := flot{demandes: demandes, reste: append([]int(nil), reste...), envoye: make([][]int, len(demandes))}
	cells := make([]int, len(demandes)*len(reste))
	for d := range demandes {
		f.envoye[d] = cells[d*len(reste) : (d+1)*len(reste)]
	}
	for d := range demandes {
		for sent := 0; sent < demandes[d].nombre; {
			f.vu = 0
			n := f.pousser(d, demandes[d].nombre-sent)
			if n == 0 {
				return nil
			}
			sent += n
		}
	}
	return f.envoye
}

// pousser sends up to n pupils of a demand somewhere; it returns how many, 0 when no path is left.
func (f *flot) pousser(d, n int) int {
	for open := f.demandes[d].classes &^ f.vu; open != 0; open = f.demandes[d].classes &^ f.vu {
		c := bits.TrailingZeros64(uint64(open))
		f.vu |= 1 << c
		if k := min(n, f.reste[c]); k > 0 {
			f.reste[c] -= k
			f.envoye[d][c] += k
			return k
		}
		if k := f.deloger(c, n); k > 0 {
			f.envoye[d][c] += k
			return k
		}
	}
	return 0
}

// deloger makes up to n pupils of a full class go elsewhere.
func (f *flot) deloger(c, n int) int {
	for d := range f.demandes {
		if f.envoye[d][c] == 0 {
			continue
		}
		if k := f.pousser(d, min(n, f.envoye[d][c])); k > 0 {
			f.envoye[d][c] -= k
			return k
		}
	}
	return 0
}

// distinctes tells whether each of these sets can give a class of its own: a matching of sets and classes.
func distinctes(sets []ensemble) bool {
	holder := [maxClasses]int{}
	var trouver func(s int, seen *ensemble) bool
	trouver = func(s int, seen *ensemble) bool {
		for open := sets[s] &^ *seen; open != 0; open = sets[s] &^ *seen {
			c := bits.TrailingZeros64(uint64(open))
			*seen |= 1 << c
			if holder[c] == 0 || trouver(holder[c]-1, seen) {
				holder[c] = s + 1
				return true
			}
		}
		return false
	}
	for s := range sets {
		var seen ensemble
		if !trouver(s, &seen) {
			return false
		}
	}
	return true
}
