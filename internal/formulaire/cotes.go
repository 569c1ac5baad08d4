package formulaire

import (
	"slices"

	"base-eleves/internal/httpx"
)

// Cotes are two records that are to become one, side by side: the user keeps one side of each line where they differ.
type Cotes struct {
	Titre        string // of the two columns together
	Garde, Autre string // their heads
	Rubriques    []Rubrique
	Form         *httpx.Form
}

// Rubrique is a line of the two columns; one without a Champ is shown, not chosen.
type Rubrique struct {
	Champ, Label   string
	Gauche, Droite string
	Identique      bool
}

// RubriqueDe is a line whose sides are the same when they read the same.
func RubriqueDe(champ, label, gauche, droite string) Rubrique {
	return Rubrique{champ, label, gauche, droite, gauche == droite}
}

// Values of the choice of a line.
const (
	gauche = "garde"
	droite = "autre"
)

// Pris are the fields that were ticked on the side of the record that goes.
func Pris(f *httpx.Form, champs []string) []string {
	return slices.DeleteFunc(slices.Clone(champs), func(champ string) bool { return f.Text(champ) != droite })
}

// choisi is the side that a line keeps: what was ticked, else that of the record kept, unless it has none.
func (c Cotes) choisi(r Rubrique) string {
	if typed := c.Form.Text(r.Champ); typed != "" {
		return typed
	}
	if r.Gauche == "" {
		return droite
	}
	return gauche
}
