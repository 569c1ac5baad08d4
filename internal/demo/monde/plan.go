// Package monde invents a world of schools: a plan of territories and schools, from the département of demonstration
// to the nation, then the pupils of each secteur with a life in the register that the rules allow. It writes nothing:
// internal/demo takes what is invented here to the base. The same plan always gives the same world.
package monde

import (
	"time"

	"base-eleves/internal/demo/invention"
	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/ecole"
)

// Plan is a world before anybody lives in it.
type Plan struct {
	Options
	Academies        []commune.Academie
	Departements     []commune.Departement
	Circonscriptions []Circonscription
	Communes         []commune.Commune // those that have a mairie to log in or a school
	RPIs             []RPI
	Colleges         []College
	Secteurs         []Secteur
}

// Options are what a world depends on.
type Options struct {
	Graine          uint64
	Aujourdhui      time.Time // midnight UTC
	AnneePrecedente bool      // give the pupils their line of last year, and last year's CM2 their way out
}

// Annee is the present school year.
func (o Options) Annee() ecole.Annee { return ecole.AnneeDe(o.Aujourdhui) }

// Circonscription is the territory of an IEN.
type Circonscription struct {
	UAI, Nom, Departement string
}

// RPI is villages that share the levels between their schools.
type RPI struct {
	Code, Departement string
}

// College receives the pupils of CM2.
type College struct {
	UAI, Nom, Secteur string // Secteur as college.secteur
	Commune           commune.Commune
	Adresse           string
}

// Ecole is a school and the number of pupils it shall have.
type Ecole struct {
	UAI             string
	Nom             string
	Type            ecole.Type
	Secteur         ecole.Secteur
	Commune         commune.Commune
	Adresse         string
	Circonscription string
	RPI             string
	Directeur       Personne
	Niveaux         []ecole.Niveau
	Effectif        int
	Amont           int // place in the secteur of the school its youngest come from, -1 when there is none
}

// Personne is somebody who works for a school.
type Personne struct{ Civilite, Nom, Prenom string }

// String is the name as one says it.
func (p Personne) String() string { return p.Civilite + " " + p.Prenom + " " + p.Nom }

// Telephone is a number kept for fiction, like every other here.
func (e Ecole) Telephone() string { return "05 36 49 " + e.UAI[3:5] + " " + e.UAI[5:7] }

// Courriel is a mailbox that does not exist.
func (e Ecole) Courriel() string { return "ecole." + e.UAI + "@example.org" }

// ouvre tells whether the school teaches a level.
func (e Ecole) ouvre(rang int) bool {
	return rang >= e.Niveaux[0].Rang() && rang <= e.Niveaux[len(e.Niveaux)-1].Rang()
}

// Secteur is schools whose children are brothers, sisters and neighbours.
type Secteur struct {
	Ecoles []Ecole
	invention.Lieux
}

// Effectif is the number of pupils of the secteur's schools.
func (s Secteur) Effectif() (n int) {
	for _, e := range s.Ecoles {
		n += e.Effectif
	}
	return n
}

// Effectif is the number of pupils of the present year.
func (p *Plan) Effectif() (n int) {
	for _, s := range p.Secteurs {
		n += s.Effectif()
	}
	return n
}

// Ecoles is the number of schools.
func (p *Plan) Ecoles() (n int) {
	for _, s := range p.Secteurs {
		n += len(s.Ecoles)
	}
	return n
}
