package commune

import (
	"slices"
	"strings"
	"unicode/utf8"

	"base-eleves/internal/domain/refusal"
)

// proposees is how many communes a refusal names.
const proposees = 8

// Parse finds the one commune that an agent typed freely, as a page without JavaScript sends it: "Tarbes",
// "65000 Tarbes", "Tarbes (65)", "65000". The refusal has no field: see refusal.On.
//
// A number is read as a postal code first: 65100 is Lourdes and its neighbours for everybody who writes letters,
// and also the INSEE code of Bugard; such a number alone is refused, with the choice, rather than guessed.
// A form that carries an INSEE code reads it with Find.
func Parse(s string) (Commune, error) {
	if strings.TrimSpace(s) == "" {
		return Commune{}, refusal.Of("", "Indiquez la commune.")
	}
	x := reference()
	d := x.lire(s)
	if d.nom == "" && len(d.code) < 5 {
		return Commune{}, refusal.Of("", "Indiquez le nom de la commune, ou son code postal entier.")
	}
	found := x.exactes(d)
	switch len(found) {
	case 0:
		return Commune{}, refusal.Of("", inconnue(s))
	case 1:
		return found[0], nil
	}
	return Commune{}, refusal.Of("", plusieurs(d, found))
}

// exactes returns the communes that are named exactly so. Where one is of full right and the others are not, or
// where it needs no article added, the others are left out.
func (x *index) exactes(d demande) []Commune {
	best := sansLArt
	var found []trouvee
	for _, f := range x.found(d) {
		if d.nom != "" && f.rang < best || !d.accepte(x.commune(int(f.line))) {
			continue
		}
		if f.rang > best {
			best, found = f.rang, nil
		}
		found = append(found, f)
	}
	list := x.communes(unique(found))
	slices.SortStableFunc(list, func(a, b Commune) int { return b.Population - a.Population })
	return pleinDroit(list)
}

// pleinDroit keeps the only commune of full right among homonyms.
func pleinDroit(list []Commune) []Commune {
	plein := slices.DeleteFunc(slices.Clone(list), func(c Commune) bool { return c.Statut != DePleinExercice })
	if len(plein) == 1 {
		return plein
	}
	return list
}

func inconnue(s string) string {
	if utf8.RuneCountInString(s) > 60 {
		return "Aucune commune ne porte ce nom. Indiquez son nom et son département, par exemple « Tarbes (65) »."
	}
	motif := "Aucune commune ne répond à « " + strings.TrimSpace(s) + " »."
	if proches := Search(s, proposees); len(proches) > 0 {
		return motif + " Peut-être : " + libelles(proches) + "."
	}
	return motif + " Vérifiez son orthographe, ou indiquez son code postal."
}

func plusieurs(d demande, found []Commune) string {
	if d.nom == "" {
		return "Plusieurs communes répondent au code " + d.code + " : " + libelles(found) + ". Indiquez aussi le nom."
	}
	return "Plusieurs communes portent ce nom : " + libelles(found) +
		". Précisez le département, par exemple « " + found[0].Libelle() + " »."
}

// libelles names the first communes of a list, as a sentence does.
func libelles(list []Commune) string {
	var noms []string
	for _, c := range list[:min(len(list), proposees)] {
		noms = append(noms, c.Libelle())
	}
	if len(list) > proposees {
		noms = append(noms, "etc")
	}
	return strings.Join(noms, ", ")
}
