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

// total adds the counts of a state in some niveaux; the girls among them too.
func (all lecture) total(e scolarite.Etat, niveaux []ecole.Niveau) (nombre, filles int) {
	for _, c := range all.comptes {
		if c.Etat == e && slices.Contains(niveaux, ecole.Niveau(c.Niveau)) {
			nombre, filles = nombre+c.Nombre, filles+c.Filles
		}
	}
	return nombre, filles
}

// tout is all the niveaux, known or not.
func tout() []ecole.Niveau { return append(ecole.Niveaux(), inconnu) }

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

// nombreClasses is how many classes there are; the lines of a directeur are his.
func (all lecture) nombreClasses(m maille) (n int) {
	if m == parClasse {
		return len(all.lieux)
	}
	for _, o := range all.classes {
		n += o.Nombre
	}
	return n
}

// colonnes are the niveaux of the pupils counted, those of whom it is not known last.
func (all lecture) colonnes(e scolarite.Etat) []ecole.Niveau {
	niveaux := all.niveaux()
	if n, _ := all.total(e, []ecole.Niveau{inconnu}); n > 0 {
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
	if slices.ContainsFunc(all.comptes, func(c compte) bool { return c.Niveau == string(inconnu) }) {
		list = append(list, tranche{libelle: aPreciser, niveaux: []ecole.Niveau{inconnu}})
	}
	return append(list, tranche{libelle: "Total", niveaux: tout(), somme: true, tout: true})
}
