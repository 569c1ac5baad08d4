package inscription

import (
	"context"
	"fmt"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Saisies are who enters a new pupil of a public school first; a private school always may.
var Saisies = []Valeur{
	{"les_deux", "La mairie ou l’école\u00a0: l’école peut admettre un enfant que la mairie n’a pas inscrit"},
	{"mairie", "La mairie seule\u00a0: l’école admet les enfants que la mairie a inscrits"},
}

// Vues are what the mairie knows of the pupils of its schools (design.md §2.4), by whether it is strict.
var Vues = []Valeur{
	{"false", "Leur dossier, sans l’INE\u00a0: identité, adresse, responsables, scolarité, périscolaire"},
	{"true", "L’état civil, l’inscription et le périscolaire, rien d’autre"},
}

// Reglage is what the IA has decided for a commune.
type Reglage struct {
	Insee   string
	Nom     string
	Version int
	Stricte bool
	Saisie  string
}

// SQLReglage reads the settings of a commune that has a school in the territory.
const SQLReglage = `select insee, nom, version, mairie_stricte as stricte, saisie from commune c
	where insee = $1 and exists (select from ecole e where e.commune_insee = c.insee and e.uai = any (portee_ecoles()))`

// Regler records the settings of a commune of the département.
func Regler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, want Reglage) error {
	if !Connu(Saisies, want.Saisie) {
		return refusal.Of("saisie", "Choisissez qui saisit d’abord.")
	}
	now, err := territoire.Ligne[Reglage](ctx, tx, SQLReglage, want.Insee)
	if err != nil {
		return fmt.Errorf("inscription: read the settings of a commune: %w", err)
	}
	if now.Version != want.Version {
		return refusal.Outdated()
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.ReglerCommune, Objet: "commune", Motif: want.Insee})
	if _, err := tx.Exec(ctx, `select regler_commune($1, $2, $3)`, want.Insee, want.Stricte, want.Saisie); err != nil {
		return fmt.Errorf("inscription: set a commune: %w", err)
	}
	return nil
}
