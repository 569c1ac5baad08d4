package proposition

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/famille"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Decision is the answer to one proposition.
type Decision struct {
	Accepte bool
	Motif   string // of a refusal
}

// Valider says what is missing.
func (d Decision) Valider() error {
	if !d.Accepte && !inscription.Connu(MotifsRefus, d.Motif) {
		return refusal.Of("", "Choisissez le motif du refus.")
	}
	return nil
}

// ColonnesSQL are the columns of a Proposition.
const ColonnesSQL = `p.id, p.lot, p.eleve_id, p.objet, p.objet_id, p.champ, p.avant, p.propose, p.etat, p.motif_refus, p.propose_le, p.decide_le`

const verrouSQL = `select ` + ColonnesSQL + ` from proposition p where p.lot = $1 and p.etat = 'proposee' for update`

const refuserSQL = `update proposition set etat = 'refusee', motif_refus = $2, decide_par = $3, decide_le = $4, version = version + 1 where id = $1`

// accepterSQL says so of those that the change itself has not settled.
const accepterSQL = `update proposition set etat = 'acceptee', decide_par = $2, decide_le = $3, version = version + 1
	where id = any ($1) and etat = 'proposee'`

// Decider accepts and refuses propositions of a lot; those without a decision wait. One that is settled already, because
// its field has changed since the page was opened, is refused as outdated. It returns the pupil.
func Decider(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, lot uuid.UUID, decisions map[uuid.UUID]Decision) (uuid.UUID, error) {
	for _, d := range decisions {
		if err := d.Valider(); err != nil {
			return uuid.Nil, err
		}
	}
	waiting, err := territoire.Lignes[Proposition](ctx, tx, verrouSQL, lot)
	if err != nil {
		return uuid.Nil, fmt.Errorf("proposition: lock: %w", err)
	}
	accepted, decided, eleve := trancher(tx, agent, waiting, decisions)
	if decided < len(decisions) {
		return uuid.Nil, refusal.Outdated()
	}
	if err := appliquer(ctx, tx, agent, accepted); err != nil {
		return uuid.Nil, err
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.DeciderProposition, Objet: "eleve", ID: eleve, Ecole: agent.Ecole})
	return eleve, nil
}

// trancher records the refusals, and gathers what is accepted.
func trancher(tx territoire.Tx, agent habilitation.Agent, waiting []Proposition, decisions map[uuid.UUID]Decision) (accepted []Proposition, decided int, eleve uuid.UUID) {
	for _, p := range waiting {
		d, ok := decisions[p.ID]
		if !ok {
			continue
		}
		decided, eleve = decided+1, p.EleveID
		if d.Accepte {
			accepted = append(accepted, p)
		} else {
			tx.Queue(refuserSQL, p.ID, d.Motif, agent.Compte, agent.Maintenant)
		}
	}
	return accepted, decided, eleve
}

// appliquer changes the file by the acts of the directeur. The lot is about one part of one file.
func appliquer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, accepted []Proposition) error {
	if len(accepted) == 0 {
		return nil
	}
	first := accepted[0]
	d, err := lire(ctx, tx, first.EleveID)
	if err != nil {
		return err
	}
	ids := make([]uuid.UUID, len(accepted))
	for i, p := range accepted {
		ids[i] = p.ID
	}
	if err := modifier(ctx, tx, agent, d.Avec(accepted), first); err != nil {
		return err
	}
	tx.Queue(accepterSQL, ids, agent.Compte, agent.Maintenant)
	return nil
}

// modifier records the file d, in the part that p is about; what has changed since d was read is not overwritten.
func modifier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d Dossier, p Proposition) error {
	version := d.ligne(Eleve, p.EleveID).Version
	switch {
	case p.Objet == Eleve:
		return eleve.ModifierIdentite(ctx, tx, agent, p.EleveID, version, d.Identite())
	case p.Objet == Adresse && p.ObjetID == p.EleveID:
		a, _ := d.Domicile(p.EleveID)
		return famille.Demenager(ctx, tx, agent, p.EleveID, famille.Demenagement{Version: version, Adresse: a, Choix: pourChacun})
	}
	r, ok := d.Responsable(p.ObjetID)
	if !ok {
		return refusal.Outdated()
	}
	return famille.Corriger(ctx, tx, agent, p.EleveID, p.ObjetID, famille.Correction{
		Version: d.ligne(Responsable, p.ObjetID).Version, Responsable: r, Choix: pourChacun,
	})
}

// pourChacun: a correction accepted is true of the home and of the person, whoever shares them.
var pourChacun = famille.Choix{Etendue: famille.Chacun}
