package modele

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	loi "base-eleves/internal/domain/passage"
	annuelle "base-eleves/internal/domain/rentree"
	"base-eleves/internal/territoire"
)

// choix is what is proposed or decided, completed as N7 says.
func (s *scolaire) choix(decision string) (niveau string, quittant bool) {
	i := slices.Index(niveaux, s.niveau)
	switch decision {
	case "passage":
		i++
	case "passage_anticipe":
		i += 2
	case "passage_6e":
		i = len(niveaux)
	}
	if i >= len(niveaux) {
		return "", true
	}
	return niveaux[i], !ouvre(s.ecole, niveaux[i])
}

// choixRefuse is the law of N7.
func (s *scolaire) choixRefuse(decision string) string {
	already := slices.ContainsFunc(s.de.scolarites, func(o *scolaire) bool {
		p := o.passage
		return p != nil && o.ecole == s.ecole && o.annee < s.annee && slices.Index(niveaux, o.niveau) >= 4 && (p.decision == "maintien" || p.decision == "passage_anticipe") &&
			(p.etat == "decide" || p.etat == "confirme")
	})
	extraordinary := decision == "maintien" || decision == "passage_anticipe"
	return motif(si(s.etat != "admis_definitif", "pas présent"), si((s.niveau == "CM2") != (decision == "passage_6e") && (decision == "passage" || decision == "passage_6e"), "CM2 et sixième"),
		si(decision == "passage_anticipe" && s.niveau == "CM2", "sixième sautée"),
		si(decision == "maintien" && slices.Index(niveaux, s.niveau) < 4, "maternelle"), si(extraordinary && already, "une fois déjà"))
}

func (x *essai) choisir(t *rapid.T, s *scolaire) string {
	usual := "passage"
	if s.niveau == "CM2" {
		usual = "passage_6e"
	}
	return rapid.SampledFrom([]string{usual, usual, usual, "maintien", "passage_anticipe", "passage_6e"}).Draw(t, "décision")
}

func (s *scolaire) set(decision string) {
	s.passage.decision = decision
	s.passage.niveau, s.passage.quittant = s.choix(decision)
}

func (x *essai) faire(id uuid.UUID, etape loi.Etape, decision string, le time.Time) acte {
	return func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		return loi.Faire(ctx, tx, a, id, 0, loi.Demande{Etape: etape, Choix: loi.Choix{Decision: loi.Decision(decision)}, Le: le, Motif: "Erreur de saisie"})
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
		s.passage, s.touchee = &passage{etat: "propose", propose: x.jour}, true
		s.set(decision)
	}
}

// etape is a step of the procedure: from which states, not before which day, and what it leaves.
type etape struct {
	de    []string
	apres func(*passage) time.Time
	choix bool // the step decides again
	fait  func(*passage, time.Time)
}

var etapes = map[loi.Etape]etape{
	loi.EtapeNotifier: {[]string{"propose"}, func(p *passage) time.Time { return p.propose }, false,
		func(p *passage, le time.Time) { p.etat, p.notifie = "notifie", le }},
	loi.EtapeAccord: {[]string{"notifie", "accepte", "conteste"}, func(p *passage) time.Time { return p.notifie }, false,
		func(p *passage, le time.Time) { p.etat, p.repondu, p.contre = "accepte", le, false }},
	loi.EtapeDesaccord: {[]string{"notifie", "accepte", "conteste"}, func(p *passage) time.Time { return p.notifie }, false,
		func(p *passage, le time.Time) { p.etat, p.repondu, p.contre = "conteste", le, true }},
	loi.EtapeDecider: {[]string{"notifie", "accepte", "conteste"}, func(p *passage) time.Time { return p.notifie }, true,
		func(p *passage, le time.Time) { p.etat, p.decide = "decide", le }},
	loi.EtapeRecours: {[]string{"decide"}, func(p *passage) time.Time { return p.decide }, false,
		func(p *passage, le time.Time) { p.etat, p.recours = "en_recours", le }},
	loi.EtapeConfirmer: {[]string{"en_recours"}, func(p *passage) time.Time { return p.recours }, true,
		func(p *passage, le time.Time) { p.etat, p.confirme = "confirme", le }},
	loi.EtapeCorriger: {[]string{"decide", "confirme"}, nil, true, func(*passage, time.Time) {}},
}

// ordre lists the steps, the useful ones more often.
var ordre = []loi.Etape{
	loi.EtapeNotifier, loi.EtapeAccord, loi.EtapeDecider, loi.EtapeDecider, loi.EtapeDesaccord, loi.EtapeRecours, loi.EtapeConfirmer, loi.EtapeCorriger,
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
		etapes[step].fait(s.passage, le)
		if etapes[step].choix {
			s.set(decision)
		}
		s.touchee = true
	}
}

