package sixieme

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Choix is the collège of a pupil.
type Choix struct {
	Eleve   uuid.UUID
	College string // UAI
}

// PartantSQL tells a scolarité p of a pupil who leaves for the collège: as decided, and by his level until it is.
const PartantSQL = `p.niveau in ('CM1', 'CM2') and coalesce((select d.niveau_suivant is null and d.decision <> 'autre'
	from passage d where d.scolarite_id = p.id), p.niveau = 'CM2')`

// situation is where a pupil stands before the act.
type situation struct {
	Eleve   uuid.UUID
	Ecole   string
	College string // "" when he has none
	Connu   bool   // the collège asked for is open
}

// Only who is there, or was until the summer, and leaves for the collège, is found. Row security bounds the rest: whose
// file is in a school of another département since is no longer this one's to assign.
const situationSQL = `
	select d.eleve, p.ecole_uai as ecole, coalesce(a.college_uai, '') as college,
		exists (select from college g where g.uai = d.college and g.ouvert) as connu
	from unnest($1::uuid[], $2::text[]) as d (eleve, college)
	join eleve e on e.id = d.eleve
	join scolarite p on p.eleve_id = d.eleve and p.annee = $3 - 1 and p.etat = 'admis_definitif' and ` + PartantSQL + `
	left join affectation_6e a on a.eleve_id = d.eleve and a.annee = $3 and a.etat in ('affecte', 'recu')`

const affecterSQL = `
	with demande as (
		select d.eleve, d.ecole, d.college, e.cle_nom from unnest($1::uuid[], $2::text[], $3::text[]) as d (eleve, ecole, college)
		join eleve e on e.id = d.eleve),
	dernier as (
		select college, dernier_numero_6e(college, $4) as numero from (select distinct college from demande order by 1) c)
	insert into affectation_6e (id, eleve_id, ecole_uai, annee, college_uai, numero, affecte_le, lot_id)
	select gen_random_uuid(), eleve, ecole, $4, college,
		dernier.numero + row_number() over (partition by college order by cle_nom, eleve), $5, $6
	from demande join dernier using (college)`

const remplacerSQL = `
	update affectation_6e set etat = 'remplace', remplace_lot = $2, version = version + 1
	where eleve_id = any ($1) and annee = $3 and etat in ('affecte', 'recu')`

// Affecter assigns pupils to collèges in one act. Those who are assigned to that collège already stay as they are; who has
// another one changes. fichier is the name of the file that asked, "" for a form. n is how many are changed.
func Affecter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, list []Choix, fichier string) (lot uuid.UUID, n int, err error) {
	eleves, ecoles, colleges, err := aAffecter(ctx, tx, annee, list)
	if err != nil {
		return uuid.Nil, 0, err
	}
	lot = uuid.New()
	tx.Queue(`insert into lot_6e (id, departement_code, annee, fichier, eleves, fait_le, compte_id)
		values ($1, portee_dsden(), $2, $3, $4, $5, $6)`, lot, int(annee), fichier, len(eleves), agent.Maintenant, agent.Compte)
	tx.Queue(remplacerSQL, eleves, lot, int(annee))
	if _, err := tx.Exec(ctx, affecterSQL, eleves, ecoles, colleges, int(annee), agent.Maintenant, lot); err != nil {
		return uuid.Nil, 0, fmt.Errorf("sixieme: assign: %w", err)
	}
	journal.RecordAll(tx, agent, journal.AffecterSixieme, "eleve", eleves, ecoles)
	return lot, len(eleves), nil
}

