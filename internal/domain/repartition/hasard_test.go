package repartition_test

import (
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/repartition"
)

// petit draws a school so small that all its compositions can be tried.
func petit(t *rapid.T) repartition.Probleme {
	niveaux := []ecole.Niveau{ecole.CP, ecole.CE1}
	p := repartition.Probleme{Fratries: repartition.Preference(rapid.IntRange(0, 2).Draw(t, "fratries"))}
	for i := range rapid.IntRange(1, 3).Draw(t, "classes") {
		p.Classes = append(p.Classes, repartition.Classe{
			ID: id(fmt.Sprint("c", i)), Libelle: string(rune('A' + i)), Max: rapid.IntRange(0, 5).Draw(t, "max"), Conseil: rapid.IntRange(0, 3).Draw(t, "conseil"),
			Niveaux: rapid.SampledFrom([][]ecole.Niveau{niveaux, niveaux, niveaux[:1], niveaux[1:]}).Draw(t, "niveaux"),
		})
	}
	for i := range rapid.IntRange(1, 6).Draw(t, "eleves") {
		e := repartition.Eleve{
			ID: id(fmt.Sprint("e", i)), Nom: string(rune('a' + i)), Niveau: rapid.SampledFrom(niveaux).Draw(t, "niveau"),
			Sexe: rapid.SampledFrom([]eleve.Sexe{eleve.Feminin, eleve.Masculin}).Draw(t, "sexe"), Fratrie: rapid.SampledFrom([]string{"", "", "x", "y"}).Draw(t, "fratrie"),
			Naissance: time.Date(2019, time.Month(rapid.IntRange(1, 12).Draw(t, "mois")), 1, 0, 0, 0, 0, time.UTC), Origine: rapid.SampledFrom([]string{"", "P", "Q"}).Draw(t, "origine"),
		}
		if rapid.IntRange(0, 5).Draw(t, "fixe") == 0 {
			e.Fixe = rapid.SampledFrom(p.Classes).Draw(t, "classe").ID
		}
		p.Eleves = append(p.Eleves, e)
	}
	for range rapid.IntRange(0, 4).Draw(t, "regles") {
		members := rapid.SliceOfNDistinct(rapid.IntRange(0, len(p.Eleves)-1), 1, min(3, len(p.Eleves)), rapid.ID).Draw(t, "membres")
		r := repartition.Regle{Nature: rapid.SampledFrom([]repartition.Nature{repartition.Ensemble, repartition.Separes}).Draw(t, "nature"), Souple: rapid.IntRange(0, 4).Draw(t, "souple") == 0}
		for _, e := range members {
			r.Eleves = append(r.Eleves, p.Eleves[e].ID)
		}
		p.Regles = append(p.Regles, r)
	}
	return p
}

// toutes calls f with each composition of the school, until it returns false.
func toutes(p repartition.Probleme, f func(repartition.Places) bool) {
	places := repartition.Places{}
	var rec func(i int) bool
	rec = func(i int) bool {
		if i == len(p.Eleves) {
			return f(places)
		}
		for _, c := range p.Classes {
			places[p.Eleves[i].ID] = c.ID
			if !rec(i + 1) {
				return false
			}
		}
		return true
	}
	rec(0)
}

// tient restates the rules, in the words of the issue: every pupil has a class that opens his level, no class is above
// its maximum, whoever was placed by hand is there, and the rules that are no wishes hold.
func tient(p repartition.Probleme, places repartition.Places) bool {
	size := map[uuid.UUID]int{}
	for _, e := range p.Eleves {
		i := slices.IndexFunc(p.Classes, func(c repartition.Classe) bool { return c.ID == places[e.ID] })
		if i < 0 || !slices.Contains(p.Classes[i].Niveaux, e.Niveau) || e.Fixe != uuid.Nil && e.Fixe != places[e.ID] {
			return false
		}
		size[places[e.ID]]++
	}
	for _, c := range p.Classes {
		if c.Max > 0 && size[c.ID] > c.Max {
			return false
		}
	}
	for _, r := range p.Regles {
		seen := map[uuid.UUID]bool{}
		for _, e := range r.Eleves {
			seen[places[e]] = true
		}
		if !r.Souple && (r.Nature == repartition.Ensemble && len(seen) > 1 || r.Nature == repartition.Separes && len(seen) < len(r.Eleves)) {
			return false
		}
	}
	return true
}

// possible tells whether some composition holds.
func possible(p repartition.Probleme) bool {
	found := false
	toutes(p, func(places repartition.Places) bool {
		found = tient(p, places)
		return !found
	})
	return found
}

// seules keeps of a problem the constraints given, and the pupils whom they are about.
func seules(p repartition.Probleme, held []repartition.Contrainte) repartition.Probleme {
	has := func(f func(repartition.Contrainte) bool) bool { return slices.ContainsFunc(held, f) }
	q := repartition.Probleme{}
	for i, r := range p.Regles {
		if has(func(c repartition.Contrainte) bool { return c.Motif == repartition.ParRegle && c.Regle == i }) {
			q.Regles = append(q.Regles, r)
		}
	}
	for _, c := range p.Classes {
		if !has(func(k repartition.Contrainte) bool { return k.Motif == repartition.ParMaximum && k.Classe == c.ID }) {
			c.Max = 0
		}
		q.Classes = append(q.Classes, c)
	}
	for _, e := range p.Eleves {
		fixed := has(func(c repartition.Contrainte) bool { return c.Motif == repartition.ParPlace && c.Eleve == e.ID })
		level := has(func(c repartition.Contrainte) bool { return c.Motif == repartition.ParEffectif && c.Niveau == e.Niveau })
		ruled := slices.ContainsFunc(q.Regles, func(r repartition.Regle) bool { return slices.Contains(r.Eleves, e.ID) })
		if !fixed {
			e.Fixe = uuid.Nil
		}
		if fixed || level || ruled {
			q.Eleves = append(q.Eleves, e)
		}
	}
	return q
}
