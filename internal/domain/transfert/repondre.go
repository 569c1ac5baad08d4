package transfert

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// ouvert is a transfer locked, with its pupils and the school that receives.
type ouvert struct {
	Transfert
	lieu   scolarite.Lieu
	eleves map[uuid.UUID]Eleve
}

// lire reads a transfer that the agent has, and locks it when he may write it.
func lire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) (o ouvert, err error) {
	if agent.Role == habilitation.Directeur {
		if err := version.Lock(ctx, tx, "transfert", id, v); err != nil {
			return o, err
		}
	}
	if o.Transfert, err = territoire.Ligne[Transfert](ctx, tx, SQL, id); err != nil {
		return o, version.Check(err, "transfert", 0, 0)
	}
	if o.lieu, err = territoire.Ligne[scolarite.Lieu](ctx, tx, LieuSQL, id); err != nil {
		return o, fmt.Errorf("transfert: read the school: %w", err)
	}
	list, err := territoire.Lignes[Eleve](ctx, tx, LignesSQL, id)
	if err != nil {
		return o, fmt.Errorf("transfert: read the pupils: %w", err)
	}
	o.eleves = make(map[uuid.UUID]Eleve, len(list))
	for _, e := range list {
		o.eleves[e.ID] = e
	}
	return o, nil
}

// refuser gives each of the pupils chosen the reason why the act is not his; one who is not of the transfer is not found.
func (o ouvert) refuser(ids []uuid.UUID, motif func(Eleve) string) error {
	var refuses lot.Refuses
	for _, id := range ids {
		e, ok := o.eleves[id]
		if !ok {
			return refusal.NotFound()
		}
		if m := motif(e); m != "" {
			refuses = append(refuses, lot.Refus{ID: id, Motif: m})
		}
	}
	if len(refuses) > 0 {
		return refuses
	}
	return nil
}

// recoit refuses what only the school that receives may do.
func (o ouvert) recoit(agent habilitation.Agent) error {
	if agent.Ecole != o.Vers {
		return refusal.InConflict("L’école qui reçoit ces élèves répond à la proposition.")
	}
	return nil
}

// Accepter expects the pupils chosen in the agent's school, from the rentrée on, each with his inscription.
func Accepter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, ids []uuid.UUID) error {
	o, err := lire(ctx, tx, agent, id, v)
	if err != nil {
		return err
	}
	if err := o.recoit(agent); err != nil {
		return err
	}
	if err := ouvertPour(o.lieu, o.Suivante(), agent.Aujourdhui()); err != nil {
		return err
	}
	if err := o.refuser(ids, func(e Eleve) string { return e.Refus(o.Vers, o.lieu) }); err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `select accueillir_transfert($1, $2, $3, $4, $5)`, id, ids, effet(o.Suivante(), agent.Aujourdhui()),
		o.Suivante().Fin(), agent.Maintenant)
	if err != nil {
		return fmt.Errorf("transfert: expect the pupils: %w", err)
	}
	enfants, ecoles := make([]uuid.UUID, len(ids)), make([]string, len(ids))
	for i, scol := range ids {
		enfants[i], ecoles[i] = o.eleves[scol].EleveID, agent.Ecole
	}
	journal.RecordAll(tx, agent, journal.AccepterAdmission, "eleve", enfants, ecoles)
	return nil
}

// effet is the day of the rentrée, or today once it is past.
func effet(annee ecole.Annee, today time.Time) time.Time {
	if rentree := annee.Rentree(); today.Before(rentree) {
		return rentree
	}
	return today
}

const changerSQL = `update transfert_eleve set etat = $3, repondu_le = $4 where transfert_id = $1 and scolarite_id = any ($2)`

// Decliner sends the pupils chosen back to the school they leave.
func Decliner(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, ids []uuid.UUID) error {
	o, err := lire(ctx, tx, agent, id, v)
	if err != nil {
		return err
	}
	if err := o.recoit(agent); err != nil {
		return err
	}
	return o.clore(ctx, tx, agent, ids, Decline)
}