// aAffecter are those of the list who change, or why the act is refused.
func aAffecter(ctx context.Context, tx territoire.Tx, annee ecole.Annee, list []Choix) (eleves []uuid.UUID, ecoles, colleges []string, err error) {
	var ids []uuid.UUID
	var asked []string
	college := map[uuid.UUID]string{}
	for _, c := range list {
		switch before, twice := college[c.Eleve]; {
		case twice && before != c.College:
			return nil, nil, nil, refusal.Of("college_uai", "Un même élève est demandé dans deux collèges\u00a0: gardez-en un.")
		case !twice:
			ids, asked, college[c.Eleve] = append(ids, c.Eleve), append(asked, c.College), c.College
		}
	}
	found, err := territoire.Lignes[situation](ctx, tx, situationSQL, ids, asked, int(annee))
	switch {
	case err != nil:
		return nil, nil, nil, fmt.Errorf("sixieme: read the pupils: %w", err)
	case len(found) < len(college):
		return nil, nil, nil, refusal.InConflict("Un de ces élèves n’est plus à affecter\u00a0: il a quitté son école, ou n’entre pas en sixième.")
	}
	for _, s := range found {
		if !s.Connu {
			return nil, nil, nil, refusal.Of("college_uai", "Choisissez un collège ouvert.")
		}
		if s.College != college[s.Eleve] {
			eleves, ecoles, colleges = append(eleves, s.Eleve), append(ecoles, s.Ecole), append(colleges, college[s.Eleve])
		}
	}
	if len(eleves) == 0 {
		return nil, nil, nil, refusal.InConflict("Ces élèves sont déjà affectés à ce collège.")
	}
	return eleves, ecoles, colleges, nil
}

// delai is how long an act can be undone (design.md §4).
const delai = 30 * 24 * time.Hour

// Annulable tells whether an act can still be undone.
func Annulable(fait time.Time, annule *time.Time, now time.Time) bool {
	return annule == nil && now.Sub(fait) < delai
}

// A pupil whom the collège has received, or who was assigned again since, keeps what he has.
const annulerSQL = `update affectation_6e set etat = 'annule', version = version + 1 where lot_id = $1 and etat = 'affecte'`

const retablirSQL = `
	update affectation_6e a set etat = case when recu_le is null then 'affecte' else 'recu' end, remplace_lot = null, version = version + 1
	where remplace_lot = $1 and not exists (select from affectation_6e o
		where o.eleve_id = a.eleve_id and o.annee = a.annee and o.etat in ('affecte', 'recu'))`

// Annuler takes an act back: each pupil has the collège that he had before. It says how many keep what the act gave them.
func Annuler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) (conserves int, err error) {
	if err := version.Lock(ctx, tx, "lot_6e", id, v); err != nil {
		return 0, err
	}
	var fait time.Time
	var annule *time.Time
	var eleves int
	if err := tx.QueryRow(ctx, `select fait_le, annule_le, eleves from lot_6e where id = $1`, id).Scan(&fait, &annule, &eleves); err != nil {
		return 0, fmt.Errorf("sixieme: read the act: %w", err)
	}
	switch {
	case annule != nil:
		return 0, refusal.InConflict("Ces affectations sont déjà annulées.")
	case !Annulable(fait, annule, agent.Maintenant):
		return 0, refusal.InConflict("Des affectations ne peuvent plus être annulées au-delà de 30 jours.")
	}
	tag, err := tx.Exec(ctx, annulerSQL, id)
	if err != nil {
		return 0, fmt.Errorf("sixieme: undo: %w", err)
	}
	conserves = eleves - int(tag.RowsAffected())
	tx.Queue(retablirSQL, id)
	tx.Queue(`update lot_6e set annule_le = $2, conserves = $3, version = version + 1 where id = $1`, id, agent.Maintenant, conserves)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.AnnulerSixieme, Objet: "lot_6e", ID: id})
	return conserves, nil
}

// Rouvrir lets a collège fetch again the pupils that it had acknowledged: its file was lost, or acknowledged by mistake.
func Rouvrir(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, college string) (int, error) {
	rows, err := tx.Query(ctx, `update affectation_6e set etat = 'affecte', recu_le = null, recu_par = null, version = version + 1
		where college_uai = $1 and annee = $2 and etat = 'recu' returning id`, college, int(annee))
	if err != nil {
		return 0, fmt.Errorf("sixieme: open again: %w", err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[uuid.UUID])
	if err != nil {
		return 0, fmt.Errorf("sixieme: open again: %w", err)
	}
	if len(ids) == 0 {
		return 0, refusal.InConflict("Ce collège n’a encore accusé réception d’aucun élève.")
	}
	journal.RecordAll(tx, agent, journal.RouvrirSixieme, "affectation_6e", ids, make([]string, len(ids)))
	return len(ids), nil
}
