package immatriculation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// Etat is where the attribution of a pupil's number stands: domain.md §4.3.
type Etat string

// Label is the state as shown to the directeur.
func (e Etat) Label() string {
	return map[Etat]string{
		"": "Sans objet", "en_attente": "En attente d’INE", "bloque_doublon": "Bloqué : élève ressemblant",
		"en_erreur": "En erreur", "litige": "En litige", "attribue": "Attribué",
		"en_verification": "En vérification", "remplace": "Remplacé",
	}[e]
}

// Demander asks for the number of a pupil admitted for good; one who has asked already, or has one, keeps it.
func Demander(tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, uai string) {
	tx.Queue(`insert into immatriculation (eleve_id, ecole_uai, etat, demande_le)
		values ($1, $2, 'en_attente', $3) on conflict (eleve_id) do nothing`, eleve, uai, agent.Maintenant)
}

// Registre is the embedded register that attributes numbers, in the place of the national one. Its database role sees
// the demands and nothing of the pupils.
type Registre struct {
	DB  *territoire.DB
	Now func() time.Time
}

// lot is how many demands one transaction answers.
const lot = 100

// Traiter answers the demands that wait, oldest first, and returns how many it answered. Several processes may run it.
func (r Registre) Traiter(ctx context.Context) (n int, err error) {
	for {
		done, err := r.traiterLot(ctx)
		n += done
		if err != nil || done < lot {
			return n, err
		}
	}
}

const attenteSQL = `
	select eleve_id from immatriculation where etat = 'en_attente'
	order by demande_le limit $1 for update skip locked`

const attribuerSQL = `
	update immatriculation set etat = 'attribue', ine = $2, attribue_le = $3, version = version + 1
	where eleve_id = $1`

func (r Registre) traiterLot(ctx context.Context) (n int, err error) {
	err = r.DB.Registre(ctx, func(tx territoire.Tx) error {
		rows, err := tx.Query(ctx, attenteSQL, lot)
		if err != nil {
			return err
		}
		demandes, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
		if err != nil {
			return err
		}
		for _, eleve := range demandes {
			if err := r.attribuer(ctx, tx, eleve); err != nil {
				return err
			}
		}
		n = len(demandes)
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("immatriculation: attribute: %w", err)
	}
	return n, nil
}

func (r Registre) attribuer(ctx context.Context, tx territoire.Tx, eleve uuid.UUID) error {
	var serie int
	if err := tx.QueryRow(ctx, `select nextval('ine_serie')`).Scan(&serie); err != nil {
		return err
	}
	ine, err := NewRNIE(serie)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, attribuerSQL, eleve, string(ine), r.Now())
	return err
}

// Veiller answers demands until ctx ends, looking every pause. A base that does not answer is tried again.
func (r Registre) Veiller(ctx context.Context, pause time.Duration, warn func(error)) {
	tick := time.NewTicker(pause)
	defer tick.Stop()
	for {
		if _, err := r.Traiter(ctx); err != nil && !errors.Is(err, context.Canceled) {
			warn(err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}
