package repartition

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/scenario"
	"base-eleves/web/ui"
)

// colonne is a class of the board, or those without one, which come first.
type colonne struct {
	id     string // "" for those without a class
	numero int    // key that places in it, 0 for those without a class; above 9 there is no key
	titre  string
	classe *scenario.Classe
	compte scenario.Effectif
	eleves []*scenario.Eleve
}

// colonnes are those that the criterion leaves, each with the pupils it leaves.
func (v *view) colonnes() []colonne {
	list := []colonne{{titre: "Sans classe", compte: v.effectifs[uuid.Nil]}}
	by := map[uuid.UUID]int{}
	for i := range v.t.Classes {
		k := &v.t.Classes[i]
		if v.critere.Classe != nil && k.ID != *v.critere.Classe || v.critere.Niveau != "" && !slices.Contains(k.Niveaux, v.critere.Niveau) {
			continue
		}
		by[k.ID] = len(list)
		list = append(list, colonne{id: k.ID.String(), numero: len(list), titre: k.Libelle, classe: k, compte: v.effectifs[k.ID]})
	}
	for i := range v.t.Eleves {
		e := &v.t.Eleves[i]
		at := 0
		if k := v.t.Classe(e.ClasseID); k != nil {
			at = by[k.ID]
			if at == 0 {
				continue // in a class that is not shown
			}
		}
		if v.critere.Niveau == "" || e.Niveau == v.critere.Niveau {
			list[at].eleves = append(list[at].eleves, e)
		}
	}
	return list
}

// touche is the key that places in the column, "" when there is none.
func (c colonne) touche() string {
	if c.numero > 9 {
		return ""
	}
	return strconv.Itoa(c.numero)
}

// places tells how full the class is: « 22 élèves », « 22 sur 27 ».
func (c colonne) places() string {
	if c.classe == nil || c.classe.EffectifMax == 0 {
		return ui.Plural(c.compte.Total, "élève", "élèves")
	}
	return strconv.Itoa(c.compte.Total) + " sur " + strconv.Itoa(c.classe.EffectifMax)
}

// sexes tells girls and boys.
func (c colonne) sexes() string {
	return ui.Plural(c.compte.Filles, "fille", "filles") + ", " + ui.Plural(c.compte.Garcons(), "garçon", "garçons")
}

// niveaux tells how many there are of each: « CE1 12, CE2 11 ».
func (c colonne) niveaux() string {
	var parts []string
	for _, n := range ecole.Niveaux() {
		count := c.compte.Niveaux[n]
		if count > 0 || c.classe != nil && slices.Contains(c.classe.Niveaux, n) {
			parts = append(parts, string(n)+"\u00a0"+strconv.Itoa(count))
		}
	}
	return strings.Join(parts, ", ")
}

// trimestres tells the quarters of birth.
func (c colonne) trimestres() string {
	parts := make([]string, len(c.compte.Trimestres))
	for i, n := range c.compte.Trimestres {
		parts[i] = "T" + strconv.Itoa(i+1) + "\u00a0" + strconv.Itoa(n)
	}
	return strings.Join(parts, ", ")
}

// alertes say in words what is over: the maximum of the class, the 24 pupils advised in GS, CP and CE1.
func (c colonne) alertes() []alerte {
	var list []alerte
	if c.classe == nil {
		return nil
	}
	if over := c.compte.Total - c.classe.EffectifMax; c.classe.EffectifMax > 0 && over > 0 {
		list = append(list, alerte{ui.Danger, strconv.Itoa(over) + " de trop\u00a0: maximum " + strconv.Itoa(c.classe.EffectifMax)})
	} else if c.classe.EffectifMax > 0 && over == 0 {
		list = append(list, alerte{ui.Info, "complète"})
	}
	if advised := c.classe.Conseil(); advised > 0 && c.compte.Total > advised {
		list = append(list, alerte{ui.Warning, strconv.Itoa(c.compte.Total-advised) + " au-dessus du repère de " + strconv.Itoa(advised)})
	}
	return list
}

// alerte is a limit reached, in words.
type alerte struct {
	kind ui.Kind
	dit  string
}

// marques are what is to be known of a pupil besides his name, sex and quarter.
func (v *view) marques(e *scenario.Eleve) string {
	var list []string
	if e.Fratrie() > 0 {
		list = append(list, "Fr"+strconv.Itoa(e.Fratrie()))
	}
	if !v.critere.EnVigueur() && e.ALaMain && e.ClasseID != nil {
		list = append(list, "fixé")
	}
	if e.Attendu && v.critere.Annee <= ecole.AnneeDe(v.agent.Aujourdhui()) {
		list = append(list, "attendu")
	}
	if holds, ruled := v.regles[e.ID]; ruled && holds {
		list = append(list, "règle")
	} else if ruled {
		list = append(list, "règle non tenue")
	}
	if len(list) == 0 {
		return ""
	}
	return ", " + strings.Join(list, ", ")
}

// sexe is the letter of a chip, of another shape for each.
func sexe(e *scenario.Eleve) string {
	if e.Sexe == eleve.Feminin {
		return "F"
	}
	return "G"
}

func trimestre(e *scenario.Eleve) string { return "T" + strconv.Itoa(e.Trimestre()) }
