package monde

import (
	"fmt"
	"slices"
	"strings"

	"base-eleves/internal/demo/invention"
	"base-eleves/internal/domain/ecole"
)

// parClasse is the number of pupils past which a class is cut in two.
const parClasse = 26

// repartir makes the classes of each school and each year, and places in them the pupils who are to be.
func (s *peuplement) repartir() {
	type key struct {
		ecole string
		annee ecole.Annee
	}
	lines := map[key][]*Scolarite{}
	for _, a := range s.assis {
		for _, sc := range a.Scolarites {
			if sc.Annee <= s.annee && !sc.sansClasse {
				k := key{sc.Ecole, sc.Annee}
				lines[k] = append(lines[k], sc)
			}
		}
	}
	for _, e := range s.secteur.Ecoles {
		for _, annee := range []ecole.Annee{s.annee - 1, s.annee} {
			s.faireLesClasses(e, annee, lines[key{e.UAI, annee}])
		}
	}
}

// faireLesClasses cuts the pupils, the youngest first, in classes of about the same size. A class of two or three
// levels comes by itself where levels are small.
func (s *peuplement) faireLesClasses(e Ecole, annee ecole.Annee, lines []*Scolarite) {
	if len(lines) == 0 {
		return
	}
	slices.SortStableFunc(lines, func(a, b *Scolarite) int { return a.Niveau.Rang() - b.Niveau.Rang() })
	n := (len(lines) + parClasse - 1) / parClasse
	from := 0
	var classes []*Classe
	for i := range n {
		to := coupure(lines, from, (i+1)*len(lines)/n)
		if to > from {
			classes = append(classes, s.classe(e, annee, len(classes), lines[from:to]))
		}
		from = to
	}
	nommer(classes)
	s.vie.Classes = append(s.vie.Classes, classes...)
}

// coupure moves a cut to the change of level, when it is near: no class has three pupils of another level.
func coupure(lines []*Scolarite, from, at int) int {
	for d := range 5 {
		for _, i := range []int{at - d, at + d} {
			if i > from && i < len(lines) && lines[i-1].Niveau != lines[i].Niveau {
				return i
			}
		}
	}
	return at
}

func (s *peuplement) classe(e Ecole, annee ecole.Annee, i int, lines []*Scolarite) *Classe {
	c := &Classe{ID: s.UUID(), Ecole: e.UAI, Annee: annee, Enseignant: s.enseignant(e, i), Salle: fmt.Sprintf("Salle %d", i+1)}
	for _, sc := range lines {
		sc.Classe = c
		if !slices.Contains(c.Niveaux, sc.Niveau) {
			c.Niveaux = append(c.Niveaux, sc.Niveau)
		}
	}
	return c
}

// enseignant is the teacher of the school's class of that place, the same from one year to the next.
func (s *peuplement) enseignant(e Ecole, i int) string {
	who := invention.New(s.plan.Graine, fmt.Sprintf("enseignant %s %d", e.UAI, i))
	civilite, nom, prenom := who.Adulte(s.secteur.Departement, who.Between(1963, 1999))
	return civilite + " " + prenom + " " + nom
}

// nommer calls classes by their levels, with a letter where two are alike.
func nommer(classes []*Classe) {
	count := map[string]int{}
	for _, c := range classes {
		c.Libelle = libelle(c.Niveaux)
		count[c.Libelle]++
	}
	if len(classes) == 1 && len(classes[0].Niveaux) > 3 {
		classes[0].Libelle = "Classe unique"
	}
	letters := map[string]rune{}
	for _, c := range classes {
		if name := c.Libelle; count[name] > 1 {
			c.Libelle += " " + string('A'+letters[name])
			letters[name]++
		}
		c.LibelleLong = "Classe de " + c.Enseignant
	}
}

func libelle(list []ecole.Niveau) string {
	if len(list) > 3 {
		return string(list[0]) + " à " + string(list[len(list)-1])
	}
	names := make([]string, len(list))
	for i, n := range list {
		names[i] = string(n)
	}
	return strings.Join(names, "-")
}
