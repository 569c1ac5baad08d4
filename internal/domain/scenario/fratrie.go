package scenario

import "github.com/google/uuid"

// joindreFratries numbers the families that have several children on the board.
func joindreFratries(list []Eleve) {
	root := make([]int, len(list))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			i = root[i]
		}
		return i
	}
	first := map[uuid.UUID]int{}
	size := make([]int, len(list))
	for i, e := range list {
		for _, proche := range e.Proches {
			if j, seen := first[proche]; seen {
				root[find(i)] = find(j)
			} else {
				first[proche] = i
			}
		}
	}
	for i := range list {
		size[find(i)]++
	}
	number := map[int]int{}
	for i := range list {
		r := find(i)
		if size[r] < 2 {
			continue
		}
		if number[r] == 0 {
			number[r] = len(number) + 1
		}
		list[i].fratrie = number[r]
	}
}
