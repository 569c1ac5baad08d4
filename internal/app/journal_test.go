package app_test

import (
	"net/http"
	"testing"

	"base-eleves/internal/fixture"
)

// A line says from where and in which request: those of one request have one name, those of two have two.
func TestJournalSaysFromWhere(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	before := fixture.Valeur[int64](m, `select coalesce(max(id), 0) from journal`)
	for range 2 {
		if got := m.Get("directeur", "/eleves/"+e.ID.String()); got.Code != http.StatusOK {
			t.Fatal(got.Code)
		}
	}
	const since = ` from journal where id > $1`
	if n := fixture.Valeur[int](m, `select count(*)`+since+` and adresse = '192.0.2.1'`, before); n < 2 { // httptest's
		t.Errorf("%d lines say the address", n)
	}
	if n := fixture.Valeur[int](m, `select count(distinct requete)`+since, before); n != 2 {
		t.Errorf("%d requests named, want 2", n)
	}
}
