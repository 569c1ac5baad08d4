package monde

import (
	"math"

	"base-eleves/internal/demo/invention"
	"base-eleves/internal/domain/ecole"
)

// nombreDeNiveaux counts from TPS to CM2; one who left CM2 last summer stands one level above.
const (
	nombreDeNiveaux = 9
	sorti           = nombreDeNiveaux
)

// place is a seat of a school, at a level.
type place struct{ ecole, rang int }

// peuplement is a secteur while its families are invented.
type peuplement struct {
	invention.Source
	plan    *Plan
	secteur Secteur
	calendrier
	libres [][nombreDeNiveaux + 1]int // seats of each school
	assis  []*assis
	vie    *Vie
}

// assis is a pupil on his seat.
type assis struct {
	*Eleve
	famille *Famille
	place
}

// Peupler invents the life of a secteur.
func (p *Plan) Peupler(secteur Secteur) *Vie {
	s := &peuplement{
		Source: invention.New(p.Graine, secteur.Ecoles[0].UAI), plan: p, secteur: secteur,
		calendrier: newCalendrier(p.Options), vie: &Vie{},
	}
	for _, place := range s.places() {
		if s.libre(place) {
			s.loger(place)
		}
	}
	s.vivre()
	s.repartir()
	s.completer()
	return s.vie
}

// places lists every seat, in disorder.
func (s *peuplement) places() []place {
	s.libres = make([][nombreDeNiveaux + 1]int, len(s.secteur.Ecoles))
	var list []place
	for i, e := range s.secteur.Ecoles {
		s.libres[i] = s.parNiveau(e)
		if s.plan.AnneePrecedente && e.ouvre(ecole.CM2.Rang()) {
			s.libres[i][sorti] = s.libres[i][ecole.CM2.Rang()]
		}
		for rang, n := range s.libres[i] {
			for range n {
				list = append(list, place{i, rang})
			}
		}
	}
	s.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// parNiveau spreads the pupils of a school over its levels, unevenly, as births are. Two-year-olds are few.
func (s *peuplement) parNiveau(e Ecole) (seats [nombreDeNiveaux + 1]int) {
	var weights [nombreDeNiveaux]float64
	var sum float64
	for _, n := range e.Niveaux {
		w := 0.85 + 0.3*s.Float64()
		if n == ecole.TPS {
			w *= 0.18
		}
		weights[n.Rang()] = w
		sum += w
	}
	var carry float64
	for rang, w := range weights {
		carry += w / sum * float64(e.Effectif)
		seats[rang] = int(math.Round(carry))
		carry -= float64(seats[rang])
	}
	return seats
}

func (s *peuplement) libre(p place) bool { return s.libres[p.ecole][p.rang] > 0 }

// fratries says how many children of a family are of school age, in a hundred families.
var fratries = []struct{ percent, enfants int }{{46, 1}, {39, 2}, {12, 3}, {3, 4}}

// loger invents a family whose first child takes the seat, and seats his brothers and sisters around.
func (s *peuplement) loger(first place) {
	f := s.famille(first)
	s.asseoir(f, first)
	n := s.IntN(100)
	for _, fratrie := range fratries {
		if n -= fratrie.percent; n < 0 {
			for range fratrie.enfants - 1 {
				s.suivre(f, first)
			}
			return
		}
	}
}

func (s *peuplement) famille(first place) *Famille {
	f := &Famille{Famille: s.Famille(s.secteur.Lieux, s.naissance(first.rang))}
	for range f.Famille.Foyers {
		f.Foyers = append(f.Foyers, s.UUID())
	}
	for range f.Famille.Responsables {
		f.Responsables = append(f.Responsables, s.UUID())
	}
	s.vie.Familles = append(s.vie.Familles, f)
	return f
}

// suivre seats one more child of the family: a twin, else in the same school, in the one before or after, or anywhere.
func (s *peuplement) suivre(f *Famille, first place) {
	if s.Chance(3) && s.libre(first) {
		s.asseoirJumeau(f, first)
		return
	}
	gap := s.Between(1, 4)
	if s.Chance(50) {
		gap = -gap
	}
	rang := first.rang + gap
	if rang < 0 || rang > sorti {
		rang = first.rang - gap
	}
	if rang < 0 || rang > sorti {
		return
	}
	for _, e := range s.prochesDe(first.ecole) {
		if at := (place{e, rang}); s.libre(at) {
			s.asseoir(f, at)
			return
		}
	}
}

// prochesDe lists the schools where a brother may be, the likeliest first.
func (s *peuplement) prochesDe(e int) []int {
	list := []int{e}
	for i := range s.secteur.Ecoles {
		if i == s.secteur.Ecoles[e].Amont || s.secteur.Ecoles[i].Amont == e {
			list = append(list, i)
		}
	}
	if s.Chance(8) {
		list = append(list, s.IntN(len(s.secteur.Ecoles)))
	}
	return list
}

// naissance is the year in which a pupil of a level was born, but for some who are late or early.
func (s *peuplement) naissance(rang int) int {
	return int(s.annee) - rang - ecole.TPS.Age()
}

func (s *peuplement) asseoir(f *Famille, at place) {
	year := s.naissance(at.rang)
	switch {
	case at.rang > ecole.CP.Rang() && s.Chance(5):
		year--
	case at.rang > ecole.CP.Rang() && s.Chance(1.5):
		year++
	}
	s.prendre(f, at, s.Enfant(&f.Famille, s.secteur.Lieux, year))
}

// asseoirJumeau gives a twin to the child who sits there.
func (s *peuplement) asseoirJumeau(f *Famille, at place) {
	s.prendre(f, at, s.Jumeau(&f.Famille, f.Eleves[0].Enfant))
}

func (s *peuplement) prendre(f *Famille, at place, e invention.Enfant) {
	s.libres[at.ecole][at.rang]--
	eleve := &Eleve{ID: s.UUID(), Enfant: e, Etat: "actif"}
	f.Eleves = append(f.Eleves, eleve)
	s.assis = append(s.assis, &assis{eleve, f, at})
}
