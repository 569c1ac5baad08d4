package effectifs

import (
	"slices"
	"strconv"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/scolarite"
)

// niveaux are the columns: from the youngest pupil's to the oldest's, so that a niveau without anybody shows as empty.
func (all lecture) niveaux() []ecole.Niveau {
	first, last := -1, -1
	for _, n := range all.comptes {
		rang := ecole.Niveau(n.Niveau).Rang()
		if rang < 0 {
			continue
		}
		if first < 0 || rang < first {
			first = rang
		}
		last = max(last, rang)
	}
	if first < 0 {
		return nil
	}
	return ecole.Niveaux()[first : last+1] // a copy of its own
}

// nombre is how many pupils answer to a condition.
func (all lecture) nombre(of func(compte) bool) (n int) {
	for _, c := range all.comptes {
		if of(c) {
			n += c.Nombre
		}
	}
	return n
}

// etat counts a state in some niveaux.
func (all lecture) etat(e scolarite.Etat, niveaux []ecole.Niveau) int {
	return all.nombre(func(c compte) bool { return c.Etat == e && slices.Contains(niveaux, ecole.Niveau(c.Niveau)) })
}

// sexe counts girls or boys in some niveaux.
func (all lecture) sexe(s string, niveaux []ecole.Niveau) (n int) {
	for _, c := range all.sexes {
		if c.Sexe == s && slices.Contains(niveaux, ecole.Niveau(c.Niveau)) {
			n += c.Nombre
		}
	}
	return n
}

// ligne counts a state in one line of the table, niveau by niveau.
func (all lecture) ligne(cle string, e scolarite.Etat, niveaux []ecole.Niveau) []int {
	counts := make([]int, len(niveaux))
	for _, c := range all.comptes {
		if i := slices.Index(niveaux, ecole.Niveau(c.Niveau)); i >= 0 && c.Cle == cle && c.Etat == e {
			counts[i] += c.Nombre
		}
	}
	return counts
}

func (all lecture) classes() (n int) {
	for _, l := range all.lieux {
		n += l.Classes
	}
	return n
}

// colonnes are the niveaux of the pupils counted, those of whom it is not known last.
func (all lecture) colonnes(e scolarite.Etat) []ecole.Niveau {
	niveaux := all.niveaux()
	if all.etat(e, []ecole.Niveau{inconnu}) > 0 {
		niveaux = append(niveaux, inconnu)
	}
	return niveaux
}

// aPreciser heads those whose niveau is not known.
const aPreciser = "À préciser"

// titre is the niveau at the head of its column.
func titre(n ecole.Niveau) string {
	if n == inconnu {
		return aPreciser
	}
	return string(n)
}

// tranche is a line of the table by niveau: a niveau, the cycle it ends, or the whole.
type tranche struct {
	libelle string
	niveaux []ecole.Niveau
	somme   bool
	tout    bool
}

// inconnu is the niveau of an inscrit for whom the mairie could not say it, and of one whom the school has put off.
const inconnu ecole.Niveau = ""

// tranches are the niveaux in their order, each cycle after its own, and the total.
func (all lecture) tranches() []tranche {
	var list []tranche
	var cycle []ecole.Niveau
	niveaux := all.niveaux()
	for i, n := range niveaux {
		list = append(list, tranche{libelle: string(n), niveaux: []ecole.Niveau{n}})
		cycle = append(cycle, n)
		if i+1 == len(niveaux) || niveaux[i+1].Cycle() != n.Cycle() {
			list = append(list, tranche{libelle: "Cycle " + strconv.Itoa(int(n.Cycle())), niveaux: cycle, somme: true})
			cycle = nil
		}
	}
	if all.nombre(func(c compte) bool { return c.Niveau == "" }) > 0 {
		list = append(list, tranche{libelle: aPreciser, niveaux: []ecole.Niveau{inconnu}})
	}
	return append(list, tranche{libelle: "Total", niveaux: append(niveaux, inconnu), somme: true, tout: true})
}
