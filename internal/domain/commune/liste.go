package commune

import "iter"

// All yields every entry of the reference, in the order of the INSEE codes.
func All() iter.Seq[Commune] {
	return func(yield func(Commune) bool) {
		x := reference()
		for i := range x.len() {
			if !yield(x.commune(i)) {
				return
			}
		}
	}
}
