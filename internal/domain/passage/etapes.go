package passage

import (
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/refusal"
)

// errSuivi refuses to change silently what the next year has come of.
var errSuivi = refusal.InConflict("Cette décision a déjà servi à préparer la rentrée\u00a0: corrigez-la en disant pourquoi.")

// errIA leaves to the IA what it has recorded.
var errIA = refusal.InConflict("L’inspection académique a enregistré la décision de la commission\u00a0: elle seule la modifie.")

// Proposer records what the conseil des maîtres proposes (T10); a proposal not yet notified may be changed.
func (p *Passage) Proposer(c Choix, today time.Time) error {
	if p.Suivi {
		return errSuivi
	}
	if p.Version != 0 && p.Etat != Propose {
		return refusal.InConflict("La proposition est déjà notifiée à la famille.")
	}
	if c.Decision != p.Decision {
		p.Avis, p.AvisLe = SansAvis, nil // it was given on another proposal
	}
	p.set(c)
	p.Etat, p.ProposeLe = Propose, &today
	return nil
}

// Notifier records that the family has been told (T11): its delay runs from that day.
func (p *Passage) Notifier(le, today time.Time) error {
	switch {
	case p.Version == 0:
		return refusal.InConflict("Rien n’est encore proposé pour cet élève.")
	case p.Etat != Propose:
		return refusal.InConflict("La proposition est déjà notifiée à la famille.")
	}
	if err := jour(le, *p.ProposeLe, today, "La notification précède la proposition."); err != nil {
		return err
	}
	p.Etat, p.NotifieLe = Notifie, &le
	return nil
}

// Repondre records the answer of the family to the proposal.
func (p *Passage) Repondre(accord bool, le, today time.Time) error {
	if p.Etat != Notifie && p.Etat != Accepte && p.Etat != Conteste {
		return refusal.InConflict("La famille répond à une proposition notifiée.")
	}
	if err := jour(le, *p.NotifieLe, today, "La réponse précède la notification."); err != nil {
		return err
	}
	p.ReponduLe, p.Desaccord = &le, !accord
	p.Etat = p.reponse()
	return nil
}

// Decider records the decision of the conseil des maîtres (T12), once the family has answered or its delay is over.
func (p *Passage) Decider(c Choix, le, today time.Time) error {
	switch p.Etat {
	case Accepte, Conteste:
	case Notifie:
		if !p.Tacite(today) {
			return refusal.InConflict("La famille a jusqu’au " + date.Long(p.Echeance()) + " pour répondre à la proposition.")
		}
	case Decide, EnRecours, Confirme:
		return refusal.InConflict("La décision est déjà prise.")
	default:
		return refusal.InConflict("Notifiez d’abord la proposition à la famille.")
	}
	if err := jour(le, *p.NotifieLe, today, "La décision précède la notification."); err != nil {
		return err
	}
	p.remplacer(c)
	p.Etat, p.DecideLe = Decide, &le
	return nil
}

// NotifierDecision records that the family has been told what is decided: its delay to appeal runs from that day.
func (p *Passage) NotifierDecision(le, today time.Time) error {
	switch {
	case p.Etat != Decide:
		return refusal.InConflict("Seule une décision que la famille n’a pas contestée se notifie.")
	case p.DecisionNotifieeLe != nil:
		return refusal.InConflict("La décision est déjà notifiée à la famille.")
	}
	if err := jour(le, *p.DecideLe, today, "La notification précède la décision."); err != nil {
		return err
	}
	p.DecisionNotifieeLe = &le
	return nil
}

// Contester records that the family appeals to the commission départementale, within its delay.
func (p *Passage) Contester(le, today time.Time) error {
	if p.Etat != Decide {
		return refusal.InConflict("La famille fait recours d’une décision.")
	}
	if err := jour(le, *p.DecideLe, today, "Le recours précède la décision."); err != nil {
		return err
	}
	if le.After(p.Echeance()) {
		return refusal.Of("le", "Le délai de recours est passé depuis le "+date.Long(p.Echeance())+".")
	}
	p.Etat, p.RecoursLe = EnRecours, &le
	return nil
}

// Confirmer records what the commission decides (art. D. 321-8): it is final. par says who records it.
func (p *Passage) Confirmer(c Choix, le, today time.Time, par string) error {
	if p.Etat != EnRecours {
		return refusal.InConflict("Aucun recours n’est en cours pour cet élève.")
	}
	if err := jour(le, *p.RecoursLe, today, "La commission se prononce après le recours."); err != nil {
		return err
	}
	p.remplacer(c)
	p.Etat, p.ConfirmeLe, p.ConfirmePar = Confirme, &le, par
	return nil
}

// Revenir undoes the last step; of a proposal nothing is left (effacer).
func (p *Passage) Revenir() (effacer bool, err error) {
	switch {
	case p.Suivi:
		return false, errSuivi
	case p.ConfirmePar == ParLIA:
		return false, errIA
	}
	switch p.Etat {
	case Propose:
		return true, nil
	case Notifie:
		p.Etat, p.NotifieLe = Propose, nil
	case Accepte, Conteste:
		p.Etat, p.ReponduLe, p.Desaccord = Notifie, nil, false
	case Decide:
		p.annulerDecision()
	case EnRecours:
		p.Etat, p.RecoursLe = Decide, nil
	case Confirme:
		p.annulerCommission()
	default:
		return false, refusal.InConflict("Rien n’est encore proposé pour cet élève.")
	}
	return false, nil
}

// annulerDecision takes the notification of a decision back, or the decision when it is not notified.
func (p *Passage) annulerDecision() {
	if p.DecisionNotifieeLe != nil {
		p.DecisionNotifieeLe = nil
		return
	}
	p.retrouver()
	p.Etat, p.DecideLe = p.reponse(), nil
}

func (p *Passage) annulerCommission() {
	p.retrouver()
	p.Etat, p.ConfirmeLe, p.ConfirmePar = EnRecours, nil, ""
}

// reponse is where the answer of the family leaves the proposal.
func (p Passage) reponse() Etat {
	switch {
	case p.ReponduLe == nil:
		return Notifie
	case p.Desaccord:
		return Conteste
	}
	return Accepte
}

// Corriger changes a decision that has been followed, and says why.
func (p *Passage) Corriger(c Choix, motif string) error {
	if p.ConfirmePar == ParLIA {
		return errIA
	}
	if p.Etat != Decide && p.Etat != Confirme {
		return refusal.InConflict("On corrige une décision\u00a0; une proposition se modifie.")
	}
	if motif == "" {
		return refusal.Of("motif_correction", "Dites pourquoi la décision est corrigée.")
	}
	p.set(c)
	p.MotifCorrection = motif
	return nil
}

// jour bounds the day of a step.
func jour(le, depuis, today time.Time, avant string) error {
	switch {
	case le.IsZero():
		return refusal.Of("le", "Indiquez la date.")
	case le.After(today):
		return refusal.Of("le", "Cette date est dans l’avenir.")
	case le.Before(depuis):
		return refusal.Of("le", avant)
	}
	return nil
}
