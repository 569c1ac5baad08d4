package repartition

// composition is who is where, and what it costs, kept up as pupils move.
type composition struct {
	*modele
	lieu     []int     // class of each pupil, or libre
	taille   []int     // pupils of each class
	cases    [][]cases // by class and level
	souhaits float64   // wishes that are not granted
}

// cases counts the pupils of a level in a class.
type cases struct {
	nombre  float64
	filles  float64
	valeurs [3][]float64 // of each trait
}

func (m *modele) composer() *composition {
	s := &composition{modele: m, lieu: make([]int, len(m.fixe)), taille: make([]int, len(m.max)), cases: make([][]cases, len(m.max))}
	for e := range s.lieu {
		s.lieu[e] = libre
	}
	for c := range s.cases {
		s.cases[c] = make([]cases, len(m.niveaux))
		for n := range m.niveaux {
			for t := range m.traits {
				s.cases[c][n].valeurs[t] = make([]float64, len(m.traits[t].part[n]))
			}
		}
	}
	return s
}

// mettre moves a pupil to a class, or out of all.
func (s *composition) mettre(e, c int) {
	s.souhaits -= s.manques(e)
	s.compter(e, -1)
	s.lieu[e] = c
	s.compter(e, 1)
	s.souhaits += s.manques(e)
}

func (s *composition) compter(e int, k float64) {
	c := s.lieu[e]
	if c == libre {
		return
	}
	s.taille[c] += int(k)
	cell := &s.cases[c][s.niveau[e]]
	cell.nombre += k
	cell.filles += k * s.fille[e]
	for t := range s.traits {
		if v := s.traits[t].valeur[e]; v != libre {
			cell.valeurs[t][v] += k
		}
	}
}

// manques are the wishes about a pupil that are not granted.
func (s *composition) manques(e int) float64 {
	n := 0.0
	for _, v := range s.liens[e] {
		if s.manque(s.voeux[v]) {
			n++
		}
	}
	return n
}

// manque tells that a wish is not granted; of those who are not placed nothing is known yet.
func (s *composition) manque(v voeu) bool {
	a, b := s.lieu[v.a], s.lieu[v.b]
	return a != libre && b != libre && v.ensemble != (a == b)
}

// cout is what a class costs by criterion, not weighed. The size is counted from 0: see equilibre.
func (s *composition) cout(c int, sum *[nbCriteres]float64) {
	size, ecart, mixed := float64(s.taille[c]), 0.0, s.mixte[c]
	sum[Effectifs] += size * size
	if over := s.taille[c] - s.conseil[c]; over > 0 {
		sum[Conseils] += float64(over * over)
	}
	for n := range s.cases[c] {
		cell := &s.cases[c][n]
		if !s.ouvert[n].a(c) && cell.nombre == 0 {
			continue
		}
		if mixed > 1 {
			d := cell.nombre - size/mixed
			sum[NiveauxPar] += d * d
		}
		d := cell.filles - cell.nombre*s.filles[n]
		ecart += d
		sum[Sexes] += d * d
		for t := range s.traits {
			part := s.traits[t].part[n]
			for v, x := range cell.valeurs[t] {
				d := x - cell.nombre*part[v]
				sum[s.traits[t].critere] += d * d
			}
		}
	}
	sum[Sexes] += ecart * ecart
}

// pese is what a class costs, weighed.
func (s *composition) pese(c int) float64 {
	var sum [nbCriteres]float64
	s.cout(c, &sum)
	return s.peser(&sum)
}

func (s *composition) peser(sum *[nbCriteres]float64) float64 {
	total := 0.0
	for k, x := range sum {
		total += x * s.poids[k]
	}
	return total
}

// prix is what the whole costs.
func (s *composition) prix() float64 { return Bilan{Cout: s.total()}.Total() }

// total is what the whole costs by criterion, weighed. Sizes as even as the levels and the places allow cost nothing;
// one who was moved from where he was placed by hand may make them more even yet.
func (s *composition) total() [nbCriteres]float64 {
	var sum [nbCriteres]float64
	for c := range s.cases {
		s.cout(c, &sum)
	}
	sum[Effectifs] = max(0, sum[Effectifs]-s.equilibre(s.lieu))
	sum[Souhaits] = s.souhaits
	for k := range sum {
		sum[k] *= s.poids[k]
	}
	return sum
}
