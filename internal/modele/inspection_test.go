package modele

import (
	"context"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/habilitation"
	loi "base-eleves/internal/domain/passage"
	"base-eleves/internal/fixture"
	"base-eleves/internal/territoire"
)

// What the inspections do of a passage, and what becomes of the next year when a decision changes.

var (
	circonscriptions = map[string]string{
		fixture.Ecole: "0651044G", fixture.Meme: "0651044G", fixture.Voisine: "0651046J", fixture.Lointaine: "0320001A",
	}
	departements = map[string]string{fixture.Ecole: "65", fixture.Meme: "65", fixture.Voisine: "65", fixture.Lointaine: "32"}
	inspecteurs  = map[string]string{"ien": "0651044G", "ien voisin": "0651046J"}
	academies    = map[string]string{"ia": "65", "ia voisine": "32"}
)

// figee tells whether the next year has come too far for the decision to become another.
func (s *scolaire) figee(c choix) bool {
	p := s.passage
	return p.suivi && (c.niveau != p.niveau || c.quittant != p.quittant) &&
		(p.suite.etat == "admis_definitif" || p.suite.ecole != s.ecole && p.suite.ouverte())
}

// reporter carries a decision that has changed to the year prepared: its niveau, the class that does not open it, the whole
// of it for who leaves.
func (s *scolaire) reporter(before choix) {
	p := s.passage
	if !p.suivi || p.niveau == before.niveau && p.quittant == before.quittant {
		return
	}
	o := p.suite
	if o.ecole != s.ecole { // which has given him up
		p.suite, p.suivi = nil, false
		return
	}
	live := o.etat == "admis_accepte" || o.etat == "annulee" && o.depart
	switch {
	case live && p.quittant:
		o.etat, o.depart, o.classe, o.place, o.touchee = "annulee", false, uuid.Nil, uuid.Nil, true
	case live && o.niveau != p.niveau:
		o.niveau, o.touchee = p.niveau, true
		o.classe, o.place = o.encore(o.classe), o.encore(o.place)
	}
	if p.quittant {
		p.suite, p.suivi = nil, false
	}
}

// encore is a class if it still takes the pupil.
func (s *scolaire) encore(id uuid.UUID) uuid.UUID {
	if classes[id].accueille(s) {
		return id
	}
	return uuid.Nil
}

func (x *essai) aviser(t *rapid.T, nom string) {
	s := plutot(t, "exceptionnel", x.scolarites(), func(s *scolaire) bool {
		return s.passage != nil && exceptionnel(s.passage.decision) && s.passage.decide.IsZero()
	})
	qui, avis := agent(t, inspecteurs, circonscriptions[s.ecole]), rapid.SampledFrom([]loi.Avis{loi.Favorable, loi.Defavorable, loi.SansAvis, "x"}).Draw(t, "avis")
	refused := motif(si(inspecteurs[qui] != circonscriptions[s.ecole], "d’une autre circonscription"), si(s.passage == nil, "rien de proposé"),
		si(avis == "x", "avis inconnu"))
	if refused == "" {
		refused = motif(si(!exceptionnel(s.passage.decision), "rien d’exceptionnel"), si(!s.passage.decide.IsZero(), "déjà décidé"))
	}
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return loi.Aviser(ctx, tx, a, s.id, 0, avis)
	}) {
		s.passage.avis, s.passage.avise = avis != loi.SansAvis, avis != loi.SansAvis
	}
}

// trancher is what the commission decides, recorded by the IA (art. D. 321-8).
func (x *essai) trancher(t *rapid.T, nom string) {
	s := plutot(t, "recours", x.scolarites(), func(s *scolaire) bool { return s.passage != nil && s.passage.etat == "en_recours" })
	qui, decision, le := agent(t, academies, departements[s.ecole]), x.choisir(t, s), x.date(t, "le")
	refused := motif(si(academies[qui] != departements[s.ecole], "d’un autre département"), si(s.passage == nil, "rien de proposé"), s.choixRefuse(decision))
	if refused == "" {
		p := s.passage
		refused = motif(si(p.etat != "en_recours", "aucun recours"), si(le.After(x.jour) || le.Before(p.recours), "le jour"),
			si(s.figee(s.choix(decision)), "déjà admis l’an prochain"))
	}
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return loi.Trancher(ctx, tx, a, s.id, 0, demande(decision), le)
	}) {
		before, c := s.passage.choix, s.choix(decision)
		c.avise = false // the commission needs no opinion
		s.passage.remplacer(c)
		s.passage.etat, s.passage.confirme, s.passage.par = "confirme", le, "ia"
		s.reporter(before)
	}
}

func (x *essai) revenirTrancher(t *rapid.T, nom string) {
	s := plutot(t, "confirmé", x.scolarites(), func(s *scolaire) bool { return s.passage != nil && s.passage.etat == "confirme" })
	qui, p := agent(t, academies, departements[s.ecole]), s.passage
	refused := motif(si(academies[qui] != departements[s.ecole], "d’un autre département"), si(p == nil || p.etat != "confirme", "rien de décidé"))
	if refused == "" {
		refused = si(s.figee(p.passes[len(p.passes)-1]), "déjà admis l’an prochain")
	}
	if x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return loi.RevenirTrancher(ctx, tx, a, s.id, 0)
	}) {
		before := p.choix
		p.retrouver()
		p.etat, p.confirme, p.par = "en_recours", time.Time{}, ""
		s.reporter(before)
	}
}
