// Package eleve holds the pupil's file: identity, address, responsables. It knows neither the mairie's inscription nor
// the school's scolarité, which stand on it.
package eleve

import (
	"strings"
	"time"

	"base-eleves/internal/domain/refusal"
)

// Sexe is one of the five criteria of the identity (domain.md §3.1), as the civil registry writes it.
type Sexe string

// The two values.
const (
	Feminin  Sexe = "F"
	Masculin Sexe = "M"
)

// Accord gives a word the form of the child.
func Accord(s Sexe, masculin, feminin string) string {
	if s == Feminin {
		return feminin
	}
	return masculin
}

// Identite is the civil status: names as given, never in forced capitals.
type Identite struct {
	NomFamille       string
	NomUsage         string
	Prenom           string
	Prenom2          string
	Prenom3          string
	Sexe             Sexe
	DateNaissance    time.Time
	NeEtranger       bool
	CommuneNaissance string // INSEE code at birth, "" when born abroad
}

// NomAffiche is the name on lists: the name in use when there is one.
func NomAffiche(nomFamille, nomUsage string) string {
	if nomUsage != "" {
		return nomUsage
	}
	return nomFamille
}

// NomListe is a pupil on a list: ABADIE Lina. Capitals tell a compound name from a first name.
func NomListe(nomFamille, nomUsage, prenom string) string {
	return strings.ToUpper(strings.ReplaceAll(NomAffiche(nomFamille, nomUsage), "ß", "ss")) + " " + prenom
}

// Ages between which a child enters the register; inclusive, in years reached in the calendar year.
const (
	ageMin = 2
	ageMax = 14
)

// Valider says what is missing or wrong: the five criteria are required from the first entry on.
func (i Identite) Valider(today time.Time) error {
	var l refusal.List
	if i.NomFamille == "" {
		l.Add("nom_famille", "Indiquez le nom de famille.")
	}
	if i.Prenom == "" {
		l.Add("prenom", "Indiquez le prénom.")
	}
	for _, f := range []struct{ field, value string }{
		{"nom_famille", i.NomFamille}, {"nom_usage", i.NomUsage}, {"prenom", i.Prenom},
		{"prenom2", i.Prenom2}, {"prenom3", i.Prenom3},
	} {
		if strings.ContainsAny(f.value, "0123456789;<>") {
			l.Add(f.field, "Un nom ne contient ni chiffre ni signe comme «\u00a0;\u00a0», «\u00a0<\u00a0» ou «\u00a0>\u00a0».")
		}
	}
	if i.Sexe != Feminin && i.Sexe != Masculin {
		l.Add("sexe", "Choisissez fille ou garçon.")
	}
	i.validerNaissance(today, &l)
	return l.Err()
}

func (i Identite) validerNaissance(today time.Time, l *refusal.List) {
	switch age := today.Year() - i.DateNaissance.Year(); {
	case i.DateNaissance.IsZero():
		l.Add("date_naissance", "Indiquez la date de naissance, par exemple 12/04/2018.")
	case i.DateNaissance.After(today):
		l.Add("date_naissance", "La date de naissance est dans l’avenir.")
	case age < ageMin-1 || age > ageMax:
		l.Add("date_naissance", "L’école accueille les enfants de 2 à 14 ans\u00a0: vérifiez l’année de naissance.")
	}
	if !i.NeEtranger && i.CommuneNaissance == "" {
		l.Add("commune_naissance", "Indiquez la commune de naissance, ou cochez «\u00a0né à l’étranger\u00a0».")
	}
}
