package monde

import (
	"cmp"
	"slices"
	"sync"

	"base-eleves/internal/domain/commune"
)

// maternites are the communes where the children of a département are born, the most common first. Births of Paris,
// Lyon and Marseille are registered in an arrondissement.
func maternites(departement string) []string { return lieuxDeNaissance()[departement] }

// parDepartement is how many of them there are: a village has no maternity.
const parDepartement = 5

var lieuxDeNaissance = sync.OnceValue(func() map[string][]string {
	byDepartement := map[string][]commune.Commune{}
	for c := range commune.All() {
		if c.Statut == commune.Arrondissement || c.Statut == commune.DePleinExercice && !decoupee[c.Insee] {
			byDepartement[c.Departement] = append(byDepartement[c.Departement], c)
		}
	}
	codes := map[string][]string{}
	for departement, list := range byDepartement {
		slices.SortFunc(list, func(a, b commune.Commune) int {
			return cmp.Or(cmp.Compare(b.Population, a.Population), cmp.Compare(a.Insee, b.Insee))
		})
		for _, c := range list[:min(parDepartement, len(list))] {
			codes[departement] = append(codes[departement], c.Insee)
		}
	}
	return codes
})

// decoupee are the communes cut in arrondissements.
var decoupee = map[string]bool{"75056": true, "69123": true, "13055": true}
