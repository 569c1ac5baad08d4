// Package alerte tells those who answer for the data that an account reads more than its work asks for (security.md AUD-8).
// Any process counts the journal, one at a time; the service informatique and the IA look at what it finds, and say what
// came of it. An alert accuses nobody: thresholds are above a day of rentrée.
package alerte

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Genre is what is counted.
type Genre string

// The kinds.
const (
	Lecture Genre = "lecture"
	Horaire Genre = "horaire"
	Sonde   Genre = "sonde"
	INE     Genre = "ine"
	Export  Genre = "export"
)

// Regle is how much of a kind, in how long, is not usual.
type Regle struct {
	Genre Genre
	Titre string
	// Phrase is the threshold as one reads it.
	Phrase string
	Seuil  int
	Duree  time.Duration
}

// Regles are the thresholds. A directeur who enters two classes opens some sixty files in an hour; who looks for a number
// reveals one or two in a day.
var Regles = []Regle{
	{Lecture, "Beaucoup de dossiers", "plus de 100 dossiers différents en une heure", 101, time.Hour},
	{Horaire, "Lecture hors des heures", "au moins 20 dossiers différents en une heure, entre 21\u00a0h et 6\u00a0h ou un dimanche", 20, time.Hour},
	{Sonde, "Adresses hors du territoire", "au moins 5 dossiers inconnus ou hors du territoire en une heure", 5, time.Hour},
	{INE, "INE affichés", "l’INE d’au moins 5 élèves en un jour", 5, 24 * time.Hour},
	{Export, "Fichiers emportés", "au moins 10 fichiers de listes en une heure", 10, time.Hour},
}

// RegleDe is the rule of a kind.
func RegleDe(g Genre) Regle {
	for _, r := range Regles {
		if r.Genre == g {
			return r
		}
	}
	return Regle{Genre: g, Titre: string(g)}
}

// Every is how often the journal is counted.
const Every = 30 * time.Second

// Veiller counts until ctx ends.
func Veiller(ctx context.Context, db *territoire.DB, now func() time.Time, warn func(error)) {
	tick := time.NewTicker(Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if _, err := Relever(ctx, db, now()); err != nil && !errors.Is(err, context.Canceled) {
			warn(err)
		}
	}
}

// tourSQL takes the turn: another process that has it counts the same lines.
const tourSQL = `select pg_try_advisory_xact_lock(hashtextextended('alerte', 0))`

// Relever counts once, and says how many alerts are new.
func Relever(ctx context.Context, db *territoire.DB, now time.Time) (nouvelles int, err error) {
	var genres []string
	var seuils []int
	var durees []time.Duration
	for _, r := range Regles {
		genres, seuils, durees = append(genres, string(r.Genre)), append(seuils, r.Seuil), append(durees, r.Duree)
	}
	err = db.Connexion(ctx, func(tx territoire.Tx) error {
		var mine bool
		if err := tx.QueryRow(ctx, tourSQL).Scan(&mine); err != nil || !mine {
			return err
		}
		return tx.QueryRow(ctx, `select relever_alertes($1, $2, $3, $4)`, now, genres, seuils, durees).Scan(&nouvelles)
	})
	if err != nil {
		return 0, fmt.Errorf("alerte: count the journal: %w", err)
	}
	return nouvelles, nil
}

// Suite is what came of an alert.
type Suite string

// Suites are what came of it, in the order of the form.
var Suites = []struct {
	Suite   Suite
	Libelle string
}{
	{"normal", "Usage normal, vérifié"},
	{"explique", "Expliqué par la personne"},
	{"arrete", "Compte suspendu ou accès arrêté"},
	{"violation", "Violation de données, à déclarer"},
}

// Libelle is what came of it, as one reads it.
func (s Suite) Libelle() string {
	for _, k := range Suites {
		if k.Suite == s {
			return k.Libelle
		}
	}
	return ""
}

// Refusals of Traiter.
var (
	ErrSuite  = refusal.Of("suite", "Dites ce que vous avez constaté.")
	ErrSoi    = refusal.Of("suite", "Cette alerte porte sur votre compte\u00a0: une autre personne la traite.")
	errTraite = refusal.InConflict("Cette alerte est déjà traitée.")
)

// Traiter notes that somebody has looked at an alert, and what came of it. Nobody answers for himself.
func Traiter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, s Suite) error {
	if s.Libelle() == "" {
		return ErrSuite
	}
	var compte uuid.UUID
	var vue bool
	err := tx.QueryRow(ctx, `select compte_id, vue_le is not null from alerte where id = $1 for update`, id).Scan(&compte, &vue)
	switch {
	case err != nil:
		return fmt.Errorf("alerte: read %s: %w", id, err)
	case compte == agent.Compte:
		return ErrSoi
	case vue:
		return errTraite
	}
	tx.Queue(`update alerte set vue_le = $2, vue_par = $3, suite = $4 where id = $1`, id, agent.Maintenant, agent.Compte, string(s))
	journal.Record(tx, agent, journal.Ligne{Acte: journal.TraiterAlerte, Objet: "alerte", ID: id, Motif: string(s)})
	return nil
}
