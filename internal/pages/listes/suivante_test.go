package listes_test

import (
	"testing"

	"base-eleves/internal/fixture"
)

// Before the rentrée is prepared nobody is of the next year: the list that is empty says when one enters it, that of this
// year does not.
func TestAnEmptyNextYearSaysWhenItFills(t *testing.T) {
	m := fixture.New(t)
	m.Present("Lina")
	said := "Un élève entre dans l’année 2027-2028 quand il y est inscrit, ou quand l’école prépare la rentrée."
	fixture.Shows(t, m.Get("directeur", "/listes/composer?prete=prochaine_annee").Body, []string{"Personne ne répond à ces critères.", said}, nil)
	fixture.Shows(t, m.Get("directeur", "/listes/composer?prete=radies").Body, []string{"Personne ne répond à ces critères."}, []string{said}) // control
}
