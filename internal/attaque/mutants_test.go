package main

import (
	"strings"
	"testing"
)

// Each kind of fault is put in, one in each mutant.
func TestMutate(t *testing.T) {
	const source = `package x

var m = map[int][]R{1: {A, B}}

func f(a, b bool) bool {
	if a && !b {
		return true
	}
	return a == b
}
`
	all, err := mutate("x.go", source, []string{"A", "B", "C"})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"1: {B}", "1: {A, }", "1: {A, B, C}", "a || !b", "a && b", "!true", "a != b"} {
		n := 0
		for _, m := range all {
			if strings.Contains(m.source, want) {
				n++
			}
		}
		if n != 1 {
			t.Errorf("%q is in %d mutants", want, n)
		}
	}
	if len(all) != 7 {
		t.Errorf("%d mutants", len(all))
	}
}
