// Package rentree prepares the year that comes (domain.md §2.5): those who stay get their scolarité of the next year from
// what was decided, in one act that is undone as one. Nobody is struck off for want of a decision: he is to be seen to.
package rentree

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Sort is what the next year is for a pupil of this one.
type Sort string

// The sorts, in the order in which one looks at them.
const (
	ARegulariser Sort = "a_regulariser" // nothing is decided yet
	Reste        Sort = "reste"         // his scolarité will be opened
	Quitte       Sort = "quitte"        // to be struck off, for another school or the collège
	Prepare      Sort = "prepare"       // his scolarité is open already
)

// Sorts lists them.
var Sorts = []Sort{ARegulariser, Reste, Quitte, Prepare}

// Label is the sort as its users name it.
func (s Sort) Label() string {
	return map[Sort]string{
		ARegulariser: "À régulariser", Reste: "Restent", Quitte: "Quittent l’école", Prepare: "Déjà préparés",
	}[s]
}

// SortSQL is the sort of a scolarité s of the year that ends, whose passage is p.
const SortSQL = `case
	when exists (select from scolarite n where n.eleve_id = s.eleve_id and n.ecole_uai = s.ecole_uai and n.annee = s.annee + 1
		and n.etat in ('admissible', 'admis_accepte', 'admis_definitif')) then 'prepare'
	when s.date_radiation is not null then 'quitte'
	when p.etat is null or p.etat not in ('decide', 'confirme') then 'a_regulariser'
	when p.quittant then 'quitte'
	else 'reste' end`

// preparerSQL opens the scolarités of those who stay, in the year after $1 of the school $2.
const preparerSQL = `
	with reste as (
		select s.id, s.eleve_id, p.niveau_suivant from scolarite s join passage p on p.scolarite_id = s.id
		where s.annee = $1 and s.ecole_uai = $2 and s.etat = 'admis_definitif' and (` + SortSQL + `) = 'reste'
		for update of s, p),
	suite as (
		insert into scolarite (id, eleve_id, ecole_uai, annee, fin_annee, etat, niveau, date_effet)
		select gen_random_uuid(), eleve_id, $2, $1 + 1, $3, 'admis_accepte', niveau_suivant, $4 from reste
		returning id, eleve_id),
	suivi as (
		update passage p set suite_id = suite.id, suivie_le = $5, version = p.version + 1
		from reste join suite using (eleve_id) where p.scolarite_id = reste.id)
	insert into rentree_ligne (rentree_id, scolarite_id, suite_id, ecole_uai)
	select $6, reste.id, suite.id, $2 from reste join suite using (eleve_id)
	returning scolarite_id as id`

// ouverte is a pupil whose next year is open.
type ouverte struct{ ID uuid.UUID }

// Preparer opens the next year, from the day of its rentrée on, for those of the school who stay. It may be done again
// for those decided since.
func Preparer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee) (id uuid.UUID, n int, err error) {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, $2))`, agent.Ecole, int64(annee)); err != nil {
		return id, 0, fmt.Errorf("rentree: lock the school: %w", err)
	}
	id = uuid.New()
	suivante := annee + 1
	tx.Queue(`insert into rentree (id, ecole_uai, annee, faite_le, compte_id) values ($1, $2, $3, $4, $5)`,
		id, agent.Ecole, int(suivante), agent.Maintenant, agent.Compte)
	list, err := territoire.Lignes[ouverte](ctx, tx, preparerSQL, int(annee), agent.Ecole, suivante.Fin(), suivante.Rentree(),
		agent.Maintenant, id)
	if err != nil {
		return id, 0, fmt.Errorf("rentree: open the scolarités: %w", err)
	}
	if len(list) == 0 {
		return id, 0, refusal.InConflict("Aucun élève n’attend que son année prochaine soit préparée.")
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.PreparerRentree, Objet: "rentree", ID: id, Ecole: agent.Ecole})
	return id, len(list), nil
}

// delai is how long a preparation can be undone (design.md §4).
const delai = 30 * 24 * time.Hour

// Annulable tells whether a preparation can still be undone.
func Annulable(faite time.Time, annulee *time.Time, now time.Time) bool {
	return annulee == nil && now.Sub(faite) < delai
}

// Annuler takes a preparation back, but for the pupils on whom somebody has worked since; it says how many these are.
func Annuler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, v int) (laissees int, err error) {
	if err := version.Lock(ctx, tx, "rentree", id, v); err != nil {
		return 0, err
	}
	var faite time.Time
	var annulee *time.Time
	if err := tx.QueryRow(ctx, `select faite_le, annulee_le from rentree where id = $1`, id).Scan(&faite, &annulee); err != nil {
		return 0, fmt.Errorf("rentree: read the preparation: %w", err)
	}
	switch {
	case annulee != nil:
		return 0, refusal.InConflict("Cette préparation est déjà annulée.")
	case !Annulable(faite, annulee, agent.Maintenant):
		return 0, refusal.InConflict("Une préparation ne peut plus être annulée au-delà de 30 jours.")
	}
	tx.Queue(`update rentree set annulee_le = $2, version = version + 1 where id = $1`, id, agent.Maintenant)
	if err := tx.QueryRow(ctx, `select defaire_rentree($1)`, id).Scan(&laissees); err != nil {
		return 0, fmt.Errorf("rentree: undo: %w", err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.AnnulerRentree, Objet: "rentree", ID: id, Ecole: agent.Ecole})
	return laissees, nil
}

// Pourquoi says in a few words why a pupil has his sort.
func Pourquoi(s Sort, p passage.Passage) string {
	switch {
	case s == Prepare:
		return "Sa scolarité de l’an prochain est ouverte"
	case s != ARegulariser:
		return p.Choix().Libelle()
	case p.Version == 0:
		return "Aucune proposition"
	}
	return p.Etat.Label() + ", pas encore décidé"
}
