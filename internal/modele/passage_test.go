package modele

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/habilitation"
	loi "base-eleves/internal/domain/passage"
	"base-eleves/internal/territoire"
)

// choix is what is proposed or decided, completed as N7 says.
type choix struct {
	decision string
	niveau   string
	quittant bool
	avise    bool // the IEN has given his opinion on it
}

type passage struct {
	choix
	passes   []choix // that going back finds again
	etat     string
	avis     bool // the opinion of the IEN stands, on this decision or on the one before
	propose  time.Time
	notifie  time.Time
	repondu  time.Time
	contre   bool
	decide   time.Time
	informe  time.Time // when the family was told of the decision
	recours  time.Time
	confirme time.Time
	par      string // who recorded what the commission decided
	suite    *scolaire
	suivi    bool
}

func (p *passage) ligne(s *scolaire) string {
	return fmt.Sprintf("%s passage %d %s %s %s %s %t %t %t %t %s %s", s.de.prenom, s.annee, s.ecole, p.etat, p.decision, p.niveau, p.quittant, p.suivi,
		p.avis, p.avise, jour(p.informe), p.par)
}

func (p *passage) remplacer(c choix) { p.passes, p.choix = append(p.passes, p.choix), c }

func (p *passage) retrouver() {
	last := len(p.passes) - 1
	p.choix, p.passes = p.passes[last], p.passes[:last]
}

func exceptionnel(decision string) bool {
	return decision == "maintien" || decision == "passage_anticipe"
}

// ailleurs after a decision sends the pupil to another school for it.
const ailleurs = ", ailleurs"

func demande(decision string) loi.Choix {
	d, elsewhere := strings.CutSuffix(decision, ailleurs)
	return loi.Choix{Decision: loi.Decision(d), Quittant: elsewhere}
}

// choix is a decision completed.
func (s *scolaire) choix(decision string) choix {
	decision, elsewhere := strings.CutSuffix(decision, ailleurs)
	c := choix{decision: decision, quittant: true, avise: s.passage != nil && s.passage.avis && s.passage.decision == decision}
	i := slices.Index(niveaux, s.niveau)
	switch decision {
	case "passage":
		i++
	case "passage_anticipe":
		i += 2
	case "passage_6e":
		i = len(niveaux)
	}
	if i < len(niveaux) {
		c.niveau, c.quittant = niveaux[i], elsewhere || !ouvre(s.ecole, niveaux[i])
	}
	return c
}

// choixRefuse is the law of N7.
func (s *scolaire) choixRefuse(decision string) string {
	decision = strings.TrimSuffix(decision, ailleurs)
	return motif(si(s.etat != "admis_definitif", "pas présent"), si((s.niveau == "CM2") != (decision == "passage_6e") && (decision == "passage" || decision == "passage_6e"), "CM2 et sixième"),
		si(decision == "passage_anticipe" && s.niveau == "CM2", "sixième sautée"),
		si(decision == "maintien" && slices.Index(niveaux, s.niveau) < 4, "maternelle"))
}

// avisManque tells whether a choice is a second maintien or passage anticipé, wherever the first was decided, without the
// opinion of the IEN.
func (s *scolaire) avisManque(c choix) bool {
	return exceptionnel(c.decision) && !c.avise && slices.ContainsFunc(s.de.scolarites, func(o *scolaire) bool {
		p := o.passage
		return p != nil && o.annee < s.annee && slices.Index(niveaux, o.niveau) >= 4 && exceptionnel(p.decision) &&
			(p.etat == "decide" || p.etat == "confirme")
	})
}

func (x *essai) choisir(t *rapid.T, s *scolaire) string {
	usual := "passage"
	if s.niveau == "CM2" {
		usual = "passage_6e"
	}
	return rapid.SampledFrom([]string{usual, usual, usual, usual + ailleurs, "maintien", "passage_anticipe", "passage_6e"}).Draw(t, "décision")
}

func (x *essai) faire(id uuid.UUID, etape loi.Etape, decision string, le time.Time) acte {
	return func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return loi.Faire(ctx, tx, a, id, 0, loi.Demande{Etape: etape, Choix: demande(decision), Le: le, Motif: "Erreur de saisie"})
	}
}

// T10.
func (x *essai) proposer(t *rapid.T, nom string) {
	s := x.scolaire(t, "admis_definitif")
	qui, decision := agent(t, directeurs, s.ecole), x.choisir(t, s)
	refused := motif(si(directeurs[qui] != s.ecole, "d’une autre école"), s.choixRefuse(decision))
	if p := s.passage; p != nil {
		refused = motif(refused, si(p.suivi || p.etat != "propose", "déjà notifié"))
	}
	if x.jouer(t, nom, qui, refused, x.faire(s.id, loi.EtapeProposer, decision, time.Time{})) {
		c := s.choix(decision)
		s.passage, s.touchee = &passage{choix: c, avis: c.avise, etat: "propose", propose: x.jour}, true
	}
}

// etape is a step of the procedure: from which states, not before which day, and what it leaves. choix: the step decides again.
type etape struct {
	de    []string
	apres func(*passage) time.Time
	choix bool
	fait  func(*passage, choix, time.Time)
}

