// Package rattachement is the instruction of a child elsewhere than in a class: by the CNED, in a hospital, in a
// specialised establishment, in the family (domain.md §1.1, §2.4; N10). All children under the obligation must be
// knowable: each is attached, for a dated period, to a reference school or to the département. He is then no pupil of
// that school: its effectif does not count him. The directeur of the reference school and the IA come here to attach,
// end and correct.
package rattachement

import (
	"slices"
	"time"

	"base-eleves/internal/domain/refusal"
)

// Modalite is how the child is taught.
type Modalite string

// The modalités of nomenclature N10 that are no school.
const (
	CNED    Modalite = "cned"
	Hopital Modalite = "hopital"
	ESMS    Modalite = "esms"
	Famille Modalite = "famille"
)

// Modalites lists them all.
var Modalites = []Modalite{Famille, CNED, ESMS, Hopital}

// Label is the modalité as its users name it.
func (m Modalite) Label() string {
	return map[Modalite]string{
		CNED: "CNED", Hopital: "Hôpital", ESMS: "Établissement spécialisé", Famille: "Instruction en famille",
	}[m]
}

// LabelCommun says no more than who keeps the list of the obligation needs: which of two kinds of establishment a child
// is in tells of his health.
func (m Modalite) LabelCommun() string {
	if m == Hopital || m == ESMS {
		return "Établissement de soins ou spécialisé"
	}
	return m.Label()
}

// Partage tells whether a child may be taught so and be present in a school: he remains its pupil, and is counted there.
func (m Modalite) Partage() bool { return m == Hopital || m == ESMS }

// Periode is how, where from, since and until when a child is taught elsewhere.
type Periode struct {
	Modalite Modalite
	Ecole    string // UAI of the reference school, "" for the département
	Debut    time.Time
	Fin      time.Time // the last day, zero while it lasts
}

// enfant is what the rule needs to know of the child.
type enfant struct {
	Naissance time.Time
	Present   bool // in a school on the day when the period begins, or later
}

// plusLoin is how far ahead a period may begin or end: the end of the next school year.
const plusLoin = 2

// valider says what is missing or wrong.
func (p Periode) valider(e enfant, today time.Time) error {
	var l refusal.List
	if !slices.Contains(Modalites, p.Modalite) {
		l.Add("modalite", "Choisissez comment l’enfant est instruit.")
	}
	switch {
	case p.Debut.IsZero():
		l.Add("debut", "Indiquez le premier jour de cette instruction.")
	case p.Debut.Before(e.Naissance):
		l.Add("debut", "Cette date précède la naissance de l’enfant.")
	case p.Debut.After(today.AddDate(plusLoin, 0, 0)):
		l.Add("debut", "Cette date est trop lointaine.")
	}
	switch {
	case p.Fin.IsZero():
	case p.Fin.Before(p.Debut):
		l.Add("fin", "Le dernier jour précède le premier.")
	case p.Fin.After(today.AddDate(plusLoin, 0, 0)):
		l.Add("fin", "Cette date est trop lointaine.")
	}
	if e.Present && !p.Modalite.Partage() && p.Modalite != "" {
		l.Add("modalite", "Cet élève est présent dans une école\u00a0: radiez-le d’abord, avec ce motif.")
	}
	return l.Err()
}
