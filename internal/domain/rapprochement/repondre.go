package rapprochement

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// Reponse is how a child answers to a few words: from 0, not at all, to 1, by each of them as it is written.
type Reponse struct {
	Part    float64
	Raisons []Raison
}

// Repondre tells how a child answers to the words of a search, in any order, whole or begun. Each must be one of his.
func Repondre(cherche string, i Identite) Reponse {
	all := Reponse{Part: 1}
	for _, mot := range Mots(cherche) {
		part, raison := 0.0, Raison("")
		for _, n := range []struct {
			nom string
			m   mots
		}{
			{i.NomFamille, motsNom}, {i.Prenom, motsPrenom},
			{i.NomUsage, mots{pareil: ParNomUsage, son: NomMemeSon, proche: NomProche}},
			{i.Prenom2, mots{pareil: ParAutrePrenom, son: PrenomMemeSon, proche: PrenomProche}},
		} {
			for _, sien := range Mots(n.nom) {
				if p, r := repond(mot, sien, n.m); p > part {
					part, raison = p, r
				}
			}
		}
		all.Part = min(all.Part, part)
		if !slices.Contains(all.Raisons, raison) {
			all.Raisons = append(all.Raisons, raison)
		}
	}
	return all
}

// Exacte is the least Part of one who answers by the letters or by the sound, not by a letter mistyped.
const Exacte = 0.8

func repond(mot, sien string, m mots) (float64, Raison) {
	switch {
	case mot == sien:
		return 1, m.pareil
	case strings.HasPrefix(sien, mot):
		return 0.9, m.pareil
	case Phonetique(mot) == Phonetique(sien):
		return Exacte, m.son
	case utf8.RuneCountInString(mot) < 4:
		return 0, ""
	}
	switch d := levenshtein.ComputeDistance(mot, sien); {
	case d == 1, d == 2 && (len(mot) >= 8 || croisees(mot, sien)):
		return 0.5, m.proche
	}
	return 0, ""
}
