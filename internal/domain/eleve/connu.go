package eleve

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/territoire"
)

// Connu is what anyone who registers a child may know of one whom the register has already: that he exists, where, in
// which state (domain.md §1.4). His file stays closed to those of other territories.
type Connu struct {
	EleveID       uuid.UUID
	NomFamille    string
	Prenom        string
	Sexe          Sexe
	DateNaissance time.Time
	Ecole         string // its name, "" when no school has him
	Commune       string // of that school, or of the mairie that inscribes him
	Etat          string // of his last scolarité, "inscrit" before any
}

const connusSQL = `
	select eleve_id, nom_famille, prenom, sexe, date_naissance, ecole, commune, etat
	from chercher_ailleurs($1, $2, $3)`

// QueueConnus looks for a child everywhere, by his whole name and date of birth, and leaves the line that says so.
func QueueConnus(l *territoire.Lecture, agent habilitation.Agent, dst *[]Connu, nom, prenom string, naissance time.Time) {
	journal.Queue(l, agent, journal.Ligne{Acte: journal.ChercherAilleurs, Objet: "eleve"})
	territoire.Toutes(l, dst, connusSQL, nom, prenom, naissance)
}

// connuSQL takes the child from everywhere by his whole name and date of birth, or else from the territory.
const connuSQL = `
	select eleve_id, nom_famille, prenom, sexe, date_naissance, ecole, commune, etat
	from (
		select 1 as rang, connu.* from (` + connusSQL + `) connu where eleve_id = $4
		union all
		select 2, e.id, e.nom_famille, e.prenom, e.sexe, e.date_naissance, coalesce(ec.nom, ''), coalesce(c.nom, ''),
			coalesce((select s.etat from scolarite s where s.eleve_id = e.id and s.etat <> 'annulee'
				order by s.annee desc, s.date_effet desc limit 1), 'inscrit')
		from eleve e left join ecole ec on ec.uai = e.ecole_uai left join commune c on c.insee = e.mairie_insee
		where e.id = $4) connu
	order by rang limit 1`

// QueueConnu reads one known child, for a form about him: an identifier alone does not open what lies outside the
// territory, his name and date of birth must come with it.
func QueueConnu(l *territoire.Lecture, agent habilitation.Agent, dst *Connu, id uuid.UUID, nom, prenom string, naissance time.Time) {
	journal.Queue(l, agent, journal.Ligne{Acte: journal.ChercherAilleurs, Objet: "eleve"})
	territoire.Une(l, dst, connuSQL, nom, prenom, naissance, id)
}

// FindConnu is QueueConnu within an act, which leaves its own line.
func FindConnu(ctx context.Context, tx territoire.Tx, id uuid.UUID, nom, prenom string, naissance time.Time) (Connu, error) {
	c, err := territoire.Ligne[Connu](ctx, tx, connuSQL, nom, prenom, naissance, id)
	if err != nil && !territoire.Introuvable(err) {
		return c, fmt.Errorf("eleve: find a known child: %w", err)
	}
	return c, err
}

// Identiques are the children who already bear this name, were born on that day and are of the same sexe: almost
// always the same child. Whoever enters the same child at the same time waits here, and then finds him.
func Identiques(ctx context.Context, tx territoire.Tx, i Identite) ([]Connu, error) {
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended(cle_nom($1 || ' ' || $2) || $3::date, 0))`,
		i.NomFamille, i.Prenom, i.DateNaissance); err != nil {
		return nil, fmt.Errorf("eleve: wait for one's turn: %w", err)
	}
	list, err := territoire.Lignes[Connu](ctx, tx, connusSQL+` where sexe = $4`, i.NomFamille, i.Prenom, i.DateNaissance, i.Sexe)
	if err != nil {
		return nil, fmt.Errorf("eleve: look for the same child: %w", err)
	}
	return list, nil
}
