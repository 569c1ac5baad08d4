package immatriculation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// Demander asks for the number of a pupil admitted for good; one who has asked already, or has one, keeps it.
func Demander(tx territoire.Tx, agent habilitation.Agent, eleve uuid.UUID, uai string) {
	tx.Queue(`insert into immatriculation (eleve_id, ecole_uai, etat, demande_le, depuis)
		values ($1, $2, 'en_attente', $3, $3) on conflict (eleve_id) do nothing`, eleve, uai, agent.Maintenant)
}

// Registre is the embedded register that attributes numbers, in the place of the national one. Its database role sees
// the demands and the identities, and nothing else of the pupils.
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

// demande is a pupil whose number is asked for, or whose corrected identity is to be looked at.
type demande struct {
	dossier
	identite
}

// One process at a time: two who looked at the same child in two files would each find nobody and give two numbers.
const tourSQL = `select pg_try_advisory_xact_lock(hashtextextended('registre des INE', 0))`

const attenteSQL = `
	select i.eleve_id, i.ecole_uai, i.version, i.etat, i.raison, i.ine is not null as numero,` + identiteSQL + `
	from immatriculation i join eleve e on e.id = i.eleve_id
	where i.etat = 'en_attente' or i.etat = 'en_verification' and i.raison = ''
	order by i.demande_le limit $1 for update of i skip locked`

func (r Registre) traiterLot(ctx context.Context) (n int, err error) {
	err = r.DB.Registre(ctx, func(tx territoire.Tx) error {
		var mine bool
		if err := tx.QueryRow(ctx, tourSQL).Scan(&mine); err != nil || !mine {
			return err
		}
		demandes, err := territoire.Lignes[demande](ctx, tx, attenteSQL, lot)
		if err != nil {
			return err
		}
		for _, d := range demandes {
			if err := r.repondre(ctx, tx, d); err != nil {
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

// repondre looks for who resembles the pupil and writes the answer.
func (r Registre) repondre(ctx context.Context, tx territoire.Tx, d demande) error {
	candidats, err := r.candidats(ctx, tx, d)
	if err != nil {
		return err
	}
	i, now := d.immatriculation(), r.Now()
	reponse := Examiner(d.identite.domain(), candidats, i.Numero, now)
	tx.Queue(`delete from ressemblance where eleve_id = $1 and decision = ''`, d.EleveID)
	for _, c := range reponse.Candidats {
		tx.Queue(ressemblanceSQL, d.EleveID, c.ID, d.EcoleUAI, c.Score, c.Raisons, now)
	}
	switch {
	case reponse.Rendre != nil:
		tx.Queue(rendreSQL, d.EleveID, reponse.Rendre.ID, d.EcoleUAI, reponse.Rendre.Score, reponse.Rendre.Raisons, now)
		tx.Queue(`select deplacer_ine($1, $2, $3)`, d.EleveID, reponse.Rendre.ID, now)
		return nil
	case reponse.Raison != "":
		if err := i.Bloquer(reponse.Raison); err != nil {
			return err
		}
		i.save(tx, now)
		return nil
	case i.Numero:
		if err := i.Attribuer(); err != nil {
			return err
		}
		i.save(tx, now)
		return nil
	}
	return attribuer(ctx, tx, d.EleveID, now)
}

const ressemblanceSQL = `
	insert into ressemblance (eleve_id, candidat_id, ecole_uai, score, raisons, detecte_le) values ($1, $2, $3, $4, $5, $6)`

// rendreSQL keeps the trace of a number given back, so that the directeur can say that the register was wrong.
const rendreSQL = `
	insert into ressemblance (eleve_id, candidat_id, ecole_uai, score, raisons, detecte_le, decision, decide_le, decide_par)
	values ($1, $2, $3, $4, $5, $6, 'meme', $6, 'registre')
	on conflict (eleve_id, candidat_id) do update set decision = 'meme', decide_le = $6, decide_par = 'registre'`

// attribuerSQL does nothing when the number is taken already: the IA may have typed one of the series.
const attribuerSQL = `
	update immatriculation set etat = 'attribue', raison = '', ine = $2, attribue_le = $3, depuis = $3, version = version + 1
	where eleve_id = $1 and not exists (select from immatriculation where ine = $2)
		and not exists (select from ine_alias where ine = $2)`

// attribuer gives the next number of the series that is free.
func attribuer(ctx context.Context, tx territoire.Tx, eleve uuid.UUID, now time.Time) error {
	for {
		var serie int
		if err := tx.QueryRow(ctx, `select nextval('ine_serie')`).Scan(&serie); err != nil {
			return err
		}
		ine, err := NewRNIE(serie)
		if err != nil {
			return err
		}
		tag, err := tx.Exec(ctx, attribuerSQL, eleve, string(ine), now)
		if err != nil || tag.RowsAffected() > 0 {
			return err
		}
	}
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
