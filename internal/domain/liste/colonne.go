package liste

import (
	"slices"
	"strconv"
	"time"

	"base-eleves/internal/domain/habilitation"
)

// Type is what the cells of a column hold.
type Type int

// The types of cells.
const (
	Texte Type = iota
	Date
	Nombre
)

// Colonne is a column of the catalogue: what it says, how the base finds it, who may read it.
type Colonne struct {
	Code  string
	Titre string
	Theme string // of the columns among which one looks for it
	Type  Type

	roles   []habilitation.Role
	largeur int    // in millimetres, as a rule
	sql     string // of a line s; {jour} stands for today
	besoins []string
	mots    func(string) string // the words of a code; nil when the base has them
}

// Who reads what (security.md §5): the civil status and the schooling, all who read pupils by name; classes and what
// teaching decides, not the mairie; telephones, not the inspections; the rest, the school alone.
var (
	tous        = []habilitation.Role{habilitation.Mairie, habilitation.Directeur, habilitation.IEN, habilitation.IA}
	scolaire    = []habilitation.Role{habilitation.Directeur, habilitation.IEN, habilitation.IA}
	coordonnees = []habilitation.Role{habilitation.Mairie, habilitation.Directeur}
	ecoleSeule  = []habilitation.Role{habilitation.Directeur}
	horsEcole   = []habilitation.Role{habilitation.Mairie, habilitation.IEN, habilitation.IA}
	numerique   = []habilitation.Role{habilitation.Directeur, habilitation.IA} // the INE, masked (design.md §2.3)
	departement = []habilitation.Role{habilitation.IA}
)

// The themes of the columns, in the order in which they are proposed.
const (
	identite     = "Identité"
	domicile     = "Domicile"
	scolarite    = "Scolarité"
	parents      = "Responsables"
	contacts     = "Personnes à prévenir"
	periscolaire = "Périscolaire"
	autorisation = "Assurance et autorisations"
)

// Themes lists them.
var Themes = []string{identite, domicile, scolarite, parents, contacts, periscolaire, autorisation}

// catalogue is the columns of each grain.
var catalogue = map[Grain][]Colonne{Eleves: colonnesEleve, Responsables: colonnesResponsable, Familles: colonnesFamille}

// Colonnes are those that a role may read, of a grain.
func Colonnes(g Grain, role habilitation.Role) []Colonne {
	return slices.DeleteFunc(slices.Clone(catalogue[g]), func(c Colonne) bool { return !slices.Contains(c.roles, role) })
}

// ColonneDe is a column by its code, if the role may read it.
func ColonneDe(g Grain, code string, role habilitation.Role) (Colonne, bool) {
	for _, c := range catalogue[g] {
		if c.Code == code && slices.Contains(c.roles, role) {
			return c, true
		}
	}
	return Colonne{}, false
}

// Usuelles are the columns with which one begins a list of a grain.
func Usuelles(g Grain) []Choix {
	return map[Grain][]Choix{
		Eleves: c("nom", "naissance", "niveau", "classe"), Responsables: c("nom", "enfants", "telephones"), Familles: c("noms", "enfants", "responsables"),
	}[g]
}

// Lire is a cell as it is read, from what the base gave.
func (c Colonne) Lire(cell string) string {
	if c.mots == nil || cell == "" {
		return cell
	}
	return c.mots(cell)
}

// Typer gives a cell, as it is read, the type of its column, so that a spreadsheet sorts and adds it.
func (c Colonne) Typer(text string) any {
	switch c.Type {
	case Date:
		day, _ := time.Parse(time.DateOnly, text)
		return day
	case Nombre:
		if n, err := strconv.Atoi(text); err == nil {
			return n
		}
	}
	return text
}
