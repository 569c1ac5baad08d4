// Package liste is the lists that a school, a mairie or an inspection makes for itself (domain.md §5.10): which lines,
// which columns, in which order, on which sheet. Directeurs come here every week, for a list that nobody had thought of.
//
// A list is a Definition: codes of one catalogue of columns, filters and orders, each of which says who may read it
// (security.md §5). For keeps of a definition what a role may read, and Requete makes one statement of it, whose every
// value is bound: a code that is not in the catalogue, or not for that role, reaches no query.
package liste

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
)

// Grain is what a line of a list is.
type Grain string

// The grains.
const (
	Eleves       Grain = "eleve"
	Responsables Grain = "responsable"
	Familles     Grain = "famille"
)

// Grains lists them.
var Grains = []Grain{Eleves, Responsables, Familles}

// Label says what a line is.
func (g Grain) Label() string {
	return map[Grain]string{Eleves: "Un élève par ligne", Responsables: "Un responsable par ligne", Familles: "Une famille par ligne"}[g]
}

// Vide is the code of a column left blank, to write in.
const Vide = "vide"

// Choix is a column of a list. The title and the width are those of a blank one.
type Choix struct {
	Code    string `json:"code"`
	Titre   string `json:"titre,omitempty"`
	Largeur int    `json:"largeur,omitempty"` // in millimetres
}

// Feuille is the side on which the sheet is laid.
type Feuille string

// The two sides; without a choice, the columns decide.
const (
	Portrait Feuille = "portrait"
	Paysage  Feuille = "paysage"
)

// Definition is a list as one composes it.
type Definition struct {
	Titre    string              `json:"titre"`
	Grain    Grain               `json:"grain"`
	Annee    string              `json:"annee,omitempty"` // a year, a Relative one, "" for the present one
	Au       string              `json:"au,omitempty"`    // the day, 2006-01-02; "" for today
	Colonnes []Choix             `json:"colonnes"`
	Filtres  map[string][]string `json:"filtres,omitempty"`
	Groupe   string              `json:"groupe,omitempty"`
	Tri      string              `json:"tri,omitempty"`
	Desc     bool                `json:"desc,omitempty"`
	Saut     bool                `json:"saut,omitempty"` // each group on its own sheet
	Feuille  Feuille             `json:"feuille,omitempty"`
}

// The years that a list may name by what they are, so that it is right next year too.
const (
	Suivante   = "suivante"
	Precedente = "precedente"
)

// AnneeLe is the school year of the list, asked for on a day.
func (d Definition) AnneeLe(jour time.Time) ecole.Annee {
	if au, ok := d.le(); ok {
		return ecole.AnneeDe(au)
	}
	switch d.Annee {
	case Suivante:
		return ecole.AnneeDe(jour) + 1
	case Precedente:
		return ecole.AnneeDe(jour) - 1
	}
	if a, err := ecole.ParseAnnee(d.Annee); err == nil {
		return a
	}
	return ecole.AnneeDe(jour)
}

// le is the day as of which the list is made; none for today.
func (d Definition) le() (time.Time, bool) {
	au, err := time.Parse(time.DateOnly, d.Au)
	return au, err == nil
}

// Valeur is the value of a filter of one value.
func (d Definition) Valeur(filtre string) string {
	if v := d.Filtres[filtre]; len(v) > 0 {
		return v[0]
	}
	return ""
}

// Pour keeps of a definition what the role may read and what goes with its grain. Whatever is left out of it, by hand
// in an address or in a list that another role has shared, is as if it had not been asked for.
func (d Definition) Pour(role habilitation.Role) Definition {
	if !slices.Contains(Grains, d.Grain) {
		d.Grain = Eleves
	}
	var columns []Choix
	for _, c := range d.Colonnes {
		if _, known := ColonneDe(d.Grain, c.Code, role); known || c.Code == Vide {
			columns = append(columns, c)
		}
	}
	d.Colonnes = columns
	d.Filtres = maps.Clone(d.Filtres)
	maps.DeleteFunc(d.Filtres, func(code string, values []string) bool {
		f, known := filtreDe(code, role)
		return !known || !f.sur(d.Grain) || len(values) == 0 || len(values) == 1 && values[0] == ""
	})
	if o, known := ordreDe(d.Groupe, role); !known || !o.groupe(d.Grain) {
		d.Groupe, d.Saut = "", false
	}
	if o, known := ordreDe(d.Tri, role); !known || !o.trie(d.Grain) {
		d.Tri, d.Desc = "", false
	}
	return d
}

// EnPaysage tells whether the sheet lies on its long side: as chosen, or because the columns need it.
func (d Definition) EnPaysage() bool {
	if d.Feuille != "" {
		return d.Feuille == Paysage
	}
	const upright = 180 // millimetres between the margins
	width := 0
	for _, c := range d.Colonnes {
		width += d.largeur(c)
	}
	return width > upright
}

func (d Definition) largeur(c Choix) int {
	if c.Code == Vide {
		return c.Largeur
	}
	for _, known := range catalogue[d.Grain] {
		if known.Code == c.Code {
			return known.largeur
		}
	}
	return 0
}

// format is the version of what is stored. A later one reads the earlier ones.
const format = 1

type stockee struct {
	Format int `json:"format"`
	Definition
}

// Ecrire is the definition as it is kept.
func (d Definition) Ecrire() ([]byte, error) {
	return json.Marshal(stockee{format, d})
}

// LireDefinition reads a definition that was kept.
func LireDefinition(kept []byte) (Definition, error) {
	var s stockee
	if err := json.Unmarshal(kept, &s); err != nil {
		return Definition{}, fmt.Errorf("liste: read a definition: %w", err)
	}
	if s.Format < 1 || s.Format > format {
		return Definition{}, fmt.Errorf("liste: a definition of format %d", s.Format)
	}
	return s.Definition, nil
}
