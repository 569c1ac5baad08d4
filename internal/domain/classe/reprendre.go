package classe

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// partie is one table of the structure of a school. A line c of the year before is had again as a line n when they are
// the same, or one the copy of the other. servie says of a line c that pupils are in it: it is not taken back.
type partie struct {
	table, meme, colonnes, servie string
}

var parties = []partie{
	{"classe", "n.libelle_court = c.libelle_court", "libelle_court, libelle_long, enseignant, salle, effectif_max",
		`exists (select from affectation where classe_id = c.id) or exists (select from scolarite where classe_id = c.id)`},
	{"groupe", "n.libelle = c.libelle", "libelle, nature, intervenant, effectif_max",
		`exists (select from groupe_eleve where groupe_id = c.id)`},
	// A school has one ULIS, whatever its name.
	{"ulis", "true", "libelle, enseignant, salle, effectif_max",
		`exists (select from beneficiaire b join annee_scolaire a on a.code = c.annee
			where b.ecole_uai = c.ecole_uai and b.dispositif = 'ulis' and b.debut between a.debut and a.fin)`},
}

func (p partie) absente() string {
	return `not exists (select from ` + p.table + ` n where n.ecole_uai = c.ecole_uai and n.annee = $1
		and (` + p.meme + ` or n.copie_de = c.id))`
}

func (p partie) copier() string {
	return `insert into ` + p.table + ` (id, ecole_uai, annee, ` + p.colonnes + `, copie_de)
		select gen_random_uuid(), ecole_uai, $1, ` + p.colonnes + `, id from ` + p.table + ` c
		where annee = $1 - 1 and ecole_uai = $2 and ` + p.absente() + ` returning id`
}

func (p partie) effacer() string {
	return `delete from ` + p.table + ` c where annee = $1 and ecole_uai = $2 and copie_de is not null and version = 1
		and not (` + p.servie + `) returning id`
}

// Structure counts the parts of the structure of a school.
type Structure struct{ Classes, Groupes, ULIS int }

// Vide tells that there is none of them.
func (s Structure) Vide() bool { return s == Structure{} }

// RepriseSQL counts what the year before $1 has and the year does not have yet.
var RepriseSQL = func() string {
	counts := make([]string, len(parties))
	for i, p := range parties {
		counts[i] = `(select count(*) from ` + p.table + ` c where annee = $1 - 1 and ` + p.absente() + `)`
	}
	return `select ` + counts[0] + ` as classes, ` + counts[1] + ` as groupes, ` + counts[2] + ` as ulis`
}()

// suivreSQL copies what hangs from a class: its niveaux, its other teachers.
const suivreSQL = `
	with copie as (select id, ecole_uai, copie_de from classe where id = any ($1)),
	enseignants as (
		insert into classe_enseignant (classe_id, rang, ecole_uai, nom, service, jours)
		select k.id, e.rang, k.ecole_uai, e.nom, e.service, e.jours from copie k join classe_enseignant e on e.classe_id = k.copie_de)
	insert into classe_niveau (classe_id, ecole_uai, niveau)
	select k.id, k.ecole_uai, n.niveau from copie k join classe_niveau n on n.classe_id = k.copie_de`

// Reprendre opens in a year the classes, the groups and the ULIS of the year before, as they are now, but for those it
// has already (domain.md §5.4). It may be done at any time, and again. No pupil is copied.
func Reprendre(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee) (Structure, error) {
	// The school's own lock: two people who copy at once make one copy.
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, $2))`, agent.Ecole, int64(annee)); err != nil {
		return Structure{}, fmt.Errorf("classe: lock the year: %w", err)
	}
	s, classes, err := faire(ctx, tx, agent, annee, journal.Creer, partie.copier)
	if err != nil {
		return s, err
	}
	if s.Vide() {
		return s, refusal.InConflict("Toutes les classes et tous les groupes de " + (annee - 1).Libelle() + " sont déjà repris.")
	}
	if _, err := tx.Exec(ctx, suivreSQL, classes); err != nil {
		return s, fmt.Errorf("classe: copy what hangs from the classes: %w", err)
	}
	return s, nil
}

// AnnulerReprise takes the copies away, but for those changed since or in which there are pupils.
func AnnulerReprise(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee) (Structure, error) {
	s, _, err := faire(ctx, tx, agent, annee, journal.Supprimer, partie.effacer)
	if err == nil && s.Vide() {
		err = refusal.InConflict("Ce qui a été repris est modifié ou reçoit des élèves\u00a0: supprimez-le ligne à ligne.")
	}
	return s, err
}

// faite is a line copied or taken away.
type faite struct{ ID uuid.UUID }

// faire does an act to each part of the structure, and counts; it returns the classes of which it was done.
func faire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee, acte journal.Acte,
	sql func(partie) string,
) (s Structure, classes []uuid.UUID, err error) {
	for i, n := range []*int{&s.Classes, &s.Groupes, &s.ULIS} {
		faites, err := territoire.Lignes[faite](ctx, tx, sql(parties[i]), int(annee), agent.Ecole)
		if err != nil {
			return s, nil, explain(err)
		}
		ids, ecoles := make([]uuid.UUID, len(faites)), make([]string, len(faites))
		for j, f := range faites {
			ids[j], ecoles[j] = f.ID, agent.Ecole
		}
		if *n = len(faites); *n > 0 {
			journal.RecordAll(tx, agent, acte, parties[i].table, ids, ecoles)
		}
		if i == 0 {
			classes = ids
		}
	}
	return s, classes, nil
}
