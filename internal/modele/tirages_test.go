package modele

import (
	"maps"
	"slices"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"
)

// What is drawn: mostly what may be done, now and then anything.

func un[T any](t *rapid.T, nom string, list []T) T {
	if len(list) == 0 {
		t.SkipNow()
	}
	return rapid.SampledFrom(list).Draw(t, nom)
}

// rare is true once in twelve times.
func rare(t *rapid.T, nom string) bool { return rapid.IntRange(0, 11).Draw(t, nom) == 0 }

func noms(of map[string]string) []string { return slices.Sorted(maps.Keys(of)) }

// agent is mostly the one whose territory it is.
func agent(t *rapid.T, of map[string]string, territory string) string {
	names := noms(of)
	if i := slices.IndexFunc(names, func(n string) bool { return of[n] == territory }); i >= 0 && !rare(t, "autre agent") {
		return names[i]
	}
	return un(t, "agent", names)
}

// date is around today.
func (x *essai) date(t *rapid.T, nom string) time.Time {
	return x.jour.AddDate(0, 0, rapid.SampledFrom([]int{0, 0, 0, 0, 0, 0, 0, 0, -1, -3, -20, 20, 60, -400}).Draw(t, nom))
}

// effet is mostly the day of the rentrée, or today.
func (x *essai) effet(t *rapid.T, annee int) time.Time {
	switch rapid.IntRange(0, 9).Draw(t, "effet") {
	case 0:
		return x.date(t, "date d’effet")
	case 1:
		return time.Time{}
	case 2, 3, 4:
		return x.jour
	}
	return rentree(annee)
}

func niveau(t *rapid.T) string {
	if rare(t, "petit") {
		return rapid.SampledFrom(niveaux).Draw(t, "niveau")
	}
	return rapid.SampledFrom([]string{"CE1", "CE1", "CE2", "CM2"}).Draw(t, "niveau")
}

func annee(t *rapid.T) int {
	return rapid.SampledFrom([]int{2025, 2026, 2026, 2026, 2027}).Draw(t, "annee")
}

func (x *essai) enfant(t *rapid.T) *enfant { return un(t, "enfant", x.enfants) }

// inscrit is an inscription that has one of the states, or now and then any.
func (x *essai) inscrit(t *rapid.T, etats ...string) *inscrit {
	var all []*inscrit
	for _, e := range x.enfants {
		all = append(all, e.inscriptions...)
	}
	return plutot(t, "inscription", all, func(i *inscrit) bool { return slices.Contains(etats, i.etat) })
}

// plutot is mostly one that suits, now and then any.
func plutot[T any](t *rapid.T, nom string, all []T, convient func(T) bool) T {
	list := slices.DeleteFunc(slices.Clone(all), func(v T) bool { return !convient(v) })
	if len(list) == 0 || rare(t, "n’importe") {
		list = all
	}
	return un(t, nom, list)
}

// scolaire is a line that has one of the states, or now and then any.
func (x *essai) scolaire(t *rapid.T, etats ...string) *scolaire {
	return plutot(t, "scolarité", x.scolarites(), func(s *scolaire) bool { return slices.Contains(etats, s.etat) })
}

func (x *essai) scolarites() (all []*scolaire) {
	for _, e := range x.enfants {
		all = append(all, e.scolarites...)
	}
	return all
}

// uneEcole is mostly one of the commune, "" for the waiting list.
func uneEcole(t *rapid.T, commune string) string {
	var here []string
	for _, uai := range slices.Sorted(maps.Keys(communes)) {
		if communes[uai] == commune || rare(t, "ailleurs") {
			here = append(here, uai)
		}
	}
	return un(t, "école", append(here, ""))
}

// uneClasse is mostly one that takes the pupil.
func uneClasse(t *rapid.T, s *scolaire) uuid.UUID {
	all := slices.SortedFunc(maps.Keys(classes), func(a, b uuid.UUID) int { return slices.Compare(a[:], b[:]) })
	return plutot(t, "classe", all, func(id uuid.UUID) bool { return classes[id].accueille(s) })
}