var etapes = map[loi.Etape]etape{
	loi.EtapeNotifier: {[]string{"propose"}, func(p *passage) time.Time { return p.propose }, false,
		func(p *passage, _ choix, le time.Time) { p.etat, p.notifie = "notifie", le }},
	loi.EtapeAccord: {[]string{"notifie", "accepte", "conteste"}, func(p *passage) time.Time { return p.notifie }, false,
		func(p *passage, _ choix, le time.Time) { p.etat, p.repondu, p.contre = "accepte", le, false }},
	loi.EtapeDesaccord: {[]string{"notifie", "accepte", "conteste"}, func(p *passage) time.Time { return p.notifie }, false,
		func(p *passage, _ choix, le time.Time) { p.etat, p.repondu, p.contre = "conteste", le, true }},
	loi.EtapeDecider: {[]string{"notifie", "accepte", "conteste"}, func(p *passage) time.Time { return p.notifie }, true,
		func(p *passage, c choix, le time.Time) { p.remplacer(c); p.etat, p.decide = "decide", le }},
	loi.EtapeInformer: {[]string{"decide"}, func(p *passage) time.Time { return p.decide }, false,
		func(p *passage, _ choix, le time.Time) { p.informe = le }},
	loi.EtapeRecours: {[]string{"decide"}, func(p *passage) time.Time { return p.decide }, false,
		func(p *passage, _ choix, le time.Time) { p.etat, p.recours = "en_recours", le }},
	loi.EtapeConfirmer: {[]string{"en_recours"}, func(p *passage) time.Time { return p.recours }, true,
		func(p *passage, c choix, le time.Time) {
			p.remplacer(c)
			p.etat, p.confirme, p.par = "confirme", le, "ecole"
		}},
	loi.EtapeCorriger: {[]string{"decide", "confirme"}, nil, true, func(p *passage, c choix, _ time.Time) { p.choix = c }},
}

// ordre lists the steps, the useful ones more often.
var ordre = []loi.Etape{
	loi.EtapeNotifier, loi.EtapeAccord, loi.EtapeDecider, loi.EtapeDecider, loi.EtapeDesaccord, loi.EtapeRecours, loi.EtapeConfirmer,
	loi.EtapeCorriger, loi.EtapeInformer,
}

// enCours is mostly a pupil on whom something is proposed.
func (x *essai) enCours(t *rapid.T) *scolaire {
	return plutot(t, "passage", x.scolarites(), func(s *scolaire) bool { return s.passage != nil })
}

// suivante is mostly a step that the procedure allows.
func suivante(t *rapid.T, p *passage) loi.Etape {
	return plutot(t, "étape", ordre, func(e loi.Etape) bool { return p != nil && slices.Contains(etapes[e].de, p.etat) })
}

// T11, T12.
func (x *essai) suivrePassage(t *rapid.T, nom string) {
	s := x.enCours(t)
	step := suivante(t, s.passage)
	qui, decision, le := agent(t, directeurs, s.ecole), x.choisir(t, s), x.date(t, "le")
	refused := motif(si(directeurs[qui] != s.ecole, "d’une autre école"), si(s.passage == nil, "rien de proposé"))
	if refused == "" {
		refused = x.etapeRefusee(s, step, decision, le)
	}
	if x.jouer(t, nom, qui, refused, x.faire(s.id, step, decision, le)) {
		before := s.passage.choix
		etapes[step].fait(s.passage, s.choix(decision), le)
		s.reporter(before)
		s.touchee = true
	}
}

func (x *essai) etapeRefusee(s *scolaire, step loi.Etape, decision string, le time.Time) string {
	e, p, c := etapes[step], s.passage, s.choix(decision)
	if !slices.Contains(e.de, p.etat) {
		return "pas à cette étape"
	}
	if e.choix && s.choixRefuse(decision) != "" {
		return s.choixRefuse(decision)
	}
	if e.apres != nil && (le.After(x.jour) || le.Before(e.apres(p))) {
		return "le jour"
	}
	told := p.decide
	if !p.informe.IsZero() {
		told = p.informe
	}
	return motif(
		si(step == loi.EtapeNotifier && s.avisManque(p.choix), "sans l’avis de l’IEN"),
		si((step == loi.EtapeDecider || step == loi.EtapeCorriger) && s.avisManque(c), "sans l’avis de l’IEN"),
		si(step == loi.EtapeDecider && p.etat == "notifie" && !x.jour.After(p.notifie.AddDate(0, 0, 15)), "le délai court"),
		si(step == loi.EtapeInformer && !p.informe.IsZero(), "déjà informée"),
		si(step == loi.EtapeRecours && le.After(told.AddDate(0, 0, 15)), "le délai est passé"),
		si(step == loi.EtapeCorriger && p.par == "ia", "l’IA seule"),
		si(e.choix && s.figee(c), "déjà admis l’an prochain"))
}

func (x *essai) revenir(t *rapid.T, nom string) {
	s := x.enCours(t)
	qui, p := agent(t, directeurs, s.ecole), s.passage
	refused := motif(si(directeurs[qui] != s.ecole, "d’une autre école"), si(p == nil, "rien de proposé"),
		si(p != nil && p.suivi, "déjà suivi"), si(p != nil && p.par == "ia", "l’IA seule"))
	if x.jouer(t, nom, qui, refused, x.faire(s.id, loi.EtapeRevenir, "", time.Time{})) {
		s.reculer()
	}
}

// reculer undoes the last step.
func (s *scolaire) reculer() {
	p := s.passage
	switch p.etat {
	case "propose":
		s.passage = nil
	case "notifie":
		p.etat, p.notifie = "propose", time.Time{}
	case "accepte", "conteste":
		p.etat, p.repondu, p.contre = "notifie", time.Time{}, false
	case "decide":
		p.reculerDecision()
	case "en_recours":
		p.etat, p.recours = "decide", time.Time{}
	case "confirme":
		p.retrouver()
		p.etat, p.confirme, p.par = "en_recours", time.Time{}, ""
	}
}

func (p *passage) reculerDecision() {
	if !p.informe.IsZero() {
		p.informe = time.Time{}
		return
	}
	p.retrouver()
	p.etat, p.decide = map[bool]string{true: "conteste", false: "accepte"}[p.contre], time.Time{}
	if p.repondu.IsZero() {
		p.etat = "notifie"
	}
}
