package journal

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// UneParListe keeps, of the lines of a list that left, the one that says which list it is: who reads what he did reads it once.
const UneParListe = `not (acte in ('exporter', 'extraire') and objet = 'eleve')`

// emporterSQL takes the school from the pupil, and is that of the agent for one whose file another school holds.
const emporterSQL = `
	insert into journal (le, compte_id, habilitation_id, role, acte, objet, objet_id, ecole_uai)
	select $1, $2, $3, $4, $5, 'eleve', n.id, coalesce(e.ecole_uai, nullif($7, ''))
	from (select distinct unnest($6::uuid[]) as id) n left join eleve e on e.id = n.id`

// Emporter writes, before a file leaves, one line for each pupil whom it names, beside the one that says which list it is:
// the families told of a breach are all of them (LAW-13). It costs a round trip, however many they are.
func Emporter(ctx context.Context, db *territoire.DB, agent habilitation.Agent, acte Acte, eleves []uuid.UUID) error {
	if len(eleves) == 0 {
		return nil
	}
	err := db.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		l.Exec(emporterSQL, agent.Maintenant, agent.Compte, agent.Habilitation, string(agent.Role), string(acte), eleves, agent.Ecole)
	})
	if err != nil {
		return fmt.Errorf("journal: note the pupils of a file: %w", err)
	}
	return nil
}
