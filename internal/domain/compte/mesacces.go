package compte

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/passkey"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// MonAcces is a passkey as its holder recognises it.
type MonAcces struct {
	ID          uuid.UUID
	Identifiant []byte
	Nom         string
	Etat        string
	AjouteeLe   time.Time
	ServieLe    *time.Time
}

// Suspendue tells a passkey of which the service informatique decides.
func (a MonAcces) Suspendue() bool { return a.Etat == "suspendue" }

// QueueMesAcces reads the passkeys of the agent, the oldest first.
func QueueMesAcces(l *territoire.Lecture, dst *[]MonAcces) {
	territoire.Toutes(l, dst, `select id, identifiant, nom, etat, ajoutee_le, servie_le from mes_cles_acces()`)
}

// TitulaireDe is the agent before a browser that is to make him one more.
func TitulaireDe(agent habilitation.Agent, tenues []MonAcces) passkey.Titulaire {
	t := passkey.Titulaire{Compte: agent.Compte, Nom: agent.Nom}
	for _, a := range tenues {
		t.Cles = append(t.Cles, passkey.Cle{Identifiant: a.Identifiant})
	}
	return t
}

// NomAccesMax is the length of the name that one gives to a passkey.
const NomAccesMax = 60

// The refusals of a passkey to add or to remove.
var (
	errNouvelAcces = refusal.Of("acces", "Votre navigateur n’a pas donné de clé d’accès valable. Réessayez.")
	errAccesConnu  = refusal.Of("acces", "Cette clé d’accès est déjà enregistrée.")
	errTropDAcces  = refusal.InConflict("Vous avez déjà dix clés d’accès. Retirez celles qui ne servent plus.")
	errDerniere    = refusal.InConflict("C’est votre seule clé\u00a0: sans elle, vous n’entreriez plus. Ajoutez-en une autre d’abord.")
)

// AjouterAcces puts in service a passkey that the agent's browser has just made, beside his other keys.
func AjouterAcces(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, nom string, a Acces) error {
	c, err := a.Partie.Recevoir(passkey.Titulaire{Compte: agent.Compte, Nom: agent.Nom}, a.Defi, a.Reponse)
	if errors.Is(err, passkey.ErrRefusee) {
		return errNouvelAcces
	}
	if err != nil {
		return err
	}
	id, refus, defi := uuid.New(), "", sha256.Sum256(a.Defi)
	err = tx.QueryRow(ctx, `select ajouter_ma_cle_acces($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`, id, "L-"+rand.Text()[:12], c.Identifiant,
		c.Publique, int64(c.Compteur), int16(c.Drapeaux), c.Transports, nom, passkey.Max, defi[:], agent.Maintenant).Scan(&refus)
	switch {
	case err != nil:
		return fmt.Errorf("compte: add a passkey: %w", err)
	case refus == "nombre":
		return errTropDAcces
	case refus == "defi":
		return errNouvelAcces
	case refus != "":
		return errAccesConnu
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.AjouterAcces, Objet: "cle", ID: id, Ecole: agent.Ecole})
	return nil
}

// RetirerAcces takes a passkey of the agent out of service for ever, and ends his sessions but the one he is in: whoever holds
// the device may have opened them.
func RetirerAcces(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id, celleCi uuid.UUID) error {
	refus := ""
	if err := tx.QueryRow(ctx, `select retirer_ma_cle_acces($1, $2)`, id, agent.Maintenant).Scan(&refus); err != nil {
		return fmt.Errorf("compte: remove a passkey: %w", err)
	}
	switch refus {
	case "derniere":
		return errDerniere
	case "inconnue":
		return refusal.NotFound()
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.RetirerAcces, Objet: "cle", ID: id, Ecole: agent.Ecole})
	_, err := TerminerAutres(ctx, tx, agent, celleCi)
	return err
}
