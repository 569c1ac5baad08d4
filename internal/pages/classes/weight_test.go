package classes_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"base-eleves/internal/fixture"
)

// maxWeight is what the list of a class may weigh on the wire: design.md §8.
const maxWeight = 4 << 10

// The list of thirty pupils is light, with names that repeat less than real ones do.
func TestWeightOfThirty(t *testing.T) {
	m := fixture.New(t)
	for range 30 {
		m.Placer("directeur", m.Present("Lina"), fixture.CE1)
	}
	if _, err := m.Tx.Exec(t.Context(), `update eleve set nom_famille = initcap(translate(left(md5(id::text), 9), '0123456789', 'ghijklmnop')),
		prenom = initcap(translate(left(md5(id::text || 'x'), 6), '0123456789', 'ghijklmnop')), date_naissance = date_naissance - (random() * 300)::int`); err != nil {
		t.Fatal(err)
	}
	body := m.Get("directeur", ce1).Body
	if n := strings.Count(body, `<a href="/eleves/`); n != 30 {
		t.Fatalf("%d pupils listed, want 30", n)
	}
	var packed bytes.Buffer
	w, _ := gzip.NewWriterLevel(&packed, 4) // the level is valid
	_, _ = w.Write([]byte(body))            // in memory
	_ = w.Close()
	t.Logf("%d bytes, %d compressed", len(body), packed.Len())
	if packed.Len() > maxWeight {
		t.Errorf("%d bytes compressed, want at most %d", packed.Len(), maxWeight)
	}
}
