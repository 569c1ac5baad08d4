package passage

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Etape is one step of the procedure, as a form asks for it.
type Etape string

// The steps.
const (
	EtapeProposer  Etape = "proposer"
	EtapeNotifier  Etape = "notifier"
	EtapeAccord    Etape = "accord"
	EtapeDesaccord Etape = "desaccord"
	EtapeDecider   Etape = "decider"
	EtapeInformer  Etape = "informer" // the family, of the decision
	EtapeRecours   Etape = "recours"
	EtapeConfirmer Etape = "confirmer"
	EtapeRevenir   Etape = "revenir"
	EtapeCorriger  Etape = "corriger"
)

// Demande is a step asked for. Choix is what is proposed or decided; with Usuel, what is proposed for nearly all, or
// what was proposed already.
type Demande struct {
	Etape Etape
	Choix Choix
	Usuel bool
	Le    time.Time
	Motif string
}

// Faire does a step for the scolarité of a pupil. v is the version of the passage that the form was opened on, 0 for
// none.
func Faire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, d Demande) error {
	l, err := lock(ctx, tx, id, v)
	if err != nil {
		return err
	}
	before := l.passage.Choix()
	effacer, err := l.passage.faire(l.situation, d, agent.Aujourdhui())
	if err != nil {
		return err
	}
	if effacer {
		tx.Queue(`delete from passage where scolarite_id = $1`, id)
	} else if err := save(ctx, tx, l.passage); err != nil {
		return err
	}
	if err := l.passage.suivre(ctx, tx, before, agent.Aujourdhui()); err != nil {
		return err
	}
	noter(tx, agent, journal.DeciderPassage, l.passage)
	return nil
}

// faire applies the step to the passage.
func (p *Passage) faire(s Situation, d Demande, today time.Time) (effacer bool, err error) {
	c := d.Choix
	if d.Etape == EtapeProposer || d.Etape == EtapeDecider || d.Etape == EtapeConfirmer || d.Etape == EtapeCorriger {
		if d.Usuel {
			c = p.usuel(s)
		}
		c.AvisIEN = c.AvisIEN || p.AvisLe != nil && c.Decision == p.Decision
		if c, err = s.Choisir(c); err != nil {
			return false, err
		}
	}
	if motif := s.attendAvis(*p, d.Etape, c); motif != "" {
		return false, refusal.Of("decision", motif)
	}
	switch d.Etape {
	case EtapeProposer:
		return false, p.Proposer(c, today)
	case EtapeNotifier:
		return false, p.Notifier(d.Le, today)
	case EtapeInformer:
		return false, p.NotifierDecision(d.Le, today)
	case EtapeAccord, EtapeDesaccord:
		return false, p.Repondre(d.Etape == EtapeAccord, d.Le, today)
	case EtapeDecider:
		return false, p.Decider(c, d.Le, today)
	case EtapeRecours:
		return false, p.Contester(d.Le, today)
	case EtapeConfirmer:
		return false, p.Confirmer(c, d.Le, today, ParLEcole)
	case EtapeCorriger:
		return false, p.Corriger(c, d.Motif)
	default:
		return p.Revenir()
	}
}

// attendAvis is why a step must wait for the inspector: what he must give his opinion on is not told to the family, nor
// decided, without it. The commission needs none.
func (s Situation) attendAvis(p Passage, e Etape, c Choix) string {
	switch e {
	case EtapeNotifier:
		return s.avisManquant(p.Choix())
	case EtapeDecider, EtapeCorriger:
		return s.avisManquant(c)
	}
	return ""
}

// usuel is what was proposed, or what is proposed for nearly all.
func (p Passage) usuel(s Situation) Choix {
	if p.Version != 0 {
		return p.Choix()
	}
	return s.Usuel()
}

// verrou is a passage locked, with what the rules need to know of the pupil.
type verrou struct {
	passage   Passage
	situation Situation
}

// SituationSQL is what the rules need of the scolarité s: the columns of ligneSituation.
const SituationSQL = situationSansINE + `,
	coalesce((select i.ine is not null from immatriculation i where i.eleve_id = s.eleve_id), false) as ine`

// SituationSQLSansINE is the same for who does not read the INE, for whom it is not missing.
const SituationSQLSansINE = situationSansINE + `, true as ine`

const situationSansINE = `s.etat = 'admis_definitif' as present, coalesce(s.niveau, '') as niveau, e.type, s.classe_id is not null as classe,
	exceptions_passees(s.eleve_id, s.annee) as deja`

// LigneSituation is a row of SituationSQL.
type LigneSituation struct {
	Present bool
	Niveau  ecole.Niveau
	Type    ecole.Type
	Classe  bool
	Ine     bool
	Deja    int
}

