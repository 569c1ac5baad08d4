package election

import (
	"slices"
	"testing"

	"github.com/google/uuid"
)

// lien is a link between a child and a person, told by their first names.
func lien(enfant, personne, lien string) Lien {
	id := func(s string) uuid.UUID { return uuid.NewSHA1(uuid.Nil, []byte(s)) }
	return Lien{Enfant: id("enfant " + enfant), Responsable: id(personne), Lien: lien, Personne: Personne{NomFamille: "Abadie", Prenom: personne}}
}

func TestElecteurs(t *testing.T) {
	for _, tt := range []struct {
		name  string
		liens []Lien
		want  []string
	}{
		{"les deux parents, chacun une voix", []Lien{lien("Lina", "Anne", "mere"), lien("Lina", "Marc", "pere")}, []string{"Anne", "Marc"}},
		{"une voix, quel que soit le nombre d’enfants",
			[]Lien{lien("Lina", "Anne", "mere"), lien("Noé", "Anne", "mere"), lien("Zoé", "Anne", "mere")}, []string{"Anne"}},
		{"deux mères", []Lien{lien("Lina", "Anne", "mere"), lien("Lina", "Ève", "mere")}, []string{"Anne", "Ève"}},
		{"le tiers à la place des parents",
			[]Lien{lien("Lina", "Anne", "mere"), lien("Lina", "Rose", "ascendant")}, []string{"Rose tiers"}},
		{"mais pas pour un autre enfant qu’ils ont dans l’école",
			[]Lien{lien("Lina", "Anne", "mere"), lien("Lina", "Rose", "tuteur"), lien("Noé", "Anne", "mere")}, []string{"Rose tiers", "Anne"}},
		{"un tiers parent lui-même n’a qu’une voix", []Lien{lien("Lina", "Rose", "autre_famille"), lien("Noé", "Rose", "mere")}, []string{"Rose"}},
		{"dans un ordre ou dans l’autre", []Lien{lien("Noé", "Rose", "mere"), lien("Lina", "Rose", "autre_famille")}, []string{"Rose"}},
		{"personne", nil, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, e := range Electeurs(tt.liens) {
				said := e.Prenom
				if e.Tiers {
					said += " tiers"
				}
				got = append(got, said)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
