package modele

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/rattachement"
	"base-eleves/internal/territoire"
)

// periode is one during which a child is taught elsewhere than in a class (domain.md §1.1, N10).
type periode struct {
	id       uuid.UUID
	ecole    string // of reference, "" for the département
	dep      string
	modalite string
	debut    time.Time
	fin      time.Time // the last day, zero while it lasts
	par      *scolaire // whose admission ended it
	avant    time.Time // the last day that had been announced
}

// instruit tells whether another period of the child has a day in common with these.
func (e *enfant) instruit(but *periode, debut, fin time.Time) bool {
	return slices.ContainsFunc(e.periodes, func(p *periode) bool {
		return p != but && (fin.IsZero() || !p.debut.After(fin)) && (p.fin.IsZero() || !debut.After(p.fin))
	})
}

// present tells whether a school has the child on a day, or will.
func (e *enfant) present(le time.Time) bool {
	return slices.ContainsFunc(e.scolarites, func(s *scolaire) bool {
		return s.etat == "admis_definitif" && !fin(s.annee).Before(le) && (s.radiation.IsZero() || s.radiation.After(le))
	})
}

// rejoindre ends what the admission of a pupil ends, the day before it.
func (s *scolaire) rejoindre() {
	for _, p := range s.de.periodes {
		alone := p.modalite == "cned" || p.modalite == "famille"
		if alone && !p.debut.After(s.admission) && (p.fin.IsZero() || !p.fin.Before(s.admission)) {
			p.par, p.avant, p.fin = s, p.fin, p.veille(s)
		}
	}
}

func (p *periode) veille(s *scolaire) time.Time {
	if eve := s.admission.AddDate(0, 0, -1); eve.After(p.debut) {
		return eve
	}
	return p.debut
}

// revenir gives them back when the admission is.
func (s *scolaire) revenir() {
	for _, p := range s.de.periodes {
		if p.par == s && p.fin.Equal(p.veille(s)) && !s.de.instruit(p, p.debut, p.avant) {
			p.par, p.fin, p.avant = nil, p.avant, time.Time{}
		}
	}
}

// inspecte tells whether an agent may attach the child: his file is in their territory, or nowhere and attached to it.
func (e *enfant) inspecte(qui string) bool {
	if uai, ok := directeurs[qui]; ok {
		return e.ecole == uai
	}
	dep := academies[qui]
	return e.ecole != "" && departements[e.ecole] == dep ||
		e.ecole == "" && slices.ContainsFunc(e.periodes, func(p *periode) bool { return p.dep == dep })
}

// tient tells whether a period is the agent's to change.
func (p *periode) tient(qui string) bool {
	if uai, ok := directeurs[qui]; ok {
		return p.ecole == uai
	}
	return p.dep == academies[qui]
}

// unAgent is a directeur or an IA, mostly one whose the child is.
func (e *enfant) unAgent(t *rapid.T) string {
	return plutot(t, "agent", append(noms(directeurs), noms(academies)...), e.inspecte)
}

func (x *essai) tirerPeriode(t *rapid.T, qui string) rattachement.Periode {
	p := rattachement.Periode{Debut: x.date(t, "premier jour")}
	p.Modalite = rattachement.Modalite(rapid.SampledFrom([]string{"famille", "cned", "esms", "famille", "hopital", "x"}).Draw(t, "modalité"))
	if rare(t, "dernier jour") {
		p.Fin = x.date(t, "dernier jour")
	}
	if dep, ok := academies[qui]; ok {
		p.Ecole = plutot(t, "école de référence", append(noms(departements), ""), func(uai string) bool { return uai == "" || departements[uai] == dep })
	}
	return p
}

// periodeRefusee is the rule of a period.
func (x *essai) periodeRefusee(e *enfant, but *periode, qui string, p rattachement.Periode) string {
	alone := p.Modalite == "cned" || p.Modalite == "famille"
	dep, ia := academies[qui]
	return motif(si(!e.inspecte(qui), "hors du territoire"), si(ia && p.Ecole != "" && departements[p.Ecole] != dep, "école d’un autre département"),
		si(p.Modalite == "x", "modalité inconnue"), si(!p.Fin.IsZero() && p.Fin.Before(p.Debut), "finit avant de commencer"),
		si(alone && e.present(p.Debut), "présent dans une école"), si(e.instruit(but, p.Debut, p.Fin), "déjà instruit ailleurs"))
}

// noter keeps what was recorded of a period.
func (p *periode) noter(qui string, n rattachement.Periode) {
	if p.ecole = n.Ecole; directeurs[qui] != "" {
		p.ecole = directeurs[qui]
	}
	if p.dep == "" || p.ecole != "" {
		p.dep = departements[p.ecole]
	}
	if p.dep == "" {
		p.dep = academies[qui]
	}
	p.modalite, p.debut, p.fin = string(n.Modalite), n.Debut, n.Fin
}

func (x *essai) attacher(t *rapid.T, nom string) {
	e := plutot(t, "enfant", x.enfants, func(e *enfant) bool { return !e.present(x.jour) })
	qui := e.unAgent(t)
	n := x.tirerPeriode(t, qui)
	p := &periode{}
	if x.jouer(t, nom, qui, x.periodeRefusee(e, nil, qui, n), func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		p.id, err = rattachement.Attacher(ctx, tx, a, e.id, n)
		return err
	}) {
		p.noter(qui, n)
		e.periodes = append(e.periodes, p)
	}
}

// unePeriode is one of a child, and mostly an agent who may change it.
func (x *essai) unePeriode(t *rapid.T) (*enfant, *periode, string) {
	e := un(t, "enfant", slices.DeleteFunc(slices.Clone(x.enfants), func(e *enfant) bool { return len(e.periodes) == 0 }))
	p := un(t, "période", e.periodes)
	return e, p, plutot(t, "agent", append(noms(directeurs), noms(academies)...), p.tient)
}

func (x *essai) corrigerPeriode(t *rapid.T, nom string) {
	e, p, qui := x.unePeriode(t)
	n := x.tirerPeriode(t, qui)
	refused := motif(si(!p.tient(qui), "d’un autre"), x.periodeRefusee(e, p, qui, n))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return rattachement.Corriger(ctx, tx, a, p.id, 0, n)
	}) {
		p.noter(qui, n)
	}
}

func (x *essai) finirPeriode(t *rapid.T, nom string) {
	e, p, qui := x.unePeriode(t)
	le := x.date(t, "dernier jour")
	refused := motif(si(!p.tient(qui), "d’un autre"), si(le.Before(p.debut), "finit avant de commencer"), si(e.instruit(p, p.debut, le), "déjà instruit ailleurs"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return rattachement.Finir(ctx, tx, a, p.id, 0, le)
	}) {
		p.fin = le
	}
}

func (x *essai) retirerPeriode(t *rapid.T, nom string) {
	e, p, qui := x.unePeriode(t)
	if x.jouer(t, nom, qui, si(!p.tient(qui), "d’un autre"), func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return rattachement.Retirer(ctx, tx, a, p.id, 0)
	}) {
		e.periodes = slices.DeleteFunc(e.periodes, func(o *periode) bool { return o == p })
	}
}

func (p *periode) ligne(e *enfant) string {
	return fmt.Sprintf("%s hors école %s %s %s %s %s", e.prenom, p.dep, p.ecole, p.modalite, jour(p.debut), jour(p.fin))
}
