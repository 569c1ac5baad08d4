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

// RepriseSQL counts the classes of the year before $1 that the year does not have yet.
const RepriseSQL = `select count(*) from classe c where annee = $1 - 1 and ` + absenteSQL

// absenteSQL: a class is had again under its name, or under another since it was copied.
const absenteSQL = `not exists (select from classe n where n.ecole_uai = c.ecole_uai and n.annee = $1
	and (n.libelle_court = c.libelle_court or n.copie_de = c.id))`

const copierSQL = `
	with copie as (
		insert into classe (id, ecole_uai, annee, libelle_court, libelle_long, enseignant, salle, effectif_max, copie_de)
		select gen_random_uuid(), ecole_uai, $1, libelle_court, libelle_long, enseignant, salle, effectif_max, id
		from classe c where annee = $1 - 1 and ecole_uai = $2 and ` + absenteSQL + `
		returning id, ecole_uai, copie_de),
	niveaux as (
		insert into classe_niveau (classe_id, ecole_uai, niveau)
		select k.id, k.ecole_uai, n.niveau from copie k join classe_niveau n on n.classe_id = k.copie_de)
	select id from copie`

// Reprendre opens in a year the classes of the year before, as they are now, but for those it has already (domain.md
// §5.4). It may be done at any time, and again.
func Reprendre(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee) (int, error) {
	// The school's own lock: two people who copy at once make one copy.
	if _, err := tx.Exec(ctx, `select pg_advisory_xact_lock(hashtextextended($1, $2))`, agent.Ecole, int64(annee)); err != nil {
		return 0, fmt.Errorf("classe: lock the year: %w", err)
	}
	faites, err := territoire.Lignes[faite](ctx, tx, copierSQL, int(annee), agent.Ecole)
	if err != nil {
		return 0, explain(err)
	}
	if len(faites) == 0 {
		return 0, refusal.InConflict("Toutes les classes de " + (annee - 1).Libelle() + " sont déjà reprises.")
	}
	noter(tx, agent, journal.Creer, faites)
	return len(faites), nil
}

const effacerSQL = `
	delete from classe c where annee = $1 and ecole_uai = $2 and copie_de is not null and version = 1
		and not exists (select from affectation where classe_id = c.id)
		and not exists (select from scolarite where classe_id = c.id)
	returning id`

// AnnulerReprise takes the copies away, but for those changed since or in which pupils are placed.
func AnnulerReprise(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, annee ecole.Annee) (int, error) {
	faites, err := territoire.Lignes[faite](ctx, tx, effacerSQL, int(annee), agent.Ecole)
	if err != nil {
		return 0, explain(err)
	}
	if len(faites) == 0 {
		return 0, refusal.InConflict("Les classes reprises ont été modifiées ou reçoivent des élèves\u00a0: supprimez-les une à une.")
	}
	noter(tx, agent, journal.Supprimer, faites)
	return len(faites), nil
}

// faite is a class copied or taken away.
type faite struct{ ID uuid.UUID }

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, faites []faite) {
	ids, ecoles := make([]uuid.UUID, len(faites)), make([]string, len(faites))
	for i, f := range faites {
		ids[i], ecoles[i] = f.ID, agent.Ecole
	}
	journal.RecordAll(tx, agent, acte, "classe", ids, ecoles)
}
