package commune

import "testing"

func BenchmarkBuild(b *testing.B) {
	for b.Loop() {
		build(communesTSV)
	}
}

func BenchmarkSearch(b *testing.B) {
	for _, q := range []string{"s", "saint", "saint (65)", "tarb", "65000", "6", "Tarbes (65)"} {
		b.Run(q, func(b *testing.B) {
			for b.Loop() {
				Search(q, 10)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for b.Loop() {
		if _, err := Parse("65000 Tarbes"); err != nil {
			b.Fatal(err)
		}
	}
}
