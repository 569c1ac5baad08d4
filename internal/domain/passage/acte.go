package passage

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
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
	effacer, err := l.passage.faire(l.situation, d, agent.Aujourdhui())
	if err != nil {
		return err
	}
	if effacer {
		tx.Queue(`delete from passage where scolarite_id = $1`, id)
	} else if err := save(ctx, tx, l.passage); err != nil {
		return err
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.DeciderPassage, Objet: "eleve", ID: l.passage.EleveID, Ecole: l.passage.Ecole})
	return nil
}

// faire applies the step to the passage.
func (p *Passage) faire(s Situation, d Demande, today time.Time) (effacer bool, err error) {
	c := d.Choix
	if d.Etape == EtapeProposer || d.Etape == EtapeDecider || d.Etape == EtapeConfirmer || d.Etape == EtapeCorriger {
		if d.Usuel {
			c = p.usuel(s)
		}
		if c, err = s.Choisir(c); err != nil {
			return false, err
		}
	}
	switch d.Etape {
	case EtapeProposer:
		return false, p.Proposer(c, today)
	case EtapeNotifier:
		return false, p.Notifier(d.Le, today)
	case EtapeAccord, EtapeDesaccord:
		return false, p.Repondre(d.Etape == EtapeAccord, d.Le, today)
	case EtapeDecider:
		return false, p.Decider(c, d.Le, today)
	case EtapeRecours:
		return false, p.Contester(d.Le, today)
	case EtapeConfirmer:
		return false, p.Confirmer(c, d.Le, today)
	case EtapeCorriger:
		return false, p.Corriger(c, d.Motif)
	default:
		return p.Revenir()
	}
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
const SituationSQL = `s.etat = 'admis_definitif' as present, coalesce(s.niveau, '') as niveau, e.type, s.classe_id is not null as classe,
	coalesce((select i.ine is not null from immatriculation i where i.eleve_id = s.eleve_id), false) as ine,
	(select count(*) from scolarite o join passage d on d.scolarite_id = o.id
		where o.eleve_id = s.eleve_id and o.annee < s.annee and o.niveau = any ('{CP,CE1,CE2,CM1,CM2}')
		and d.decision in ('maintien', 'passage_anticipe') and d.etat in ('decide', 'confirme')) as deja`

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
	from scolarite s join ecole e on e.uai = s.ecole_uai where s.id = $1 for update of s`

const passageSQL = `
	select scolarite_id, version, $2::uuid as eleve_id, ecole_uai as ecole, annee, etat, decision,
		coalesce(niveau_suivant, '') as niveau_suivant, quittant, avis_ien, propose_le, notifie_le, repondu_le, desaccord,
		decide_le, recours_le, confirme_le, motif_correction, suivie_le is not null as suivi
	from passage where scolarite_id = $1 for update`

// ligneVerrou is a row of situationSQL.
type ligneVerrou struct {
	EleveID uuid.UUID
	Ecole   string
	Annee   int
	LigneSituation
}

// lock locks the scolarité, on which two first proposals would meet, and reads the passage.
func lock(ctx context.Context, tx territoire.Tx, id uuid.UUID, expected int) (verrou, error) {
	s, err := territoire.Ligne[ligneVerrou](ctx, tx, situationSQL, id)
	if err != nil {
		return verrou{}, version.Check(err, "scolarite", 0, 0)
	}
	list, err := territoire.Lignes[Passage](ctx, tx, passageSQL, id, s.EleveID)
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
		propose_le, notifie_le, repondu_le, desaccord, decide_le, recours_le, confirme_le, motif_correction)
	values ($1, $2, $3, $4, $5, nullif($6, ''), $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
	on conflict (scolarite_id) do update set version = passage.version + 1, etat = excluded.etat,
		decision = excluded.decision, niveau_suivant = excluded.niveau_suivant, quittant = excluded.quittant,
		avis_ien = excluded.avis_ien, propose_le = excluded.propose_le, notifie_le = excluded.notifie_le,
		repondu_le = excluded.repondu_le, desaccord = excluded.desaccord, decide_le = excluded.decide_le,
		recours_le = excluded.recours_le, confirme_le = excluded.confirme_le, motif_correction = excluded.motif_correction`

func save(ctx context.Context, tx territoire.Tx, p Passage) error {
	_, err := tx.Exec(ctx, saveSQL, p.ScolariteID, p.Ecole, p.Annee, p.Etat, p.Decision, p.NiveauSuivant,
		p.Quittant, p.AvisIEN, p.ProposeLe, p.NotifieLe, p.ReponduLe, p.Desaccord, p.DecideLe, p.RecoursLe, p.ConfirmeLe,
		p.MotifCorrection)
	if err != nil {
		return fmt.Errorf("passage: save: %w", err)
	}
	return nil
}
