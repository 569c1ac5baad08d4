package repartition

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
)

// conflit says a set of constraints in one sentence: the rules first, then what goes without saying.
func (m *modele) conflit(core []cle) Conflit {
	var c Conflit
	slices.SortFunc(core, func(a, b cle) int { return cmp.Or(cmp.Compare(a.motif, b.motif), cmp.Compare(a.n, b.n)) })
	for _, k := range core {
		c.Contraintes = append(c.Contraintes, m.contrainte(k))
	}
	c.Phrase = m.dire(core, c.Contraintes)
	return c
}

func (m *modele) contrainte(k cle) Contrainte {
	c := Contrainte{Motif: k.motif}
	switch k.motif {
	case ParRegle:
		c.Regle, c.Phrase = k.n, m.direRegle(k.n)
	case ParPlace:
		e := m.p.Eleves[k.n]
		c.Eleve, c.Classe = e.ID, e.Fixe
		c.Phrase = fmt.Sprintf("%s, %s à la main en %s", e.Nom, eleve.Accord(e.Sexe, "placé", "placée"), m.libelle(m.fixe[k.n]))
	case ParMaximum:
		c.Classe = m.p.Classes[k.n].ID
		c.Phrase = fmt.Sprintf("%s, %s au plus", m.libelle(k.n), eleves(m.max[k.n]))
	case ParEffectif:
		c.Niveau = m.niveaux[k.n]
		c.Phrase = fmt.Sprintf("%s, %s", c.Niveau, eleves(m.effectif(k.n)))
	}
	return c
}

func (m *modele) direRegle(r int) string {
	nature := "Ensemble"
	if m.p.Regles[r].Nature == Separes {
		nature = "Séparés"
	}
	return nature + "\u00a0: " + enumerer(m.noms(m.regles[r]))
}

// dire finds the words of a conflict by the kinds of its constraints.
func (m *modele) dire(core []cle, said []Contrainte) string {
	only := func(kinds ...Motif) bool {
		return !slices.ContainsFunc(core, func(k cle) bool { return !slices.Contains(kinds, k.motif) })
	}
	switch {
	case only(ParEffectif, ParMaximum):
		return m.direPlaces(core)
	case only(ParPlace) && len(core) == 1:
		e := core[0].n
		return fmt.Sprintf("%s, qui n’ouvre pas son niveau, %s.", said[0].Phrase, m.p.Eleves[e].Niveau)
	case only(ParPlace, ParMaximum):
		return m.direFixes(core)
	case only(ParRegle) && len(core) == 1:
		return said[0].Phrase + ". " + m.direSeule(core[0].n)
	}
	quoted := make([]string, len(said))
	for i, c := range said {
		quoted[i] = "«\u00a0" + c.Phrase + "\u00a0»"
	}
	return "Ne peuvent pas aller ensemble\u00a0: " + enumerer(quoted) + "."
}

// direPlaces says that levels have more pupils than their classes have places.
func (m *modele) direPlaces(core []cle) string {
	var names, rooms []string
	pupils, places, closed := 0, 0, true
	for _, k := range core {
		if k.motif == ParEffectif {
			names = append(names, string(m.niveaux[k.n]))
			pupils += m.effectif(k.n)
			continue
		}
		closed = false
		places += m.max[k.n]
		rooms = append(rooms, fmt.Sprintf("%s\u00a0: %d", m.libelle(k.n), m.max[k.n]))
	}
	if closed {
		return fmt.Sprintf("%s\u00a0: %s, mais aucune classe n’ouvre ce niveau.", enumerer(names), eleves(pupils))
	}
	return fmt.Sprintf("%s\u00a0: %s pour %s (%s).", enumerer(names), eleves(pupils), combien(places, "place"), strings.Join(rooms, ", "))
}

// direFixes says that more pupils were placed by hand in a class than it takes.
func (m *modele) direFixes(core []cle) string {
	c := core[slices.IndexFunc(core, func(k cle) bool { return k.motif == ParMaximum })].n
	placed := 0
	for _, fixe := range m.fixe {
		if fixe == c {
			placed++
		}
	}
	return fmt.Sprintf("%s\u00a0: %s y sont placés à la main, pour %s.", m.libelle(c), eleves(placed), combien(m.max[c], "place"))
}

// direSeule says why a rule cannot hold by itself.
func (m *modele) direSeule(r int) string {
	members := m.regles[r]
	some, all := ensemble(0), ^ensemble(0)
	var levels []string
	for _, e := range members {
		some |= m.admis[e]
		all &= m.admis[e]
		levels = append(levels, string(m.p.Eleves[e].Niveau))
	}
	if m.p.Regles[r].Nature == Ensemble {
		slices.SortFunc(levels, func(a, b string) int { return ecole.Niveau(a).Rang() - ecole.Niveau(b).Rang() })
		return "Aucune classe n’ouvre à la fois " + enumerer(slices.Compact(levels)) + "."
	}
	return fmt.Sprintf("Ces %s n’ont que %s.", eleves(len(members)), enumerer(m.libelles(some)))
}

// effectif is how many pupils are in a level.
func (m *modele) effectif(n int) int {
	k := 0
	for _, of := range m.niveau {
		if of == n {
			k++
		}
	}
	return k
}

func (m *modele) libelle(c int) string { return m.p.Classes[c].Libelle }

func (m *modele) libelles(e ensemble) []string {
	var l []string
	for c, classe := range m.p.Classes {
		if e.a(c) {
			l = append(l, classe.Libelle)
		}
	}
	return l
}

func (m *modele) noms(list []int) []string {
	l := make([]string, len(list))
	for i, e := range list {
		l[i] = m.p.Eleves[e].Nom
	}
	return l
}

// enumerer writes a list as a sentence does.
func enumerer(l []string) string {
	if len(l) < 2 {
		return strings.Join(l, "")
	}
	return strings.Join(l[:len(l)-1], ", ") + " et " + l[len(l)-1]
}

// eleves counts pupils.
func eleves(n int) string { return combien(n, "élève") }

func combien(n int, nom string) string {
	if n < 2 {
		return fmt.Sprintf("%d %s", n, nom)
	}
	return fmt.Sprintf("%d %ss", n, nom)
}

func majuscule(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