// Retirer takes back the pupils whom the agent's school had offered, before they are accepted.
func Retirer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int, ids []uuid.UUID) error {
	o, err := lire(ctx, tx, agent, id, v)
	if err != nil {
		return err
	}
	if agent.Ecole != o.Ecole {
		return refusal.InConflict("L’école que ces élèves quittent retire sa proposition.")
	}
	return o.clore(ctx, tx, agent, ids, Retire)
}

func (o ouvert) clore(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, ids []uuid.UUID, etat Etat) error {
	err := o.refuser(ids, func(e Eleve) string {
		if e.Etat != Propose {
			return "Cet élève n’est plus proposé."
		}
		return ""
	})
	if err != nil {
		return err
	}
	tx.Queue(changerSQL, o.ID, ids, etat, agent.Maintenant)
	if _, err := tx.Exec(ctx, `update transfert set repondu_le = $2, version = version + 1 where id = $1`, o.ID, agent.Maintenant); err != nil {
		return fmt.Errorf("transfert: answer: %w", err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.RepondreTransfert, Objet: "transfert", ID: o.ID, Ecole: agent.Ecole})
	return nil
}

// delai is how long an answer can be taken back (design.md §4).
const delai = 30 * 24 * time.Hour

// Annulable tells whether the answers to a transfer can still be taken back.
func (t Transfert) Annulable(now time.Time) bool {
	return t.ReponduLe != nil && now.Sub(*t.ReponduLe) < delai
}

// Annuler takes the answers back, but for the pupils on whom the school that receives has worked since; it says how many
// these are.
func Annuler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) (laisses int, err error) {
	o, err := lire(ctx, tx, agent, id, v)
	if err != nil {
		return 0, err
	}
	if !o.Annulable(agent.Maintenant) {
		return 0, refusal.InConflict("Une réponse ne peut plus être annulée au-delà de 30 jours.")
	}
	if err := tx.QueryRow(ctx, `select defaire_transfert($1)`, id).Scan(&laisses); err != nil {
		return 0, suivi(err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.AnnulerTransfert, Objet: "transfert", ID: id, Ecole: agent.Ecole})
	return laisses, nil
}

// suivi says what has come of an acceptance elsewhere, which keeps it from being taken back.
func suivi(err error) error {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.ConstraintName {
		case "liberation_inscription_id_fkey":
			return refusal.InConflict("La libération d’un de ces élèves a été demandée\u00a0: sur sa page d’admission, dites d’abord qu’il ne viendra pas.")
		case "une_inscription_ouverte_par_eleve_et_par_annee":
			return refusal.InConflict("Un de ces élèves est de nouveau inscrit pour cette rentrée\u00a0: la mairie annule d’abord cette inscription.")
		}
	}
	return fmt.Errorf("transfert: undo: %w", err)
}

// Inscrire has the mairie inscribe the pupils chosen in the school that receives them, in one act (T03).
func Inscrire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, ids []uuid.UUID) error {
	o, err := lire(ctx, tx, agent, id, 0)
	if err != nil {
		return err
	}
	err = o.refuser(ids, func(e Eleve) string {
		if !e.AInscrire(o.Vers, o.lieu) {
			return "Cet élève n’est plus à inscrire."
		}
		return ""
	})
	if err != nil {
		return err
	}
	return lot.Faire(ctx, tx, ids, func(scol uuid.UUID) error {
		e := o.eleves[scol]
		demande := inscription.Demande{Annee: o.Suivante(), Ecole: o.Vers, Niveau: e.Niveau, Le: agent.Aujourdhui()}
		if e.InscriptionID == nil {
			_, err := inscription.Inscrire(ctx, tx, agent, e.EleveID, agent.Commune, demande)
			return err
		}
		err := inscription.Modifier(ctx, tx, agent, *e.InscriptionID, 0, demande)
		if r, ok := errors.AsType[refusal.Refusal](err); ok && r.Kind == refusal.Unknown {
			return refusal.InConflict("Il est sur la liste d’attente d’une autre mairie.")
		}
		return err
	})
}
