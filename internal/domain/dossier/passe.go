package dossier

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Objet is a row of the file: the table it stands in and its identifier. A link to a responsable bears his; a row of a
// year bears the pupil's, and the year.
type Objet struct {
	Table string
	ID    uuid.UUID
	Annee string
}

// Ligne is what a row says, column by column; a column that says nothing is absent.
type Ligne map[string]string

// Present is a row as the base holds it now.
type Present struct {
	Objet   string
	ObjetID uuid.UUID
	Present map[string]any
}

// Changement is one line of the history, as the triggers of the base write it (migrations/0009_dossier.sql). Le is the
// hour of France.
type Changement struct {
	ID        int64
	Le        time.Time
	Objet     string
	ObjetID   uuid.UUID
	Precision string
	Operation string
	Champ     string
	Avant     *string
	Apres     *string
}

func (c Changement) objet() Objet { return Objet{c.Objet, c.ObjetID, c.Precision} }

// The operations.
const (
	ajout   = "ajout"
	retrait = "retrait"
)

// Passe is the memory of one file: what it says now and what changed, the latest first.
type Passe struct {
	eleve       uuid.UUID
	present     map[Objet]Ligne
	changements []Changement
}

// NewPasse gathers the memory of a pupil's file; changements are the latest first.
func NewPasse(eleve uuid.UUID, presents []Present, changements []Changement) Passe {
	p := Passe{eleve: eleve, present: map[Objet]Ligne{}, changements: changements}
	for _, r := range presents {
		p.present[Objet{Table: r.Objet, ID: r.ObjetID}] = texts(r.Present)
	}
	return p
}

// texts writes the columns of a row as the history does.
func texts(row map[string]any) Ligne {
	l := Ligne{}
	for column, v := range row {
		switch v := v.(type) {
		case string:
			l[column] = v
		case bool:
			l[column] = strconv.FormatBool(v)
		case float64:
			l[column] = strconv.FormatFloat(v, 'f', -1, 64)
		case json.Number:
			l[column] = v.String()
		}
	}
	return l
}

// Au is a row as it was just before t; false when it did not exist. What was done since is undone, the latest first.
func (p Passe) Au(o Objet, t time.Time) (Ligne, bool) {
	ligne, exists := p.present[o]
	ligne = maps.Clone(ligne)
	for _, c := range p.changements {
		if c.Le.Before(t) {
			break
		}
		if c.objet() != o {
			continue
		}
		switch c.Operation {
		case ajout:
			ligne, exists = nil, false
			continue
		case retrait:
			exists = true
		}
		if ligne == nil {
			ligne = Ligne{}
		}
		if c.Avant == nil {
			delete(ligne, c.Champ)
		} else if c.Champ != "" {
			ligne[c.Champ] = *c.Avant
		}
	}
	return ligne, exists
}

// objets are the rows of a table that the file has or has had, in the order of their rank at t, then of their identifier.
func (p Passe) objets(table string, t time.Time) []Objet {
	all := map[Objet]bool{}
	for o := range p.present {
		all[o] = o.Table == table
	}
	for _, c := range p.changements {
		all[c.objet()] = c.Objet == table
	}
	var list []Objet
	for o, asked := range all {
		if _, exists := p.Au(o, t); asked && exists {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b Objet) int {
		if ra, rb := p.rang(a, t), p.rang(b, t); ra != rb {
			return ra - rb
		}
		return slices.Compare(a.ID[:], b.ID[:])
	})
	return list
}

func (p Passe) rang(o Objet, t time.Time) int {
	l, _ := p.Au(o, t)
	n, _ := strconv.Atoi(l["rang"])
	return n
}

// adresse is a home by the identifier that a row bears.
func (p Passe) adresse(id string, t time.Time) (Ligne, bool) {
	parsed, err := uuid.Parse(id)
	if err != nil {
		return nil, false
	}
	return p.Au(Objet{Table: "adresse", ID: parsed}, t)
}

func (p Passe) responsable(id uuid.UUID, t time.Time) Ligne {
	l, _ := p.Au(Objet{Table: "responsable", ID: id}, t)
	return l
}
