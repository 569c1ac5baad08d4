package repartition

import (
	"cmp"
	"math/bits"
	"slices"
)

// equilibre is the least that the squares of the sizes can add up to for those who are placed, when nothing else counts:
// each pupil in turn goes to the smallest class that he can reach, others being moved if need be, which is optimal
// (Harvey, Ladner, Lovász and Tamir, Semi-matchings for bipartite graphs and load balancing).
func (m *modele) equilibre(lieu []int) float64 {
	load, held := make([]int, len(m.max)), make([][]int, len(m.max))
	for e, c := range m.fixe {
		if lieu[e] != libre && c != libre {
			load[c]++
		}
	}
	for e, c := range m.fixe {
		if lieu[e] == libre || c != libre {
			continue
		}
		if c := m.atteindre(e, load, held); c != libre {
			load[c]++
		}
	}
	sum := 0.0
	for _, n := range load {
		sum += float64(n * n)
	}
	return sum
}

// atteindre puts a pupil in a class and moves others along, so that the smallest class within reach is one larger; it
// returns that class.
func (m *modele) atteindre(e int, load []int, held [][]int) int {
	from, mover := slices.Repeat([]int{libre}, len(load)), slices.Repeat([]int{libre}, len(load))
	var queue []int
	seen := ensemble(0)
	reach := func(pupil, source int) {
		for open := m.admis[pupil] &^ seen; open != 0; open &= open - 1 {
			c := bits.TrailingZeros64(uint64(open))
			from[c], mover[c] = source, pupil
			queue = append(queue, c)
		}
		seen |= m.admis[pupil]
	}
	reach(e, libre)
	for i := 0; i < len(queue); i++ {
		for _, pupil := range held[queue[i]] {
			reach(pupil, queue[i])
		}
	}
	queue = slices.DeleteFunc(queue, func(c int) bool { return load[c] >= m.max[c] })
	if len(queue) == 0 {
		return libre
	}
	best := slices.MinFunc(queue, func(a, b int) int { return cmp.Or(cmp.Compare(load[a], load[b]), cmp.Compare(a, b)) })
	for c := best; c != libre; c = from[c] {
		held[c] = append(held[c], mover[c])
		if from[c] != libre {
			held[from[c]] = slices.DeleteFunc(held[from[c]], func(p int) bool { return p == mover[c] })
		}
	}
	return best
}
