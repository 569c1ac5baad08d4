// Package doublons measures how the register knows a child who is typed again: pupils of a base are typed as agents
// mistype them, new ones are invented, and each is looked for. `make bench` prints the figures; a test holds them on a
// small base.
package doublons

import (
	"math/rand/v2"
	"strings"
	"time"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/rapprochement"
)

// faute is one way in which the same child is typed otherwise; it says whether it has anything to change.
type faute struct {
	nom   string
	faire func(*rand.Rand, *eleve.Identite) bool
}

var fautes = []faute{
	{"accents", func(_ *rand.Rand, i *eleve.Identite) bool {
		return change(i, func(s string) string { return strings.ToUpper(rapprochement.Plier(s)) })
	}},
	{"tirets", func(_ *rand.Rand, i *eleve.Identite) bool {
		return change(i, strings.NewReplacer("-", " ", "’", " ").Replace)
	}},
	{"nom composé", func(r *rand.Rand, i *eleve.Identite) bool { return partie(r, &i.NomFamille) }},
	{"prénom composé", func(r *rand.Rand, i *eleve.Identite) bool { return partie(r, &i.Prenom) }},
	{"champs inversés", func(_ *rand.Rand, i *eleve.Identite) bool {
		i.NomFamille, i.Prenom = i.Prenom, i.NomFamille
		return true
	}},
	{"jour et mois", func(_ *rand.Rand, i *eleve.Identite) bool {
		d := i.DateNaissance
		if d.Day() > 12 || d.Day() == int(d.Month()) {
			return false
		}
		i.DateNaissance = time.Date(d.Year(), time.Month(d.Day()), int(d.Month()), 0, 0, 0, 0, time.UTC)
		return true
	}},
	{"nom d’usage", func(_ *rand.Rand, i *eleve.Identite) bool {
		if i.NomUsage == "" {
			return false
		}
		i.NomFamille, i.NomUsage = i.NomUsage, ""
		return true
	}},
	{"deuxième prénom", func(_ *rand.Rand, i *eleve.Identite) bool {
		had := i.Prenom2 != ""
		i.Prenom2, i.Prenom3 = "", ""
		return had
	}},
}

func change(i *eleve.Identite, f func(string) string) bool {
	before := *i
	i.NomFamille, i.NomUsage, i.Prenom = f(i.NomFamille), f(i.NomUsage), f(i.Prenom)
	return *i != before
}

// partie keeps one of the words of a compound name.
func partie(r *rand.Rand, s *string) bool {
	words := rapprochement.Mots(*s)
	if len(words) < 2 {
		return false
	}
	*s = words[r.IntN(len(words))]
	return true
}

// Abimer types a child again with one mistake, or two for one child in three; it names them.
func Abimer(r *rand.Rand, i eleve.Identite) (eleve.Identite, []string) {
	want := 1
	if r.IntN(3) == 0 {
		want = 2
	}
	var names []string
	for _, k := range r.Perm(len(fautes)) {
		if len(names) == want {
			break
		}
		if fautes[k].faire(r, &i) {
			names = append(names, fautes[k].nom)
		}
	}
	return i, names
}
