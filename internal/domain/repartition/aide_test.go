package repartition_test

import (
	"crypto/sha1"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/repartition"
)

// id is the same for the same name: a test speaks of pupils and classes by their names.
func id(nom string) uuid.UUID {
	sum := sha1.Sum([]byte(nom))
	return uuid.UUID(sum[:16])
}

func ids(noms ...string) []uuid.UUID {
	l := make([]uuid.UUID, len(noms))
	for i, n := range noms {
		l[i] = id(n)
	}
	return l
}

// classe reads "CE1 A 25 CE1": a label of two words, a maximum, levels.
func classe(s string) repartition.Classe {
	f := strings.Fields(s)
	c := repartition.Classe{Libelle: f[0] + " " + f[1]}
	c.ID = id(c.Libelle)
	for _, d := range f[2] {
		c.Max = c.Max*10 + int(d-'0')
	}
	for _, n := range f[3:] {
		c.Niveaux = append(c.Niveaux, ecole.Niveau(n))
	}
	return c
}

func classes(l ...string) []repartition.Classe {
	var all []repartition.Classe
	for _, s := range l {
		all = append(all, classe(s))
	}
	return all
}

// enfant reads "Lina CE1" or "Tom CE1 = CE1 A", placed by hand. A name that ends with a is a girl's.
func enfant(s string) repartition.Eleve {
	who, placed, fixed := strings.Cut(s, " = ")
	f := strings.Fields(who)
	e := repartition.Eleve{
		ID: id(f[0]), Nom: f[0], Niveau: ecole.Niveau(f[1]), Sexe: eleve.Masculin, Naissance: time.Date(2018, 2, 1, 0, 0, 0, 0, time.UTC),
	}
	if strings.HasSuffix(f[0], "a") {
		e.Sexe = eleve.Feminin
	}
	if fixed {
		e.Fixe = id(placed)
	}
	return e
}

func enfants(l ...string) []repartition.Eleve {
	var all []repartition.Eleve
	for _, s := range l {
		all = append(all, enfant(s))
	}
	return all
}

func ensemble(noms ...string) repartition.Regle {
	return repartition.Regle{Nature: repartition.Ensemble, Eleves: ids(noms...)}
}

func separes(noms ...string) repartition.Regle {
	return repartition.Regle{Nature: repartition.Separes, Eleves: ids(noms...)}
}

func souple(r repartition.Regle) repartition.Regle {
	r.Souple = true
	return r
}

func resoudre(t *testing.T, p repartition.Probleme) repartition.Proposition {
	t.Helper()
	got, err := repartition.Resoudre(t.Context(), p, repartition.Options{Graine: 1})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// lieu is the label of the class where a pupil is.
func lieu(p repartition.Probleme, places repartition.Places, nom string) string {
	i := slices.IndexFunc(p.Classes, func(c repartition.Classe) bool { return c.ID == places[id(nom)] })
	if i < 0 {
		return ""
	}
	return p.Classes[i].Libelle
}
