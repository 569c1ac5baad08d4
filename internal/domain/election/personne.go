package election

import (
	"strings"

	"base-eleves/internal/domain/eleve"
)

// Personne is the names of a voter: a person, or the body that holds the authority.
type Personne struct {
	Civilite   string
	NomFamille string
	NomUsage   string
	Prenom     string
	Organisme  string
}

// Nom is the name that sorts the list, in capitals; that of the body when it is one.
func (p Personne) Nom() string {
	if p.Organisme != "" {
		return p.Organisme
	}
	return strings.TrimSpace(eleve.NomListe(p.NomFamille, p.NomUsage, ""))
}

// Naissance is the name of birth of who uses another one.
func (p Personne) Naissance() string {
	if p.NomUsage == "" || p.NomUsage == p.NomFamille {
		return ""
	}
	return p.NomFamille
}

// Postal is how an envelope calls him.
func (p Personne) Postal() string {
	r := eleve.Responsable{Nature: eleve.Personne, Civilite: p.Civilite, NomFamille: p.NomFamille, NomUsage: p.NomUsage, Prenom: p.Prenom, Organisme: p.Organisme}
	if p.Organisme != "" {
		r.Nature = eleve.Organisme
	}
	return r.NomPostal()
}

// Complet is the name and the first name: ABADIE Anne.
func (p Personne) Complet() string { return strings.TrimSpace(p.Nom() + " " + p.Prenom) }
