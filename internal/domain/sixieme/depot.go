package sixieme

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// garde is how long a file sent and not applied is kept.
const garde = 24 * time.Hour

// Depot is a file sent.
type Depot struct {
	Nom     string
	Annee   ecole.Annee
	Contenu []byte
	Plan    Plan // as it was worked out when the file came
}

// Deposer keeps a file that can be read, with what it would change; the older ones are forgotten.
func Deposer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, nom string, contenu []byte) (uuid.UUID, error) {
	plan, err := Planifier(ctx, tx, annee, contenu)
	if err != nil {
		return uuid.Nil, err
	}
	nom = nom[strings.LastIndexAny(nom, `/\`)+1:]
	runes := []rune(nom)
	id := uuid.New()
	tx.Queue(`delete from depot_6e where le <= $1`, agent.Maintenant.Add(-garde))
	tx.Queue(`insert into depot_6e (id, departement_code, compte_id, annee, nom, contenu, plan, le)
		values ($1, portee_dsden(), $2, $3, $4, $5, $6, $7)`, id, agent.Compte, int(annee), string(runes[:min(len(runes), 100)]), contenu,
		plan, agent.Maintenant)
	return id, nil
}

const depotSQL = `select nom, annee, contenu, plan from depot_6e where id = $1 and le > $2`

// QueueDepot reads a file sent; one too old is no more.
func QueueDepot(l *territoire.Lecture, agent habilitation.Agent, id uuid.UUID, dst *Depot) {
	territoire.Une(l, dst, depotSQL, id, agent.Maintenant.Add(-garde))
}

// Ouvrir reads a file sent, with what it would change now.
func Ouvrir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) (Depot, error) {
	d, err := territoire.Ligne[Depot](ctx, tx, depotSQL, id, agent.Maintenant.Add(-garde))
	if err != nil {
		return d, err
	}
	d.Plan, err = Planifier(ctx, tx, d.Annee, d.Contenu)
	return d, err
}

// Appliquer assigns as a file says, if it says now what was shown.
func Appliquer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, empreinte string) (lot uuid.UUID, n int, err error) {
	d, err := Ouvrir(ctx, tx, agent, id)
	switch {
	case err != nil:
		return uuid.Nil, 0, err
	case len(d.Plan.Erreurs) > 0:
		return uuid.Nil, 0, refusal.InConflict("Ce fichier a des lignes fausses\u00a0: corrigez-les, puis envoyez-le de nouveau. Rien n’est changé.")
	case d.Plan.Empreinte() != empreinte:
		return uuid.Nil, 0, refusal.InConflict("Des affectations ont changé depuis cet aperçu\u00a0: relisez-le, puis appliquez.")
	}
	if lot, n, err = Affecter(ctx, tx, agent, d.Annee, d.Plan.Choix, d.Nom); err != nil {
		return uuid.Nil, 0, err
	}
	tx.Queue(`delete from depot_6e where id = $1`, id)
	return lot, n, nil
}
