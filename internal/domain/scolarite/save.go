package scolarite

import (
	"context"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

const insertSQL = `
	insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, inscription_id, etat, niveau, date_effet)
	values ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''), $9)`

const updateSQL = `
	update scolarite set etat = $2, niveau = nullif($3, ''), classe_id = $4, date_effet = $5, date_admission = $6,
		date_radiation = $7, motif_radiation = $8, destination_uai = nullif($9, ''), destination = $10,
		motif_annulation = $11, version = version + 1,
		non_venu_le = case when $2 in ('admis_accepte', 'annulee') then non_venu_le end
	where id = $1`

// save writes a scolarité as the rule left it, and the history of its class. motif is that of an abandon.
func save(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, s Scolarite, motif string) error {
	if s.ID == uuid.Nil {
		_, err := tx.Exec(ctx, insertSQL, uuid.New(), s.EleveID, s.Ecole, s.Annee, ecole.Annee(s.Annee).Fin(),
			s.InscriptionID, s.Etat, s.Niveau, s.DateEffet)
		if err != nil {
			return explain(err)
		}
		return nil
	}
	_, err := tx.Exec(ctx, updateSQL, s.ID, s.Etat, s.Niveau, s.ClasseID, s.DateEffet, s.DateAdmission, s.DateRadiation,
		s.Motif, s.DestinationUAI, s.Destination, motif)
	if err != nil {
		return explain(err)
	}
	suivreClasse(tx, s, agent.Aujourdhui())
	return nil
}

const fermerSQL = `
	update affectation set fin = greatest(debut, $3::date)
	where scolarite_id = $1 and fin is null and (classe_id is distinct from $2 or $4)`

const ouvrirSQL = `
	insert into affectation (scolarite_id, ecole_uai, classe_id, debut)
	select $1, $2, $3, $4 where not exists (select from affectation where scolarite_id = $1 and fin is null)`

// suivreClasse keeps the periods spent in each class true to the present one. A placing before the rentrée begins with
// the scolarité; a radiation ends it.
func suivreClasse(tx territoire.Tx, s Scolarite, today time.Time) {
	end, ended := today, s.Etat == Radie
	if ended {
		end = *s.DateRadiation
	}
	tx.Queue(fermerSQL, s.ID, s.ClasseID, end, ended)
	if s.ClasseID == nil || ended {
		return
	}
	start := today
	if s.DateEffet != nil && s.DateEffet.After(today) {
		start = *s.DateEffet
	}
	tx.Queue(ouvrirSQL, s.ID, s.Ecole, s.ClasseID, start)
}
