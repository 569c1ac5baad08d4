// Package dispositif is what helps some pupils besides their class: the ULIS of the school, and the UPE2A (domain.md
// §3.5). A pupil is counted once, in his class of reference; here are the dates in which he benefits from it, and nothing
// else: neither the category of the ULIS, which is health data, nor a language or an origin. The directeur comes here to
// open the ULIS of a year and to say who benefits.
package dispositif

import (
	"time"

	"base-eleves/internal/domain/discret"
	"base-eleves/internal/domain/refusal"
)

// Dispositif is one of the two.
type Dispositif string

// The dispositifs of which the register keeps the dates.
const (
	ULIS  Dispositif = "ulis"
	UPE2A Dispositif = "upe2a"
)

// Dispositifs lists them.
var Dispositifs = []Dispositif{ULIS, UPE2A}

// Label is the dispositif as its users name it.
func (d Dispositif) Label() string {
	return map[Dispositif]string{ULIS: "ULIS", UPE2A: "UPE2A"}[d]
}

// Sens says in a sentence what the flag means.
func (d Dispositif) Sens() string {
	return map[Dispositif]string{
		ULIS: "Bénéficie du dispositif ULIS de l’école", UPE2A: "Bénéficie d’une UPE2A",
	}[d]
}

// ParseDispositif reads a code; ULIS when it is none.
func ParseDispositif(s string) Dispositif {
	if Dispositif(s) == UPE2A {
		return UPE2A
	}
	return ULIS
}

// Unite is the ULIS of a school for a year.
type Unite struct {
	Libelle     string
	Enseignant  string
	Salle       string
	EffectifMax int // 0 for none
}

// Valider says what is missing or wrong.
func (u Unite) Valider() error {
	var l refusal.List
	if u.Libelle == "" {
		l.Add("libelle", "Donnez un nom au dispositif, par exemple «\u00a0ULIS école\u00a0».")
	}
	_ = l.Take(discret.Valider("libelle", u.Libelle))
	if u.EffectifMax < 0 || u.EffectifMax > 60 {
		l.Add("effectif_max", "Indiquez un effectif entre 1 et 60, ou rien.")
	}
	return l.Err()
}

// Usuel is the number of pupils that an ULIS of a school does not go beyond (circular 2015-129 of 21 August 2015).
const Usuel = 12

// Periode is since when and until when a pupil benefits.
type Periode struct {
	Debut time.Time
	Fin   time.Time // the last day, zero while it lasts
}

// plusLoin is how many years ahead a period may begin or end.
const plusLoin = 2

// valider says what is missing or wrong. What a form names one day, « le », is the beginning.
func (p Periode) valider(today time.Time) error {
	var l refusal.List
	tard := today.AddDate(plusLoin, 0, 0)
	switch {
	case p.Debut.IsZero():
		l.Add("debut", "Indiquez le premier jour.")
	case p.Debut.After(tard):
		l.Add("debut", "Cette date est trop lointaine.")
	}
	switch {
	case p.Fin.IsZero():
	case p.Fin.Before(p.Debut):
		l.Add("fin", "Le dernier jour précède le premier.")
	case p.Fin.After(tard):
		l.Add("fin", "Cette date est trop lointaine.")
	}
	return l.Err()
}

func (p Periode) fin() *time.Time {
	if p.Fin.IsZero() {
		return nil
	}
	return &p.Fin
}
