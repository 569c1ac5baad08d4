package effectifs

import (
	"slices"

	"base-eleves/internal/domain/ecole"
)

// aPreciser heads those whose niveau is not known: an inscrit for whom the mairie could not say it, one put off.
const aPreciser = "À préciser"

// tranche is a line of the table by niveau: a niveau, the cycle it ends, or the whole.
type tranche struct {
	libelle string
	code    string // as an address narrows to it; "" for the whole
	niveaux []ecole.Niveau
	somme   bool
}

// tout is all the niveaux, known or not.
func tout() []ecole.Niveau { return append(ecole.Niveaux(), "") }

// niveauxVus are the niveaux from the youngest pupil's to the oldest's, so that one without anybody shows as empty.
func niveauxVus(counted func(yield func(niveau string) bool)) []ecole.Niveau {
	first, last := -1, -1
	for n := range counted {
		rang := ecole.Niveau(n).Rang()
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

func (v niveauxVue) niveauxVus() []ecole.Niveau {
	return niveauxVus(func(yield func(string) bool) {
		for _, c := range v.comptes {
			if !yield(c.Niveau) {
				return
			}
		}
	})
}

// tranches are the niveaux in their order, each cycle after its own, and the total.
func (v niveauxVue) tranches() []tranche {
	var list []tranche
	var cycle []ecole.Niveau
	niveaux := v.niveauxVus()
	for i, n := range niveaux {
		list = append(list, tranche{libelle: string(n), code: string(n), niveaux: []ecole.Niveau{n}})
		cycle = append(cycle, n)
		if i+1 == len(niveaux) || niveaux[i+1].Cycle() != n.Cycle() {
			list = append(list, tranche{libelle: libelleCycle(n.Cycle()), code: codeCycle(n.Cycle()), niveaux: cycle, somme: true})
			cycle = nil
		}
	}
	if slices.ContainsFunc(v.comptes, func(c compte) bool { return c.Niveau == "" }) {
		list = append(list, tranche{libelle: aPreciser, code: inconnu, niveaux: []ecole.Niveau{""}})
	}
	return append(list, tranche{libelle: "Total", niveaux: tout(), somme: true})
}

// colonnes are the niveaux of the pupils counted, those of whom it is not known last.
func (v niveauxVue) colonnes() []ecole.Niveau {
	niveaux := v.niveauxVus()
	if v.total(v.critere.Etat, []ecole.Niveau{""}).Nombre > 0 {
		niveaux = append(niveaux, "")
	}
	return niveaux
}

// titre is a niveau at the head of its column; code is the niveau as an address narrows to it.
func titre(n ecole.Niveau) string {
	if n == "" {
		return aPreciser
	}
	return string(n)
}

func code(n ecole.Niveau) string {
	if n == "" {
		return inconnu
	}
	return string(n)
}
