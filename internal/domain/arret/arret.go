// Package arret is the emergency stop: whoever is on duty closes the register, makes it read-only, or has passwords
// chosen anew, for those whom an incident touches and nobody else. In June 2007 the access to the real system had to be
// cut for the whole country, for want of anything smaller (security.md AUT-18). The stop itself is in the base
// (the migration arret): each page of each process meets it when it opens its scope.
package arret

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgconn"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Mesure is what is done to those whom the stop is about.
type Mesure string

// The measures. The first two last until they are lifted, the third is done at once.
const (
	Fermer     Mesure = "ferme"
	Lecture    Mesure = "lecture"
	Renouveler Mesure = "renouveler"
)

// Mesures are their names, in the order of the form.
var Mesures = []Mesure{Fermer, Lecture, Renouveler}

// Label names the measure, as the list of the stops under way does.
func (m Mesure) Label() string {
	return map[Mesure]string{
		Fermer: "Accès fermé", Lecture: "Consultation seule", Renouveler: "Mots de passe à renouveler",
	}[m]
}

// Portee is whom a measure is about.
type Portee struct {
	Genre  string // 'departement', 'role', 'commune', 'circonscription'; 'nation' only from the command line
	Valeur string // the role, the INSEE code, the code of the circonscription
}

// Motifs are why a stop is set: codes, for the journal.
var Motifs = map[string]string{
	"intrusion": "Intrusion ou tentative", "comptes": "Mots de passe ou clés compromis", "donnees": "Données fausses ou perdues",
	"exercice": "Exercice", "autre": "Autre incident",
}

// DureeRenouvellement is how long one may still log in with a password that has to be changed.
const DureeRenouvellement = 7 * 24 * time.Hour

// EnCours is a stop that has not been lifted.
type EnCours struct {
	ID     uuid.UUID
	Portee string
	Valeur string
	Mode   string
	Motif  string
	PoseLe time.Time
}

const enCoursSQL = `select id, portee, valeur, mode, motif, pose_le from arret where leve_le is null order by pose_le desc, id`

// QueueEnCours reads the stops of the département of the agent, and those of the nation.
func QueueEnCours(l *territoire.Lecture, stops *[]EnCours) { territoire.Toutes(l, stops, enCoursSQL) }

// Effet is how many people a measure touches.
type Effet struct {
	Comptes  int
	Ouvertes int // sessions
}

// QueueEffet reads it.
func QueueEffet(l *territoire.Lecture, p Portee, le time.Time, effet *Effet) {
	territoire.Une(l, effet, `select comptes::int, ouvertes::int from apercu_arret($1, $2, $3)`, p.Genre, p.Valeur, le)
}

// ErrMotif refuses a stop that does not say why.
var ErrMotif = refusal.Of("motif", "Choisissez un motif.")

// Poser closes the access, or makes it read-only, until Lever.
func Poser(tx territoire.Tx, agent habilitation.Agent, m Mesure, p Portee, motif string) error {
	if Motifs[motif] == "" {
		return ErrMotif
	}
	id := uuid.New()
	tx.Queue(`insert into arret (id, departement_code, portee, valeur, mode, motif, pose_le, pose_par)
		values ($1, portee_dsden(), $2, $3, $4, $5, $6, $7)`, id, p.Genre, p.Valeur, string(m), motif, agent.Maintenant, agent.Compte)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.PoserArret, Objet: "arret", ID: id, Motif: motif})
	return nil
}

var errLeve = refusal.InConflict("Cet arrêt est déjà levé.")

// Lever ends a stop of the département: what was closed opens at the next page.
func Lever(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	tag, err := tx.Exec(ctx, `update arret set leve_le = $2, leve_par = $3 where id = $1 and leve_le is null and departement_code is not null`,
		id, agent.Maintenant, agent.Compte)
	if err != nil {
		return fmt.Errorf("arret: lift: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return errLeve
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.LeverArret, Objet: "arret", ID: id})
	return nil
}

// RenouvelerMotsDePasse has everybody concerned choose a new password at the next log-in, and ends their sessions. It
// returns how many accounts that is. The service and the IA are not concerned: they do it.
func RenouvelerMotsDePasse(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, p Portee, motif string) (comptes int, err error) {
	if Motifs[motif] == "" {
		return 0, ErrMotif
	}
	err = tx.QueryRow(ctx, `select renouveler_mots_de_passe($1, $2, $3)`, p.Genre, p.Valeur, agent.Maintenant.Add(DureeRenouvellement)).Scan(&comptes)
	if err != nil {
		return 0, fmt.Errorf("arret: renew the passwords: %w", err)
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.RenouvelerSecrets, Objet: "departement", Motif: motif})
	return comptes, nil
}

// Execer is a connection of the owner of the base.
type Execer interface {
	Exec(ctx context.Context, sql string, args ...any) (pgconn.CommandTag, error)
}

// National sets or lifts a stop of the whole nation: it closes every role, the service informatique too. Only the owner of
// the base may, from the command line.
func National(ctx context.Context, tx Execer, mode Mesure, motif string, now time.Time) error {
	if Motifs[motif] == "" {
		return ErrMotif
	}
	_, err := tx.Exec(ctx, `insert into arret (id, portee, mode, motif, pose_le) values ($1, 'nation', $2, $3, $4)`,
		uuid.New(), string(mode), motif, now)
	if err != nil {
		return fmt.Errorf("arret: stop the nation: %w", err)
	}
	return nil
}

// LeverNational lifts the stops of the nation; it returns how many there were.
func LeverNational(ctx context.Context, tx Execer, now time.Time) (int64, error) {
	tag, err := tx.Exec(ctx, `update arret set leve_le = $1 where leve_le is null and departement_code is null`, now)
	if err != nil {
		return 0, fmt.Errorf("arret: lift the stop of the nation: %w", err)
	}
	return tag.RowsAffected(), nil
}
