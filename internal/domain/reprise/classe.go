package reprise

import (
	"slices"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/rapprochement"
)

// classes are those of the school for the year, and those that the file opens.
type classes struct {
	parNom  map[string]*classe
	parID   map[uuid.UUID]*classe
	numeros map[int]bool
}

// classe is one of them.
type classe struct {
	id       uuid.UUID
	libelle  string
	numero   int // 0 leaves it to the base
	nouvelle bool
	ligne    int
	niveaux  []string // known to the base
	ajoutes  []string
}

func newClasses(b Base) *classes {
	c := &classes{parNom: map[string]*classe{}, parID: map[uuid.UUID]*classe{}, numeros: map[int]bool{}}
	for _, known := range b.Classes {
		one := &classe{id: known.ID, libelle: known.LibelleCourt, niveaux: known.Niveaux}
		c.parID[known.ID] = one
		c.numeros[known.Numero] = true
		c.nommer(known.LibelleLong, one)
	}
	for _, known := range b.Classes { // a short name before a long one
		c.parNom[rapprochement.Plier(known.LibelleCourt)] = c.parID[known.ID]
	}
	return c
}

func (c *classes) nommer(nom string, one *classe) {
	if nom != "" {
		c.parNom[rapprochement.Plier(nom)] = one
	}
}

// libelleMax is how long the name of a class may be for the programs that read it.
const libelleMax = 50

// de is the class of a line, opened by the file if the school has none of that name.
func (c *classes) de(a *arrivant) *classe {
	key := rapprochement.Plier(a.Classe)
	if key == "" {
		return nil
	}
	if known, ok := c.parNom[key]; ok {
		return known
	}
	runes := []rune(a.Classe)
	one := &classe{id: uuid.New(), libelle: string(runes[:min(len(runes), libelleMax)]), nouvelle: true, ligne: a.Ligne}
	if n, err := strconv.Atoi(a.ClasseID); err == nil && n > 0 && n < 1<<31 && !c.numeros[n] {
		one.numero, c.numeros[n] = n, true
	}
	c.parNom[key], c.parID[one.id] = one, one
	return one
}

// nom is the name of a class of the base.
func (c *classes) nom(id *uuid.UUID) string {
	if id == nil || c.parID[*id] == nil {
		return ""
	}
	return c.parID[*id].libelle
}

// ouvre notes that a pupil of that level is placed in the class.
func (c *classe) ouvre(niveau string) {
	if niveau != "" && !slices.Contains(c.niveaux, niveau) && !slices.Contains(c.ajoutes, niveau) {
		c.ajoutes = append(c.ajoutes, niveau)
	}
}

// ouvrir plans the classes and the levels that the lines kept have asked for.
func (c *classes) ouvrir(p *planification) {
	all := make([]*classe, 0, len(c.parID))
	for _, one := range c.parID {
		if len(one.ajoutes) > 0 {
			all = append(all, one)
		}
	}
	slices.SortFunc(all, func(a, b *classe) int {
		if a.ligne != b.ligne {
			return a.ligne - b.ligne
		}
		return slices.Compare(a.id[:], b.id[:])
	})
	for _, one := range all {
		if one.nouvelle {
			row := map[string]any{"ecole_uai": p.base.Ecole, "annee": int(p.base.Annee), "libelle_court": one.libelle, "libelle_long": "", "enseignant": "", "salle": ""}
			if one.numero > 0 {
				row["numero"] = one.numero
			}
			p.ajouter(one.ligne, "classe", one.id, uuid.Nil, row)
		}
		for _, n := range one.ajoutes {
			p.ajouter(one.ligne, "classe_niveau", one.id, uuid.Nil, map[string]any{"classe_id": one.id, "ecole_uai": p.base.Ecole, "niveau": n})
		}
	}
}

// niveau is the level of the line, else the pupil's, else the only one of his class.
func (a *arrivant) niveau() string {
	switch {
	case a.Niveau != "":
		return a.Niveau
	case a.connu != nil && a.connu.Niveau != "":
		return a.connu.Niveau
	case a.classement != nil && len(a.classement.niveaux) == 1:
		return a.classement.niveaux[0]
	}
	return ""
}

// placable refuses a pupil without a level, or of a level that the school does not have.
func (p *planification) placable(a *arrivant) bool {
	a.classement = p.classes.de(a)
	n := ecole.Niveau(a.niveau())
	switch {
	case n == "":
		p.refuser(a.Ligne, "Niveau", "", "Le niveau manque.", "Indiquez-le dans le fichier\u00a0: un élève d’ULIS a celui de sa classe de référence.")
		return false
	case !p.base.Type.Ouvre(n):
		p.refuser(a.Ligne, "Niveau", string(n), "L’école n’a pas de "+n.Libelle()+".", "Vérifiez le niveau, ou que c’est le fichier de cette école.")
		return false
	}
	return true
}
