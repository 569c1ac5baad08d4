package immatriculation

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// MotifsReveler are the reasons for which a confidential value is shown whole.
var MotifsReveler = []inscription.Valeur{
	{Code: "identite", Label: "Vérifier l’identité de l’élève"},
	{Code: "etablissement", Label: "Répondre à un autre établissement"},
	{Code: "famille", Label: "Répondre à la famille"},
	{Code: "anomalie", Label: "Traiter une anomalie"},
	{Code: "urgence", Label: "Joindre la famille en urgence"},
}

// Confidentiel is what is masked until one says why one needs it.
type Confidentiel string

// The values masked: the number, and to those who inspect the coordinates of the families.
const (
	Numero      Confidentiel = "immatriculation"
	Coordonnees Confidentiel = "coordonnees"

	AdresseProtegee Confidentiel = "adresse_protegee"
)

// Reveler leaves the line that says who asked to see a confidential value of a pupil, and why.
func Reveler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, quoi Confidentiel, eleve uuid.UUID, motif string) error {
	if !inscription.Connu(MotifsReveler, motif) {
		return refusal.Of("motif", "Choisissez pourquoi vous avez besoin de cette information.")
	}
	var uai *string
	if err := tx.QueryRow(ctx, `select ecole_uai from eleve where id = $1`, eleve).Scan(&uai); err != nil {
		return fmt.Errorf("immatriculation: find the pupil: %w", err)
	}
	l := journal.Ligne{Acte: journal.Reveler, Objet: string(quoi), ID: eleve, Motif: motif}
	if uai != nil {
		l.Ecole = *uai
	}
	journal.Record(tx, agent, l)
	return nil
}
