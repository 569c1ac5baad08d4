// Package passage is the law of the end of the school year: what the conseil des maîtres proposes for each pupil, what
// the family answers, what is decided (domain.md §5.6, nomenclature N7; code de l’éducation, art. D. 321-6 and D. 321-22).
// The rules are pure methods of Passage; the functions of acte.go lock, decide, save and record.
package passage

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/refusal"
)

// Decision is what becomes of a pupil.
type Decision string

// Nomenclature N7.
const (
	Suivant  Decision = "passage"
	Maintien Decision = "maintien"
	Anticipe Decision = "passage_anticipe"
	Sixieme  Decision = "passage_6e"
	ULIS     Decision = "ulis"
	SEGPA    Decision = "segpa"
	Autre    Decision = "autre"
)

// Decisions lists them, the usual ones first.
var Decisions = []Decision{Suivant, Sixieme, Maintien, Anticipe, ULIS, SEGPA, Autre}

// Label is the decision as its users name it.
func (d Decision) Label() string {
	return map[Decision]string{
		Suivant: "Passage", Maintien: "Maintien", Anticipe: "Passage anticipé", Sixieme: "Passage en sixième",
		ULIS: "ULIS", SEGPA: "SEGPA ou EREA", Autre: "Autre",
	}[d]
}

// Connue tells whether d is one of them.
func (d Decision) Connue() bool { return d.Label() != "" }

// Etat is where the procedure stands.
type Etat string

// The states, in the order in which they follow each other.
const (
	Propose   Etat = "propose"
	Notifie   Etat = "notifie"
	Accepte   Etat = "accepte"
	Conteste  Etat = "conteste"
	Decide    Etat = "decide"
	EnRecours Etat = "en_recours"
	Confirme  Etat = "confirme"
)

// Etats lists them.
var Etats = []Etat{Propose, Notifie, Accepte, Conteste, Decide, EnRecours, Confirme}

// Label is the state as its users name it.
func (e Etat) Label() string {
	return map[Etat]string{
		Propose: "Proposé", Notifie: "Notifié", Accepte: "Accepté", Conteste: "Contesté", Decide: "Décidé",
		EnRecours: "En recours", Confirme: "Confirmé",
	}[e]
}

// Delai is how long the family has to answer a proposal, and to appeal from a decision, in days (art. D. 321-6).
const Delai = 15

// Situation is what the rules need to know of a pupil.
type Situation struct {
	Present bool
	Niveau  ecole.Niveau
	Type    ecole.Type
	Deja    int  // maintiens and passages anticipés since the CP
	Classe  bool // he is placed in one
	INE     bool // he has one
}

// Choix is what is proposed or decided.
type Choix struct {
	Decision Decision     `json:"decision"`
	Niveau   ecole.Niveau `json:"niveau"` // of the next year; "" for who leaves the primary school
	Quittant bool         `json:"quittant"`
	AvisIEN  bool         `json:"avis_ien"` // the inspector has given his opinion, on a second maintien or passage anticipé
}

// Libelle says it in a few words: « Passage en CE2 ».
func (c Choix) Libelle() string {
	if c.Niveau == "" || c.Decision == Sixieme {
		return c.Decision.Label()
	}
	return c.Decision.Label() + " en " + string(c.Niveau)
}

// Usuel is what is proposed for nearly all: the next level, elsewhere when the school does not go so far.
func (s Situation) Usuel() Choix {
	return s.completer(Choix{Decision: s.suite()})
}

// Possibles are the choices that are offered for the pupil at once, the usual one first: ULIS at the level that follows.
func (s Situation) Possibles() []Choix {
	var list []Choix
	suivant := s.Usuel().Niveau
	for _, d := range []Decision{s.suite(), Maintien, Anticipe, ULIS} {
		if c, err := s.Choisir(Choix{Decision: d, Niveau: suivant}); err == nil {
			list = append(list, c)
		}
	}
	return list
}

func (s Situation) suite() Decision {
	if s.Niveau == ecole.CM2 {
		return Sixieme
	}
	return Suivant
}

// completer derives the level that a decision leads to, and who must leave for it.
func (s Situation) completer(c Choix) Choix {
	switch c.Decision {
	case Suivant:
		c.Niveau, _ = s.Niveau.Suivant()
	case Maintien:
		c.Niveau = s.Niveau
	case Anticipe:
		next, _ := s.Niveau.Suivant()
		c.Niveau, _ = next.Suivant()
	case Sixieme, SEGPA:
		c.Niveau = ""
	}
	c.Quittant = c.Quittant || c.Niveau == "" || !s.Type.Ouvre(c.Niveau)
	return c
}

// Choisir is the choice whole, or what the rules have against it.
func (s Situation) Choisir(c Choix) (Choix, error) {
	if !s.Present {
		return c, refusal.InConflict("Seul un élève présent dans l’école reçoit une décision de passage.")
	}
	if !c.Decision.Connue() {
		return c, refusal.Of("decision", "Choisissez ce qui est proposé pour l’élève.")
	}
	if motif := s.contre(c); motif != "" {
		return c, refusal.Of("decision", motif)
	}
	if c.Decision == ULIS && !c.Niveau.Connu() {
		return c, refusal.Of("niveau_suivant", "Choisissez le niveau de l’an prochain.")
	}
	return s.completer(c), nil
}

