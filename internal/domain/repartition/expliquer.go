package repartition

import (
	"fmt"
	"math"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
)

// bilan judges a composition and explains it.
func (s *composition) bilan() Bilan {
	b := Bilan{
		Cout: s.total(), Fautes: s.fautes(), Souhaits: s.refuses(),
		Eleves: make(map[uuid.UUID][]string, len(s.lieu)), Classes: make(map[uuid.UUID][]string, len(s.max)),
	}
	regles := s.reglesPar()
	for e, c := range s.lieu {
		if c != libre {
			b.Eleves[s.p.Eleves[e].ID] = s.expliquer(e, regles[e])
		}
	}
	for c, classe := range s.p.Classes {
		b.Classes[classe.ID] = s.decrire(c)
	}
	return b
}

// reglesPar are the rules about each pupil.
func (m *modele) reglesPar() [][]int {
	by := make([][]int, len(m.fixe))
	for r, members := range m.regles {
		for _, e := range members {
			by[e] = append(by[e], r)
		}
	}
	return by
}

// refuses says the wishes that are not granted.
func (s *composition) refuses() []string {
	var l []string
	for _, v := range s.voeux {
		if !s.manque(v) {
			continue
		}
		a, b, why := s.p.Eleves[v.a], s.p.Eleves[v.b], ""
		if v.fratrie {
			why = ", de la même famille,"
		} else if v.ensemble && s.admis[v.a]&s.admis[v.b] == 0 {
			why = ", dont aucune classe n’ouvre les deux niveaux,"
		}
		if v.ensemble {
			l = append(l, fmt.Sprintf("%s (%s) et %s (%s)%s ne sont pas ensemble.", a.Nom, s.libelle(s.lieu[v.a]), b.Nom, s.libelle(s.lieu[v.b]), why))
		} else {
			l = append(l, fmt.Sprintf("%s et %s%s sont ensemble en %s.", a.Nom, b.Nom, why, s.libelle(s.lieu[v.a])))
		}
	}
	return l
}

// expliquer says why a pupil is where he is: by hand, for want of another class, by a rule, near his family, and what
// each other class would cost.
func (s *composition) expliquer(e int, regles []int) []string {
	p, here := s.p.Eleves[e], s.lieu[e]
	if s.fixe[e] == here {
		return []string{fmt.Sprintf("%s à la main en %s\u00a0: la proposition ne déplace personne de là.", majuscule(eleve.Accord(p.Sexe, "placé", "placée")), s.libelle(here))}
	}
	if s.admis[e] == 1<<here {
		return []string{fmt.Sprintf("%s est la seule classe qui ouvre son niveau, %s.", s.libelle(here), p.Niveau)}
	}
	var l []string
	lie := false
	for _, r := range regles {
		line, holds := s.expliquerRegle(e, r)
		l = append(l, line...)
		lie = lie || holds
	}
	l = append(l, s.expliquerFratrie(e)...)
	if lie {
		return l
	}
	for c := range s.max {
		if c != here && s.admis[e].a(c) {
			l = append(l, s.ailleurs(e, c, regles))
		}
	}
	return l
}

// expliquerRegle says what a rule does to a pupil, and whether it holds him where the others are.
func (s *composition) expliquerRegle(e, r int) ([]string, bool) {
	var with, apart []string
	for _, o := range s.regles[r] {
		switch {
		case o == e || s.lieu[o] == libre:
		case s.lieu[o] == s.lieu[e]:
			with = append(with, s.p.Eleves[o].Nom)
		default:
			apart = append(apart, fmt.Sprintf("%s (%s)", s.p.Eleves[o].Nom, s.libelle(s.lieu[o])))
		}
	}
	rule, wish := s.p.Regles[r], ""
	if rule.Souple {
		wish = ", comme vous le souhaitez"
	}
	switch {
	case rule.Nature == Ensemble && len(with) > 0:
		return []string{"Avec " + enumerer(with) + wish + "."}, !rule.Souple
	case rule.Nature == Separes && len(apart) > 0:
		return []string{"Pas avec " + enumerer(apart) + wish + "."}, false
	}
	return nil, false
}

// expliquerFratrie names the brothers and sisters of the same class, where it was wished.
func (s *composition) expliquerFratrie(e int) []string {
	var l []string
	for _, i := range s.liens[e] {
		v := s.voeux[i]
		o := v.a + v.b - e
		if v.fratrie && v.ensemble && s.lieu[o] == s.lieu[e] {
			l = append(l, fmt.Sprintf("Avec %s %s.", parent(s.p.Eleves[o].Sexe), s.p.Eleves[o].Nom))
		}
	}
	return l
}

func parent(s eleve.Sexe) string {
	if s == eleve.Feminin {
		return "sa sœur"
	}
	return "son frère"
}

