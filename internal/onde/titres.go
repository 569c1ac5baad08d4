package onde

import "sync"

// Correspondance says what each column of a file holds, in the order of the columns.
type Correspondance []Champ

// index finds the Champ of a folded heading, for each kind of file.
var index = sync.OnceValue(func() map[Genre]map[string]Champ {
	all := map[Genre]map[string]Champ{}
	for genre, list := range rubriques {
		byTitle := map[string]Champ{}
		for _, r := range list {
			for _, t := range append(r.titres, cle(string(r.Champ))) {
				if _, taken := byTitle[t]; !taken {
					byTitle[t] = r.Champ
				}
			}
		}
		all[genre] = byTitle
	}
	return all
})

// repetes are the columns that a file of responsables has once for each child.
var repetes = map[Champ]bool{
	"enfant_nom_usage": true, "enfant_nom": true, "enfant_prenom": true, "enfant_classe": true, "enfant_ine": true,
}

// Reconnaitre tells what a file is about and what each of its columns holds, by their headings whatever their order,
// their accents and their spaces. A heading that is not known is left aside.
func Reconnaitre(titres []string) (Genre, Correspondance) {
	genre := genreDe(titres)
	return genre, Correspondre(titres, genre)
}

// Correspondre tells what each column of a file of a kind holds. Of two columns of the same name the first counts.
func Correspondre(titres []string, genre Genre) Correspondance {
	c := make(Correspondance, len(titres))
	seen := map[Champ]bool{}
	for i, t := range titres {
		champ := index()[genre][cle(t)]
		if seen[champ] && !repetes[champ] {
			continue
		}
		c[i], seen[champ] = champ, true
	}
	return c
}

// genreDe tells a file of responsables by its own columns: the responsable's name, and a child's.
func genreDe(titres []string) Genre {
	has := map[Champ]bool{}
	for _, t := range titres {
		has[index()[Responsables][cle(t)]] = true
	}
	if has["nom_famille"] && (has["enfant_nom"] || has["enfant_prenom"]) {
		return Responsables
	}
	return Eleves
}

// reconnus is how many cells are headings of a file of either kind.
func reconnus(cells []string) int {
	n := 0
	for _, c := range cells {
		k := cle(c)
		if index()[Eleves][k] != "" || index()[Responsables][k] != "" {
			n++
		}
	}
	return n
}

// Requis are the columns without which a kind of file cannot be read.
func Requis(g Genre) []Rubrique {
	need := map[Champ]bool{"nom_famille": true, "prenom": true, "date_naissance": true, "sexe": true}
	if g == Responsables {
		need = map[Champ]bool{"nom_famille": true, "enfant_nom": true, "enfant_prenom": true}
	}
	var list []Rubrique
	for _, r := range rubriques[g] {
		if need[r.Champ] {
			list = append(list, r)
		}
	}
	return list
}

// Manquent are the columns required that no column holds.
func (c Correspondance) Manquent(g Genre) []Rubrique {
	var list []Rubrique
	for _, r := range Requis(g) {
		if !c.Contient(r.Champ) {
			list = append(list, r)
		}
	}
	return list
}

// Contient tells whether a column holds this.
func (c Correspondance) Contient(champ Champ) bool {
	for _, got := range c {
		if got == champ {
			return true
		}
	}
	return false
}