// Situation is the row as the rules read it.
func (l LigneSituation) Situation() Situation {
	return Situation{Present: l.Present, Niveau: l.Niveau, Type: l.Type, Deja: l.Deja, Classe: l.Classe, INE: l.Ine}
}

const situationSQL = `select s.eleve_id, s.ecole_uai as ecole, s.annee, ` + SituationSQL + `
	from scolarite s join ecole e on e.uai = s.ecole_uai where s.id = $1`

// ColonnesSQL are the columns of Passage, for a scolarité s and its passage p, which may not exist.
const ColonnesSQL = `s.id as scolarite_id, coalesce(p.version, 0) as version, s.eleve_id, s.ecole_uai as ecole, s.annee,
		coalesce(p.etat, '') as etat, coalesce(p.decision, '') as decision, coalesce(p.niveau_suivant, '') as niveau_suivant,
		coalesce(p.quittant, false) as quittant, coalesce(p.avis_ien, false) as avis_ien, p.propose_le, p.notifie_le,
		p.repondu_le, coalesce(p.desaccord, false) as desaccord, p.decide_le, p.recours_le, p.confirme_le,
		coalesce(p.motif_correction, '') as motif_correction, p.suivie_le is not null as suivi,
		coalesce((select n.etat from scolarite n where n.id = p.suite_id), '') as suite_etat, coalesce(p.avis, '') as avis,
		p.avis_le, p.decision_notifiee_le, coalesce(p.confirme_par, '') as confirme_par,
		coalesce(p.choix_passes, '[]') as choix_passes`

const passageSQL = `select ` + ColonnesSQL + ` from scolarite s join passage p on p.scolarite_id = s.id where s.id = $1`

// ligneVerrou is a row of situationSQL.
type ligneVerrou struct {
	EleveID uuid.UUID
	Ecole   string
	Annee   int
	LigneSituation
}

// lock locks the scolarité, on which two first proposals would meet, and reads the passage.
func lock(ctx context.Context, tx territoire.Tx, id uuid.UUID, expected int) (verrou, error) {
	s, err := territoire.Ligne[ligneVerrou](ctx, tx, situationSQL+` for update of s`, id)
	if err != nil {
		return verrou{}, version.Check(err, "scolarite", 0, 0)
	}
	list, err := territoire.Lignes[Passage](ctx, tx, passageSQL+` for update of p`, id)
	if err != nil {
		return verrou{}, fmt.Errorf("passage: read: %w", err)
	}
	p := Passage{ScolariteID: id, EleveID: s.EleveID, Ecole: s.Ecole, Annee: s.Annee}
	if len(list) > 0 {
		p = list[0]
	}
	return verrou{p, s.Situation()}, version.Check(nil, "passage", expected, p.Version)
}

const saveSQL = `
	insert into passage (scolarite_id, ecole_uai, annee, etat, decision, niveau_suivant, quittant, avis_ien,
		propose_le, notifie_le, repondu_le, desaccord, decide_le, recours_le, confirme_le, motif_correction,
		avis, avis_le, decision_notifiee_le, confirme_par, choix_passes)
	values ($1, $2, $3, $4, $5, nullif($6, ''), $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
	on conflict (scolarite_id) do update set version = passage.version + 1, etat = excluded.etat,
		decision = excluded.decision, niveau_suivant = excluded.niveau_suivant, quittant = excluded.quittant,
		avis_ien = excluded.avis_ien, propose_le = excluded.propose_le, notifie_le = excluded.notifie_le,
		repondu_le = excluded.repondu_le, desaccord = excluded.desaccord, decide_le = excluded.decide_le,
		recours_le = excluded.recours_le, confirme_le = excluded.confirme_le, motif_correction = excluded.motif_correction,
		avis = excluded.avis, avis_le = excluded.avis_le, decision_notifiee_le = excluded.decision_notifiee_le,
		confirme_par = excluded.confirme_par, choix_passes = excluded.choix_passes`

func save(ctx context.Context, tx territoire.Tx, p Passage) error {
	_, err := tx.Exec(ctx, saveSQL, p.ScolariteID, p.Ecole, p.Annee, p.Etat, p.Decision, p.NiveauSuivant,
		p.Quittant, p.AvisIEN, p.ProposeLe, p.NotifieLe, p.ReponduLe, p.Desaccord, p.DecideLe, p.RecoursLe, p.ConfirmeLe,
		p.MotifCorrection, p.Avis, p.AvisLe, p.DecisionNotifieeLe, p.ConfirmePar, append([]Choix{}, p.ChoixPasses...))
	if err != nil {
		return fmt.Errorf("passage: save: %w", err)
	}
	return nil
}
