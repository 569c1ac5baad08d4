package papiers

import (
	"slices"
	"strings"

	"base-eleves/internal/domain/foyer"
)

// maison is a home as an envelope names it.
type maison struct {
	foyer.Foyer
	noms    []string // of those who live there and exercise parental authority
	adresse []string // empty when it is not known, or protected
	enfants []inscrit
}

// chez is the home of a pupil. Only those who exercise parental authority are written to, or who has the child in charge
// when nobody does.
func (l lu) chez(e inscrit, f foyer.Foyer) maison {
	m := maison{Foyer: f, enfants: []inscrit{e}}
	list := l.responsables[e.ID]
	for _, seul := range []bool{true, false} {
		for _, i := range f.Ici {
			if r := list[i]; len(m.noms) == 0 || seul {
				if r.AutoriteParentale == seul {
					m.noms = append(m.noms, r.nom())
				}
			}
		}
	}
	if f.Cachee {
		return m
	}
	if f.Principal {
		m.adresse = e.adresse()
	}
	for _, i := range f.Ici {
		if len(m.adresse) == 0 {
			m.adresse = list[i].adresse()
		}
	}
	return m
}

// maisons are the homes of all the pupils, brothers and sisters together, in the order of the eldest on the list.
func (l lu) maisons() []maison {
	var list []maison
	seen := map[string]int{}
	for _, e := range l.eleves {
		for _, f := range l.foyers(e) {
			m := l.chez(e, f)
			key := f.Adresse.String() + strings.Join(m.noms, "|")
			if i, known := seen[key]; known && len(m.noms) > 0 {
				list[i].enfants = append(list[i].enfants, e)
				continue
			}
			seen[key] = len(list)
			list = append(list, m)
		}
	}
	return list
}

// destinataire is the address of a letter. One whose address is protected or not known is handed over by the child.
func (m maison) destinataire() []string {
	noms := slices.Clone(m.noms)
	if len(noms) == 0 {
		noms = []string{"Aux responsables de " + m.enfants[0].Prenom + " " + m.enfants[0].NomFamille}
	}
	if len(m.adresse) > 0 {
		return append(noms, m.adresse...)
	}
	return append(noms, "À remettre en main propre", m.desEnfants())
}

// desEnfants names the children and their classes.
func (m maison) desEnfants() string {
	var list []string
	for _, e := range m.enfants {
		list = append(list, strings.TrimSpace(e.Prenom+" "+e.Classe))
	}
	return strings.Join(list, ", ")
}