// contre is why the law or the levels exclude the decision.
func (s Situation) contre(c Choix) string {
	switch {
	case c.Decision == Suivant && s.Niveau == ecole.CM2:
		return "Après le CM2, l’élève passe en sixième."
	case c.Decision == Sixieme && s.Niveau != ecole.CM2:
		return "Seul un élève de CM2 passe en sixième\u00a0; au CM1, choisissez le passage anticipé."
	case c.Decision == SEGPA && s.Niveau != ecole.CM2:
		return "L’orientation en SEGPA ou en EREA se prononce à la fin du CM2."
	case c.Decision == Anticipe && s.Niveau == ecole.CM2:
		return "Un élève de CM2 ne peut pas sauter la sixième ici."
	case c.Decision == Maintien && s.Niveau.Cycle() == ecole.CycleI:
		return "Aucun maintien en maternelle (code de l’éducation, art. D. 321-6), sauf décision de la CDAPH\u00a0: choisissez alors «\u00a0ULIS\u00a0» ou «\u00a0Autre\u00a0»."
	}
	return ""
}

// avisManquant is why the family cannot be told of a choice yet. The proposal itself waits for nobody: it is what the
// inspector gives his opinion on.
func (s Situation) avisManquant(c Choix) string {
	if s.Deja > 0 && (c.Decision == Maintien || c.Decision == Anticipe) && !c.AvisIEN {
		return "Un seul maintien ou passage anticipé dans la scolarité primaire (code de l’éducation, art. D. 321-6)\u00a0: un second demande l’avis de l’inspecteur."
	}
	return ""
}

// Avertissements are what to see to, which forbids nothing.
func (s Situation) Avertissements(c Choix) []string {
	var list []string
	if motif := s.avisManquant(c); motif != "" {
		list = append(list, motif)
	}
	if c.Decision == Maintien {
		list = append(list, "Un maintien est exceptionnel\u00a0: il suit un dialogue avec la famille et s’accompagne d’un dispositif d’aide.")
	}
	if !s.INE {
		list = append(list, "L’élève n’a pas encore d’INE.")
	}
	if !s.Classe {
		list = append(list, "L’élève n’a pas de classe cette année.")
	}
	return list
}

// Passage is what becomes of one pupil, and where the procedure stands.
type Passage struct {
	ScolariteID     uuid.UUID
	Version         int // 0 before anything is proposed
	EleveID         uuid.UUID
	Ecole           string
	Annee           int
	Etat            Etat
	Decision        Decision
	NiveauSuivant   ecole.Niveau
	Quittant        bool
	AvisIEN         bool
	ProposeLe       *time.Time
	NotifieLe       *time.Time
	ReponduLe       *time.Time
	Desaccord       bool // the family refused the proposal
	DecideLe        *time.Time
	RecoursLe       *time.Time
	ConfirmeLe      *time.Time
	MotifCorrection string
	Suivi           bool   // the next year has come of it
	SuiteEtat       string // of the scolarité of that year

	Avis               Avis // of the inspector, on a maintien or a passage anticipé
	AvisLe             *time.Time
	DecisionNotifieeLe *time.Time
	ConfirmePar        string  // who recorded the commission's decision: "ecole" or "ia"
	ChoixPasses        []Choix // what was proposed, then decided, before a decision replaced it
}

// Choix is what is proposed or decided at present.
func (p Passage) Choix() Choix {
	return Choix{Decision: p.Decision, Niveau: p.NiveauSuivant, Quittant: p.Quittant, AvisIEN: p.AvisIEN}
}

func (p *Passage) set(c Choix) {
	p.Decision, p.NiveauSuivant, p.Quittant, p.AvisIEN = c.Decision, c.Niveau, c.Quittant, c.AvisIEN
}

// remplacer sets a choice that going back takes away.
func (p *Passage) remplacer(c Choix) {
	p.ChoixPasses = append(slices.Clone(p.ChoixPasses), p.Choix())
	p.set(c)
}

// retrouver sets the choice that the last one replaced.
func (p *Passage) retrouver() {
	if n := len(p.ChoixPasses); n > 0 {
		p.set(p.ChoixPasses[n-1])
		p.ChoixPasses = slices.Clone(p.ChoixPasses[:n-1])
	}
}

// Echeance is the last day of the family's delay, of the proposal or of the decision; zero when none runs. A decision
// whose notification is not noted is deemed notified the day it was taken.
func (p Passage) Echeance() time.Time {
	switch {
	case p.Etat == Notifie && p.NotifieLe != nil:
		return p.NotifieLe.AddDate(0, 0, Delai)
	case p.Etat == Decide && p.DecisionNotifieeLe != nil:
		return p.DecisionNotifieeLe.AddDate(0, 0, Delai)
	case p.Etat == Decide && p.DecideLe != nil:
		return p.DecideLe.AddDate(0, 0, Delai)
	}
	return time.Time{}
}

// Tacite tells that the delay of the proposal is over: silence is agreement.
func (p Passage) Tacite(today time.Time) bool {
	return p.Etat == Notifie && today.After(p.Echeance())
}
