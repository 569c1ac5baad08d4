package ecole

import "slices"

// Type tells which levels a school may open (nomenclature N8).
type Type string

// The types of school.
const (
	Maternelle  Type = "maternelle"
	Elementaire Type = "elementaire"
	Primaire    Type = "primaire"
	Specialisee Type = "specialisee"
)

// Types returns every type.
func Types() []Type { return []Type{Maternelle, Elementaire, Primaire, Specialisee} }

// Libelle returns the type as a page shows it.
func (t Type) Libelle() string {
	switch t {
	case Maternelle:
		return "École maternelle"
	case Elementaire:
		return "École élémentaire"
	case Primaire:
		return "École primaire"
	case Specialisee:
		return "École spécialisée"
	}
	return ""
}

// Niveaux returns the levels that a school of this type may open, from the youngest.
func (t Type) Niveaux() []Niveau {
	switch t {
	case Maternelle:
		return slices.Clone(niveaux[:CP.Rang()])
	case Elementaire:
		return slices.Clone(niveaux[CP.Rang():])
	case Primaire, Specialisee:
		return Niveaux()
	}
	return nil
}

// Ouvre tells whether a school of this type may open a level.
func (t Type) Ouvre(n Niveau) bool { return slices.Contains(t.Niveaux(), n) }

// Secteur is who runs a school and what binds it to the State (nomenclature N8).
type Secteur string

// The sectors.
const (
	Public           Secteur = "public"
	PriveSimple      Secteur = "prive_simple"
	PriveAssociation Secteur = "prive_association"
	PriveHorsContrat Secteur = "prive_hors_contrat"
)

// Secteurs returns every sector.
func Secteurs() []Secteur { return []Secteur{Public, PriveSimple, PriveAssociation, PriveHorsContrat} }

// Libelle returns the sector as a page shows it.
func (s Secteur) Libelle() string {
	switch s {
	case Public:
		return "Public"
	case PriveSimple:
		return "Privé sous contrat simple"
	case PriveAssociation:
		return "Privé sous contrat d’association"
	case PriveHorsContrat:
		return "Privé hors contrat"
	}
	return ""
}

// Prive tells whether the school is a private one.
func (s Secteur) Prive() bool { return s != Public }
