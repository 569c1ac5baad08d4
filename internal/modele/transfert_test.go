package modele

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/refusal"
	cohorte "base-eleves/internal/domain/transfert"
	"base-eleves/internal/territoire"
)

// transfert is a cohort that one school offers to another.
type transfert struct {
	id      uuid.UUID
	ecole   string
	vers    string
	annee   int // that ends
	repondu time.Time
	offres  []*offre
}

// offre is one pupil of it.
type offre struct {
	de     *scolaire
	niveau string
	etat   string
	suite  *scolaire
	par    *inscrit
	creee  bool // the acceptance made the inscription
	garde  bool // an undo left him
}

// enCours is the demand of a year that waits for an answer.
func (e *enfant) enCours(annee int) *inscrit {
	for _, i := range e.inscriptions {
		if i.annee == annee && (i.etat == "en_attente" || i.etat == "inscrit") {
			return i
		}
	}
	return nil
}

// destine is why a pupil cannot go to a school next year; "" when he can.
func (s *scolaire) destine(vers string) string {
	if slices.ContainsFunc(s.de.scolarites, func(o *scolaire) bool { return o.annee == s.annee+1 && o.ouverte() }) {
		return "déjà attendu"
	}
	i := s.de.enCours(s.annee + 1)
	return si(i != nil && i.ecole != "" && i.ecole != vers, "inscrit ailleurs")
}

// quitte tells whether it is decided that the pupil goes on in another school.
func (s *scolaire) quitte() bool {
	p := s.passage
	return p != nil && (p.etat == "decide" || p.etat == "confirme") && p.quittant && p.niveau != "" && (s.etat == "admis_definitif" || s.etat == "radie")
}

// offert tells whether some school has not answered for him.
func (x *essai) offert(s *scolaire, sauf *transfert, etats ...string) bool {
	return slices.ContainsFunc(x.transferts, func(t *transfert) bool {
		return t != sauf && slices.ContainsFunc(t.offres, func(o *offre) bool { return o.de == s && slices.Contains(etats, o.etat) })
	})
}

// anneeRefusee is why no school receives pupils in a year.
func (x *essai) anneeRefusee(annee int) string {
	return si(annee > derniereAnnee || fin(annee).Before(x.jour), "année fermée")
}

// commun makes of the refusals of several pupils one that jouer understands.
func commun(err error) error {
	if errors.As(err, &lot.Refuses{}) {
		return refusal.InConflict(err.Error())
	}
	return err
}

func (x *essai) proposerTransfert(t *rapid.T, nom string) {
	s := plutot(t, "quittant", x.scolarites(), func(s *scolaire) bool { return s.quitte() && s.destine("") == "" })
	qui, vers := agent(t, directeurs, s.ecole), directeurs[un(t, "vers", noms(directeurs))]
	all := x.scolarites()
	list := slices.DeleteFunc(all, func(o *scolaire) bool {
		return o != s && (o.ecole != s.ecole || o.annee != s.annee || !o.quitte() || rare(t, "sans lui"))
	})
	c := &transfert{ecole: directeurs[qui], vers: vers, annee: s.annee}
	refused := motif(si(vers == c.ecole, "la même école"), x.anneeRefusee(s.annee+1))
	ids := make([]uuid.UUID, len(list))
	for n, o := range list {
		ids[n] = o.id
		refused = motif(refused, si(o.ecole != c.ecole || !o.quitte(), "ne quitte pas cette école"))
		if refused == "" {
			refused = motif(si(x.offert(o, nil, "propose"), "déjà proposé"), o.destine(vers), si(!ouvre(vers, o.passage.niveau), "niveau que l’école n’a pas"))
			c.offres = append(c.offres, &offre{de: o, niveau: o.passage.niveau, etat: "propose"})
		}
	}
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		made, err := cohorte.Proposer(ctx, tx, a, ecole.Annee(c.annee), map[string][]uuid.UUID{vers: ids})
		if err == nil {
			c.id = made[0]
		}
		return commun(err)
	}) {
		x.transferts = append(x.transferts, c)
	}
}

// repondants are mostly those of a transfer who wait for an answer.
func repondants(t *rapid.T, c *transfert) (list []*offre, ids []uuid.UUID) {
	for _, o := range c.offres {
		if o.etat == "propose" || rare(t, "déjà répondu") {
			list, ids = append(list, o), append(ids, o.de.id)
		}
	}
	if len(list) == 0 {
		t.SkipNow()
	}
	return list, ids
}

