package commune

import "testing"

func TestAll(t *testing.T) {
	var n int
	last := ""
	for c := range All() {
		if c.Insee < last { // a déléguée may keep the code of its commune
			t.Fatalf("%s comes after %s", c.Insee, last)
		}
		n, last = n+1, c.Insee
	}
	if n < 37_000 {
		t.Errorf("%d communes", n)
	}
	for range All() {
		break // a walk may stop
	}
}
