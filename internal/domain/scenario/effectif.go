package scenario

import (
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/repartition"
)

// Effectif is what one counts of a class: the balance that a conseil des maîtres looks at.
type Effectif struct {
	Total      int
	Filles     int
	Niveaux    map[ecole.Niveau]int
	Trimestres [4]int
}

// Garcons is the rest of them.
func (f Effectif) Garcons() int { return f.Total - f.Filles }

// ajouter counts a pupil.
func (f *Effectif) ajouter(e Eleve) {
	f.Total++
	if e.Sexe == eleve.Feminin {
		f.Filles++
	}
	if f.Niveaux == nil {
		f.Niveaux = map[ecole.Niveau]int{}
	}
	f.Niveaux[e.Niveau]++
	f.Trimestres[e.Trimestre()-1]++
}

// Effectifs counts each class; those without one are under uuid.Nil.
func (t *Tableau) Effectifs() map[uuid.UUID]Effectif {
	all := map[uuid.UUID]Effectif{}
	for _, e := range t.Eleves {
		id := uuid.Nil
		if k := t.Classe(e.ClasseID); k != nil {
			id = k.ID
		}
		f := all[id]
		f.ajouter(e)
		all[id] = f
	}
	return all
}

// Conseil is how many pupils the class should not exceed: 24 in GS, CP and CE1; 0 where nothing is advised.
func (k Classe) Conseil() int { return repartition.Conseille(k.Niveaux) }

// Accueille tells that the class opens the niveau of a pupil.
func (k Classe) Accueille(e Eleve) bool { return slices.Contains(k.Niveaux, e.Niveau) }
