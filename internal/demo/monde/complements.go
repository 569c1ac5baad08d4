package monde

import (
	"github.com/google/uuid"

	"base-eleves/internal/demo/invention"
	"base-eleves/internal/domain/ecole"
)

// Contact is somebody to call for a pupil, or who may fetch him.
type Contact struct {
	ID uuid.UUID
	invention.Proche
}

// Periscolaire is what a pupil comes to outside the hours of school, this year.
type Periscolaire struct{ GarderieMatin, GarderieSoir, Etude, Restaurant, Transport bool }

// Autorisation is his insurance and what his parents allow, this year.
type Autorisation struct {
	Assureur, NumContrat                       string
	ResponsabiliteCivile, IndividuelleAccident bool
	AttestationFournie, Photo, RentreSeul      bool
}

// completer fills what families tell in September. Chance comes here from a source of its own: without this the world
// would be the same. Some have not answered yet: a list of what is missing must have something to show.
func (s *peuplement) completer() {
	s.Source = invention.New(s.plan.Graine, s.secteur.Ecoles[0].UAI+" fiches")
	for _, f := range s.vie.Familles {
		f.Alternee = len(f.Foyers) > 1 && secondParent(f) && s.Chance(45)
		proches := s.proches(f)
		for _, e := range f.Eleves {
			if sc := s.present(e); sc != nil {
				s.remplir(e, sc, proches)
			}
		}
	}
}

// secondParent tells whether a parent who has the authority lives in the second home.
func secondParent(f *Famille) bool {
	for _, r := range f.Famille.Responsables {
		if r.Foyer == 1 && r.AutoriteParentale && (r.Lien == "pere" || r.Lien == "mere") {
			return true
		}
	}
	return false
}

// present is the line of this year of a pupil who is in a school.
func (s *peuplement) present(e *Eleve) *Scolarite {
	for _, sc := range e.Scolarites {
		if sc.Annee == s.annee && sc.Etat == "admis_definitif" {
			return sc
		}
	}
	return nil
}

// proches are the people that a family names; brothers and sisters have the same.
func (s *peuplement) proches(f *Famille) []invention.Proche {
	var list []invention.Proche
	for _, percent := range []float64{90, 55, 18} {
		if !s.Chance(percent) {
			return list
		}
		list = append(list, s.Proche(&f.Famille, s.secteur.Lieux.Departement, int(s.annee)-8))
	}
	return list
}

func (s *peuplement) remplir(e *Eleve, sc *Scolarite, proches []invention.Proche) {
	for _, p := range proches {
		e.Contacts = append(e.Contacts, Contact{s.UUID(), p})
	}
	e.Annee = sc.Annee
	if s.Chance(92) {
		e.Periscolaire = &Periscolaire{
			GarderieMatin: s.Chance(24), GarderieSoir: s.Chance(33), Restaurant: s.Chance(68), Transport: s.Chance(14),
			Etude: sc.Niveau.Rang() >= ecole.CP.Rang() && s.Chance(26),
		}
	}
	if s.Chance(85) {
		e.Autorisation = s.autorisation(sc)
	}
}

func (s *peuplement) autorisation(sc *Scolarite) *Autorisation {
	a := &Autorisation{
		Photo: s.Chance(88), RentreSeul: sc.Niveau.Rang() >= ecole.CE2.Rang() && s.Chance(38),
	}
	if s.Chance(93) {
		a.Assureur, a.NumContrat = s.Assureur()
		a.ResponsabiliteCivile, a.IndividuelleAccident = true, s.Chance(84)
		a.AttestationFournie = s.Chance(94)
	}
	return a
}
