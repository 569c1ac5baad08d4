package modele

import (
	"context"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/habilitation"
	libre "base-eleves/internal/domain/liberation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/territoire"
)

// liberation is the request of a school that a pupil has reached to the one that still has him (domain.md §2.4).
type liberation struct {
	id     uuid.UUID
	de     *scolaire // in the former school
	par    *inscrit  // in the new one
	vers   string    // the new one, as it was then
	depart time.Time
	delai  time.Time
	etat   string
	refus  string
}

func (l *liberation) ouverte() bool { return l.etat == "ouverte" || l.etat == "refusee" }

// liberation is the request that is not settled yet.
func (s *scolaire) liberation() *liberation {
	for _, l := range s.liberations {
		if l.ouverte() {
			return l
		}
	}
	return nil
}

// liberer answers the request by the departure itself.
func (s *scolaire) liberer() {
	if l := s.liberation(); l != nil && (s.etat == "radie" || !s.radiation.After(l.depart)) {
		l.etat = "accordee"
	}
}

// ailleurs is where a pupil who is expected still is, that year or later.
func (s *scolaire) ailleurs() (la *scolaire) {
	for _, o := range s.de.scolarites {
		if o.ecole != s.ecole && o.etat == "admis_definitif" && o.annee >= s.annee &&
			(la == nil || o.annee > la.annee || o.annee == la.annee && o.admission.After(la.admission)) {
			la = o
		}
	}
	return la
}

func (x *essai) demanderLiberation(t *rapid.T, nom string) {
	var all []*inscrit
	for _, e := range x.enfants {
		all = append(all, e.inscriptions...)
	}
	i := plutot(t, "arrivée", all, func(i *inscrit) bool {
		s := i.suite()
		return s != nil && s.etat == "admis_accepte" && s.ailleurs() != nil
	})
	qui, why := agent(t, directeurs, i.ecole), rapid.SampledFrom([]string{"demenagement", "demenagement", "x"}).Draw(t, "motif")
	l := &liberation{par: i, vers: i.ecole, depart: x.date(t, "départ"), delai: libre.Echeance(x.jour), etat: "ouverte"}
	refused := motif(si(l.depart.After(x.jour), "dans l’avenir"), si(why == "x", "motif inconnu"), si(directeurs[qui] != i.ecole, "d’une autre école"), x.liberationRefusee(l))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) (err error) {
		l.id, err = libre.Demander(ctx, tx, a, i.id, libre.Demande{Depart: l.depart, Motif: why})
		return err
	}) {
		l.de.liberations = append(l.de.liberations, l)
	}
}

// liberationRefusee finds where the pupil is, or why nobody is asked to let him go.
func (x *essai) liberationRefusee(l *liberation) string {
	s := l.par.suite()
	if s == nil || s.etat != "admis_accepte" {
		return "pas arrivé"
	}
	if l.de = s.ailleurs(); l.de == nil {
		return "parti"
	}
	return motif(si(l.depart.Before(l.de.admission), "pas encore là"), si(l.de.liberation() != nil, "déjà demandée"))
}

// uneLiberation is mostly one to settle.
func (x *essai) uneLiberation(t *rapid.T) *liberation {
	var all []*liberation
	for _, s := range x.scolarites() {
		all = append(all, s.liberations...)
	}
	return plutot(t, "libération", all, (*liberation).ouverte)
}

func refus(t *rapid.T) string {
	return rapid.SampledFrom([]string{"present", "autre_enfant", "x"}).Draw(t, "refus")
}

func (x *essai) repondreLiberation(t *rapid.T, nom string) {
	l := x.uneLiberation(t)
	qui, yes, why := agent(t, directeurs, l.de.ecole), rapid.Bool().Draw(t, "accord"), refus(t)
	refused := motif(si(directeurs[qui] != l.de.ecole, "d’une autre école"), si(l.etat != "ouverte", "déjà répondue"), si(!yes && why == "x", "motif inconnu"))
	if yes {
		refused = motif(refused, x.departRefuse(l.de, scolarite.Depart{Le: l.depart, Motif: "demenagement", DestinationUAI: l.vers}))
	}
	if !x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		if yes {
			return libre.Accorder(ctx, tx, a, l.id, 0)
		}
		return libre.Refuser(ctx, tx, a, l.id, 0, why)
	}) {
		return
	}
	if yes {
		l.etat = "accordee"
		l.de.partir(l.depart, x.jour)
		return
	}
	l.etat, l.refus = "refusee", why
}

func (x *essai) retirerLiberation(t *rapid.T, nom string) {
	l := x.uneLiberation(t)
	qui := agent(t, directeurs, l.vers)
	refused := motif(si(directeurs[qui] != l.vers, "d’une autre école"), si(!l.ouverte(), "déjà répondue"))
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return libre.Retirer(ctx, tx, a, l.id, 0)
	}) {
		l.etat, l.refus = "retiree", ""
	}
}

func (x *essai) deciderLiberation(t *rapid.T, nom string) {
	l := x.uneLiberation(t)
	of, at := inspecteurs, circonscriptions
	if rapid.Bool().Draw(t, "par l’IA") {
		of, at = academies, departements
	}
	qui, yes, why := agent(t, of, at[l.de.ecole]), rapid.Bool().Draw(t, "libère"), refus(t)
	refused := motif(si(of[qui] != at[l.de.ecole], "hors du territoire"), si(!yes && why == "x", "motif inconnu"), si(!l.ouverte(), "déjà répondue"),
		si(l.etat == "ouverte" && !x.jour.After(l.delai), "le délai court"))
	if !x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return libre.Decider(ctx, tx, a, l.id, yes, why)
	}) {
		return
	}
	if !yes {
		l.etat, l.refus = "rejetee", why
		return
	}
	l.etat = "liberee"
	if l.de.etat == "admis_definitif" {
		l.de.partir(l.depart, x.jour)
	}
}
