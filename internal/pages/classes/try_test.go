package classes_test

import (
	"fmt"
	"testing"

	"base-eleves/internal/fixture"
)

func TestTry(t *testing.T) {
	m := fixture.New(t)
	e := m.Present("Lina")
	_ = e
	for _, a := range []string{"directeur", "ien", "ia", "mairie"} {
		for _, p := range []string{"/classes", "/classes?annee=2027", "/classes?q=jean&niveau=CE1&tri=libelle&sens=desc", "/classes/" + fixture.CE1.String(), "/classes/nouvelle", "/classes/" + fixture.CE1.String() + "/modifier", "/classes.csv", "/classes/" + fixture.CE1.String() + ".csv", "/classes/" + fixture.CE1.String() + ".pdf", "/classes/" + fixture.CE1Loin.String()} {
			got := m.Get(a, p)
			fmt.Println(a, p, got.Code, len(got.Body))
			if a != "mairie" && got.Code == 200 && len(p) < 15 || got.Code > 499 {
				fmt.Println(got.Body)
			}
		}
	}
}