func (x *essai) accepterTransfert(t *rapid.T, nom string) {
	c := un(t, "transfert", x.transferts)
	list, ids := repondants(t, c)
	qui := agent(t, directeurs, c.vers)
	refused := motif(si(directeurs[qui] != c.vers, "d’une autre école"), x.anneeRefusee(c.annee+1))
	for _, o := range list {
		i := o.de.de.enCours(c.annee + 1)
		refused = motif(refused, si(o.etat != "propose", "déjà répondu"), o.de.destine(c.vers), si(i != nil && i.etat == "en_attente", "sur la liste d’attente"))
	}
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return commun(cohorte.Accepter(ctx, tx, a, c.id, 0, ids))
	}) {
		c.repondu = x.jour
		for _, o := range list {
			x.attendre(t, c, o)
		}
	}
}

// attendre opens the next year of a pupil in the school that receives him; his file stays where it is.
func (x *essai) attendre(t rapid.TB, c *transfert, o *offre) {
	e := o.de.de
	o.par, o.creee, o.etat, o.garde = e.enCours(c.annee+1), false, "accepte", false
	if o.par == nil {
		o.creee = true
		o.par = &inscrit{de: e, annee: c.annee + 1, commune: communes[c.vers], ecole: c.vers, le: x.jour}
		o.par.id = x.id(t, `select inscription_id from transfert_eleve where transfert_id = $1 and scolarite_id = $2`, c.id, o.de.id)
		e.inscriptions = append(e.inscriptions, o.par)
	}
	o.par.etat = "transformee"
	o.suite = &scolaire{de: e, par: o.par, annee: c.annee + 1, ecole: c.vers, etat: "admis_accepte", niveau: o.niveau, effet: rentree(c.annee + 1)}
	if !x.jour.Before(o.suite.effet) {
		o.suite.effet = x.jour
	}
	o.suite.id = x.id(t, `select suite_id from transfert_eleve where transfert_id = $1 and scolarite_id = $2`, c.id, o.de.id)
	e.scolarites = append(e.scolarites, o.suite)
	if p := o.de.passage; p != nil && p.suite == nil {
		p.suite, p.suivi = o.suite, true
	}
}

// cloreTransfert is the school that receives which declines, or the one they leave which withdraws.
func (x *essai) cloreTransfert(t *rapid.T, nom string) {
	c := un(t, "transfert", x.transferts)
	list, ids := repondants(t, c)
	whose, etat, act := c.vers, "decline", cohorte.Decliner
	if rapid.Bool().Draw(t, "retirer") {
		whose, etat, act = c.ecole, "retire", cohorte.Retirer
	}
	qui := agent(t, directeurs, whose)
	refused := si(directeurs[qui] != whose, "d’une autre école")
	for _, o := range list {
		refused = motif(refused, si(o.etat != "propose", "déjà répondu"))
	}
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return commun(act(ctx, tx, a, c.id, 0, ids))
	}) {
		c.repondu = x.jour
		for _, o := range list {
			o.etat = etat
		}
	}
}

func (x *essai) annulerTransfert(t *rapid.T, nom string) {
	c := un(t, "transfert", x.transferts)
	qui := agent(t, directeurs, rapid.SampledFrom([]string{c.ecole, c.vers}).Draw(t, "de"))
	refused := motif(si(directeurs[qui] != c.ecole && directeurs[qui] != c.vers, "d’une autre école"),
		si(c.repondu.IsZero() || !x.jour.Before(c.repondu.AddDate(0, 0, 30)), "trop tard"))
	if !x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := cohorte.Annuler(ctx, tx, a, c.id, 0)
		return err
	}) {
		return
	}
	again := map[bool]string{true: "propose", false: "retire"}[directeurs[qui] == c.vers]
	c.repondu = time.Time{}
	for _, o := range c.offres {
		switch {
		case o.etat == "accepte" && o.suite.touchee:
			o.garde = true
		case o.etat == "accepte" && !o.garde:
			o.reprendre()
			o.etat = again
		case o.etat == "decline" && again == "propose" && !o.garde && !x.offert(o.de, c, "propose", "accepte"):
			o.etat = again
		}
	}
}

// reprendre takes back the year that an acceptance has opened.
func (o *offre) reprendre() {
	e := o.de.de
	e.scolarites = slices.DeleteFunc(e.scolarites, func(s *scolaire) bool { return s == o.suite })
	if p := o.de.passage; p != nil && p.suite == o.suite {
		p.suite, p.suivi = nil, false
	}
	if o.creee {
		e.inscriptions = slices.DeleteFunc(e.inscriptions, func(i *inscrit) bool { return i == o.par })
	} else if o.par.etat == "transformee" {
		o.par.etat = "inscrit"
	}
	o.suite, o.par, o.creee = nil, nil, false
}