func (x *essai) etapeRefusee(s *scolaire, step loi.Etape, decision string, le time.Time) string {
	e, p := etapes[step], s.passage
	if !slices.Contains(e.de, p.etat) {
		return "pas à cette étape"
	}
	if e.choix && s.choixRefuse(decision) != "" {
		return s.choixRefuse(decision)
	}
	if e.apres != nil && (le.After(x.jour) || le.Before(e.apres(p))) {
		return "le jour"
	}
	return motif(
		si(step == loi.EtapeDecider && p.etat == "notifie" && !x.jour.After(p.notifie.AddDate(0, 0, 15)), "le délai court"),
		si(step == loi.EtapeRecours && le.After(p.decide.AddDate(0, 0, 15)), "le délai est passé"))
}

func (x *essai) revenir(t *rapid.T, nom string) {
	s := x.enCours(t)
	qui, p := agent(t, directeurs, s.ecole), s.passage
	refused := motif(si(directeurs[qui] != s.ecole, "d’une autre école"), si(p == nil, "rien de proposé"), si(p != nil && p.suivi, "déjà suivi"))
	if x.jouer(t, nom, qui, refused, x.faire(s.id, loi.EtapeRevenir, "", time.Time{})) {
		s.reculer()
	}
}

// reculer undoes the last step.
func (s *scolaire) reculer() {
	p := s.passage
	answer := map[bool]string{true: "conteste", false: "accepte"}[p.contre]
	if p.repondu.IsZero() {
		answer = "notifie"
	}
	switch p.etat {
	case "propose":
		s.passage = nil
	case "notifie":
		p.etat, p.notifie = "propose", time.Time{}
	case "accepte", "conteste":
		p.etat, p.repondu, p.contre = "notifie", time.Time{}, false
	case "decide":
		p.etat, p.decide = answer, time.Time{}
	case "en_recours":
		p.etat, p.recours = "decide", time.Time{}
	case "confirme":
		p.etat, p.confirme = "en_recours", time.Time{}
	}
}

// reste tells whether the pupil stays in his school next year, and nothing has come of it yet (T17).
func (s *scolaire) reste() bool {
	p := s.passage
	return s.etat == "admis_definitif" && s.radiation.IsZero() && p != nil && (p.etat == "decide" || p.etat == "confirme") && !p.quittant && !s.de.double(nil, s.ecole, s.annee+1)
}

func (x *essai) preparer(t *rapid.T, nom string) {
	qui := un(t, "directeur", noms(directeurs))
	uai, a := directeurs[qui], rapid.SampledFrom([]int{2026, 2026, 2026, 2025}).Draw(t, "année")
	stay := slices.DeleteFunc(x.scolarites(), func(s *scolaire) bool { return s.ecole != uai || s.annee != a || !s.reste() })
	p := &preparation{ecole: uai, faite: x.jour}
	if !x.jouer(t, nom, qui, si(len(stay) == 0, "personne ne reste"), func(ctx context.Context, tx territoire.Tx, ag habilitation.Agent) (err error) {
		p.id, _, err = annuelle.Preparer(ctx, tx, ag, ecole.Annee(a))
		return err
	}) {
		return
	}
	x.preparations = append(x.preparations, p)
	for _, s := range stay {
		next := &scolaire{de: s.de, annee: a + 1, ecole: uai, etat: "admis_accepte", niveau: s.passage.niveau, effet: rentree(a + 1)}
		next.id = x.id(t, `select suite_id from rentree_ligne where rentree_id = $1 and scolarite_id = $2`, p.id, s.id)
		s.de.scolarites = append(s.de.scolarites, next)
		s.passage.suite, s.passage.suivi = next, true
		p.lignes = append(p.lignes, ligne{s, next})
	}
}

func (x *essai) annulerPreparation(t *rapid.T, nom string) {
	p := un(t, "préparation", x.preparations)
	qui := agent(t, directeurs, p.ecole)
	refused := motif(si(directeurs[qui] != p.ecole, "d’une autre école"), si(p.annulee, "déjà annulée"), si(!x.jour.Before(p.faite.AddDate(0, 0, 30)), "trop tard"))
	if !x.jouer(t, nom, qui, refused, func(ctx context.Context, tx territoire.Tx, a habilitation.Agent) error {
		_, err := annuelle.Annuler(ctx, tx, a, p.id, 0)
		return err
	}) {
		return
	}
	p.annulee = true
	for _, l := range p.lignes {
		if l.suite.touchee {
			continue
		}
		e := l.de.de
		e.scolarites = slices.DeleteFunc(e.scolarites, func(o *scolaire) bool { return o == l.suite })
		l.de.passage.suite, l.de.passage.suivi = nil, false
	}
}