// ailleurs says what would come of a pupil's going to another class.
func (s *composition) ailleurs(e, c int, regles []int) string {
	there := s.libelle(c) + "\u00a0: "
	for _, r := range regles {
		for _, o := range s.regles[r] {
			if o != e && s.lieu[o] == c && s.p.Regles[r].Nature == Separes && !s.p.Regles[r].Souple {
				return there + s.p.Eleves[o].Nom + " y est."
			}
		}
	}
	if s.taille[c] >= s.max[c] {
		return fmt.Sprintf("%sla classe est pleine, %s.", there, eleves(s.taille[c]))
	}
	return there + s.changer(e, c)
}

// changer tries a pupil in another class, and says what weighs most against it.
func (s *composition) changer(e, c int) string {
	here := s.lieu[e]
	before := s.deux(here, c)
	s.mettre(e, c)
	after := s.deux(here, c)
	defer s.mettre(e, here)
	worst, gain, sum := Effectifs, 0.0, 0.0
	for k := range after {
		d := after[k] - before[k]
		sum += d
		if d > gain {
			worst, gain = Critere(k), d
		}
	}
	switch {
	case sum < -presque:
		return "l’équilibre y gagnerait."
	case gain <= presque:
		return "l’équilibre serait le même."
	}
	return s.reproche(worst, e, here, c)
}

// presque is a difference that is none.
const presque = 1e-6

// deux is what two classes and the wishes cost, weighed.
func (s *composition) deux(a, b int) [nbCriteres]float64 {
	var sum [nbCriteres]float64
	s.cout(a, &sum)
	s.cout(b, &sum)
	sum[Souhaits] = s.souhaits
	for k := range sum {
		sum[k] *= s.poids[k]
	}
	return sum
}

// reproche says what a criterion has against a pupil's having gone from one class to another.
func (s *composition) reproche(k Critere, e, from, to int) string {
	p := s.p.Eleves[e]
	switch k {
	case Effectifs, Conseils:
		return fmt.Sprintf("il y aurait %s, contre %d ici.", eleves(s.taille[to]), s.taille[from])
	case NiveauxPar:
		return "les niveaux seraient moins bien partagés."
	case Sexes:
		girls, boys := s.parSexes(to)
		return fmt.Sprintf("il y aurait %s et %s.", combien(girls, "fille"), combien(boys, "garçon"))
	case Trimestres:
		return "les naissances seraient moins bien étalées sur l’année."
	case Origines:
		return fmt.Sprintf("l’ancienne classe %s serait moins bien répartie.", p.Origine)
	case Dispositifs:
		return fmt.Sprintf("les élèves %s seraient moins bien répartis.", p.Dispositif)
	}
	return s.regret(e)
}

// regret says the wish about a pupil that is not granted where he is.
func (s *composition) regret(e int) string {
	for _, i := range s.liens[e] {
		v := s.voeux[i]
		if !s.manque(v) {
			continue
		}
		o := s.p.Eleves[v.a+v.b-e]
		if v.ensemble {
			return pronom(s.p.Eleves[e].Sexe) + " n’y serait pas avec " + o.Nom + "."
		}
		return pronom(s.p.Eleves[e].Sexe) + " y serait avec " + o.Nom + "."
	}
	return ""
}

func pronom(s eleve.Sexe) string {
	if s == eleve.Feminin {
		return "elle"
	}
	return "il"
}

// decrire says what a class is made of.
func (s *composition) decrire(c int) []string {
	classe, n := s.p.Classes[c], s.taille[c]
	if n == 0 {
		return []string{"Aucun élève."}
	}
	size := eleves(n)
	if classe.Max > 0 {
		size += fmt.Sprintf(" pour %d places", classe.Max)
	}
	if n > s.conseil[c] {
		size += fmt.Sprintf(", plus que les %d conseillés", classe.Conseil)
	}
	girls, boys := s.parSexes(c)
	expected := 0.0
	for k, cell := range s.cases[c] {
		expected += cell.nombre * s.filles[k]
	}
	l := []string{size + "."}
	if s.mixte[c] > 1 {
		l = append(l, s.parNiveaux(c)+".")
	}
	l = append(l, fmt.Sprintf("%s et %s\u00a0; un partage égal donnerait %s.", combien(girls, "fille"), combien(boys, "garçon"), combien(int(math.Round(expected)), "fille")))
	return append(l, "Naissances par trimestre\u00a0: "+s.parTrimestres(c)+".")
}

func (s *composition) parSexes(c int) (girls, boys int) {
	for _, cell := range s.cases[c] {
		girls += int(cell.filles)
	}
	return girls, s.taille[c] - girls
}

func (s *composition) parNiveaux(c int) string {
	var l []string
	for n, cell := range s.cases[c] {
		if s.ouvert[n].a(c) || cell.nombre > 0 {
			l = append(l, fmt.Sprintf("%.0f %s", cell.nombre, s.niveaux[n]))
		}
	}
	return enumerer(l)
}

func (s *composition) parTrimestres(c int) string {
	var quarters [4]int
	for e, at := range s.lieu {
		if at == c {
			quarters[trimestre(s.p.Eleves[e].Naissance)-1]++
		}
	}
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(quarters), " ", ", "), "[]")
}
