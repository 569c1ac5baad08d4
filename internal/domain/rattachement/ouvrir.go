package rattachement

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// dossier is what ouvrir_dossier_ia writes.
type dossier struct {
	eleve.Rangees
	Rattachement map[string]any `json:"rattachement"`
}

// Ouvrir has the IA open the file of a child never known, attach him and ask for his number. The file is held by the
// reference school or, where there is none, by the mairie of his commune. autres are other children, said to be such for
// good. It returns the period.
func Ouvrir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, n eleve.Nouveau, p Periode, autres []uuid.UUID) (uuid.UUID, error) {
	if n.Ecole = p.Ecole; n.Ecole == "" {
		n.Commune = n.Adresse.CommuneInsee
	}
	if err := situee(ctx, tx, n); err != nil {
		return uuid.Nil, err
	}
	if err := p.valider(enfant{Naissance: n.Identite.DateNaissance}, agent.Aujourdhui()); err != nil {
		return uuid.Nil, err
	}
	enfant, rows, err := n.Rangees(agent)
	if err != nil {
		return uuid.Nil, err
	}
	id := uuid.New()
	b, err := json.Marshal(dossier{rows, map[string]any{"id": id, "modalite": p.Modalite, "debut": p.Debut, "fin": p.fin()}})
	if err != nil {
		return uuid.Nil, fmt.Errorf("rattachement: write the file: %w", err)
	}
	if _, err := tx.Exec(ctx, `select ouvrir_dossier_ia($1, $2)`, b, autres); err != nil {
		return uuid.Nil, explain(err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Creer, Objet: "eleve", ID: enfant, Ecole: n.Ecole})
	noter(tx, agent, journal.Attacher, id, n.Ecole)
	return id, nil
}

// situee refuses a school, or a commune where there is none, of another département.
func situee(ctx context.Context, tx territoire.Tx, n eleve.Nouveau) error {
	var ici bool
	err := tx.QueryRow(ctx, `select case when $1 = '' then exists (
			select from commune where insee = $2 and departement_code = departement_de_l_ia())
		else $1 = any ((select portee_ecoles())::text[]) end`, n.Ecole, n.Commune).Scan(&ici)
	switch {
	case err != nil:
		return fmt.Errorf("rattachement: read the place: %w", err)
	case ici:
		return nil
	case n.Ecole != "":
		return errEcole
	}
	return refusal.Of("commune", "Sans école de référence, l’enfant habite une commune de votre département.")
}
