package invention

import (
	"time"

	"base-eleves/internal/domain/commune"
)

// Lieux is where a family may live and where its children may be born.
type Lieux struct {
	Departement string
	Residences  []commune.Commune // each as often as it stands there
	Maternites  []string          // INSEE codes, the most common first
}

// Famille is people responsible for the same children, and their homes.
type Famille struct {
	Foyers       []Adresse // the children live in the first
	Responsables []Responsable
	nom          string // the children's
	usage        string // the children's nom d'usage, seldom
	tradition    *tradition
	prenoms      map[string]bool // taken
}

// Responsable is one of them: a person, or an organisation.
type Responsable struct {
	Organisme, Fonction   string // of an organisation
	Civilite              string
	Nom, NomUsage, Prenom string
	Lien                  string // as lien_responsable.lien
	AutoriteParentale     bool
	Foyer                 int // place in Famille.Foyers
	TelDomicile           string
	TelTravail            string
	TelPortable           string
	Courriel              string
}

// situations are the families one meets, and how many of each in a thousand.
var situations = []struct {
	parMille int
	former   func(Source, *Famille, Lieux, int)
}{
	{680, ensemble}, {160, separes}, {115, mereSeule}, {18, pereSeul}, {14, recomposes}, {5, auxGrandsParents}, {8, confies},
}

// Famille invents a family whose eldest child was born about that year.
func (s Source) Famille(l Lieux, naissance int) Famille {
	f := Famille{prenoms: map[string]bool{}}
	f.Foyers = []Adresse{s.adresseA(Pick(s, l.Residences))}
	n := s.IntN(1000)
	for _, situation := range situations {
		if n -= situation.parMille; n < 0 {
			situation.former(s, &f, l, naissance)
			return f
		}
	}
	return f
}

// parents invents a father and a mother, and the name of their children.
func (s Source) parents(f *Famille, l Lieux, naissance int) (pere, mere Responsable) {
	nomPere, tradition := s.nomDe(l.Departement)
	nomMere, autre := s.nomDe(l.Departement)
	if tradition != nil && s.Chance(70) {
		autre = tradition
		nomMere = Common(s, tradition.noms)
	}
	pere = s.personne("M.", nomPere, tradition, naissance-s.Between(24, 44))
	mere = s.personne("Mme", nomMere, autre, naissance-s.Between(21, 41))
	pere.Lien, mere.Lien = "pere", "mere"
	pere.AutoriteParentale, mere.AutoriteParentale = true, true
	f.tradition = tradition
	switch {
	case s.Chance(13):
		f.nom = nomDouble(nomPere, nomMere)
	case s.Chance(10):
		f.nom, f.tradition = nomMere, autre
	default:
		f.nom = nomPere
		if s.Chance(4) {
			f.usage = nomDouble(nomPere, nomMere)
		}
	}
	return pere, mere
}

// personne invents an adult and how to reach him.
func (s Source) personne(civilite, nom string, t *tradition, naissance int) Responsable {
	sexe := "M"
	if civilite == "Mme" {
		sexe = "F"
	}
	r := Responsable{Civilite: civilite, Nom: nom, Prenom: s.prenom(sexe, naissance, t), TelPortable: s.mobile()}
	if s.Chance(82) {
		r.Courriel = s.courriel(r.Prenom, r.Nom)
	}
	if s.Chance(25) {
		r.TelTravail = s.fixe()
	}
	return r
}

// Adulte invents somebody who works at a school.
func (s Source) Adulte(departement string, naissance int) (civilite, nom, prenom string) {
	civilite = "M."
	if s.Chance(78) {
		civilite = "Mme"
	}
	nom, t := s.nomDe(departement)
	r := s.personne(civilite, nom, t, naissance)
	return r.Civilite, r.Nom, r.Prenom
}

// Enfant is a child as his civil status names him.
type Enfant struct {
	Nom, NomUsage            string
	Prenom, Prenom2, Prenom3 string
	Sexe                     string
	Naissance                time.Time
	NeEtranger               bool
	CommuneNaissance         string // INSEE code, "" when born abroad
}

// Enfant gives the family a child born that year.
func (s Source) Enfant(f *Famille, l Lieux, annee int) Enfant {
	e := Enfant{Nom: f.nom, NomUsage: f.usage, Sexe: "M"}
	if s.Chance(49) {
		e.Sexe = "F"
	}
	e.Naissance = s.Day(time.Date(annee, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(annee, 12, 31, 0, 0, 0, 0, time.UTC))
	s.nommer(f, &e)
	abroad := 3.0
	if f.tradition != nil {
		abroad = 22
	}
	if s.Chance(abroad) {
		e.NeEtranger = true
	} else {
		e.CommuneNaissance = Common(s, l.Maternites)
	}
	return e
}

// Jumeau gives a child a twin.
func (s Source) Jumeau(f *Famille, e Enfant) Enfant {
	twin := e
	if s.Chance(50) {
		twin.Sexe = map[string]string{"F": "M", "M": "F"}[e.Sexe]
	}
	s.nommer(f, &twin)
	return twin
}

// nommer gives a first name that no child of the family has, and others that nobody calls him by.
func (s Source) nommer(f *Famille, e *Enfant) {
	year := e.Naissance.Year()
	for range 20 {
		if e.Prenom = s.prenom(e.Sexe, year, f.tradition); !f.prenoms[e.Prenom] {
			break
		}
	}
	f.prenoms[e.Prenom] = true
	e.Prenom2, e.Prenom3 = "", ""
	if s.Chance(62) {
		e.Prenom2 = s.prenom(e.Sexe, year-s.Between(28, 70), nil)
		if s.Chance(45) {
			e.Prenom3 = s.prenom(e.Sexe, year-s.Between(28, 70), nil)
		}
	}
}
