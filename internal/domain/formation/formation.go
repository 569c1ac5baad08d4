// Package formation is the training of those who begin: mairies that join, directors before their first rentrée. A session
// is planned, people are called to it, and the day after one says who came. The pages of /formations come here.
package formation

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Public is for whom a session is.
type Public string

// The publics.
const (
	Directions Public = "directions"
	Mairies    Public = "mairies"
	Tous       Public = "tous"
)

// Publics lists them.
var Publics = []Public{Directions, Mairies, Tous}

// Label is the public as one reads it.
func (p Public) Label() string {
	return map[Public]string{Directions: "Directions d’école", Mairies: "Mairies", Tous: "Directions et mairies"}[p]
}

// Roles are the roles of those whom the public has.
func (p Public) Roles() []string {
	roles := map[Public][]string{
		Directions: {string(habilitation.Directeur)}, Mairies: {string(habilitation.Mairie)},
	}[p]
	if roles == nil {
		roles = []string{string(habilitation.Directeur), string(habilitation.Mairie)}
	}
	return roles
}

// Presence is where one called to a session stands.
type Presence string

// The presences.
const (
	Convoque Presence = "convoque"
	Present  Presence = "present"
	Absent   Presence = "absent"
)

// Label is the presence as one reads it.
func (p Presence) Label() string {
	return map[Presence]string{Convoque: "Convoqué", Present: "Présent", Absent: "Absent"}[p]
}

// Seance is a session as it is planned.
type Seance struct {
	ID      uuid.UUID
	Jour    time.Time
	Heure   string // « 14h00 »
	Lieu    string
	Public  Public
	Places  int
	Version int
}

// PlacesMax bounds a room.
const PlacesMax = 500

var formeHeure = regexp.MustCompile(`^([01]?[0-9]|2[0-3])\s*[h:]\s*([0-5][0-9])?$`)

// Heure reads an hour: 9h, 9:30, 14 h 00.
func Heure(s string) (string, error) {
	m := formeHeure.FindStringSubmatch(strings.ToLower(strings.ReplaceAll(s, "\u00a0", " ")))
	if m == nil {
		return "", refusal.Of("heure", "Écrivez l’heure comme 14h ou 9h30.")
	}
	return fmt.Sprintf("%02s", m[1]) + "h" + (m[2] + "00")[:2], nil
}

// Debut is the hour as one reads it: 14 h, 9 h 30, with spaces that do not break.
func (s Seance) Debut() string {
	h, m, _ := strings.Cut(s.Heure, "h")
	return strings.TrimSuffix(strings.TrimPrefix(h, "0")+"\u00a0h\u00a0"+m, "\u00a000")
}

// Juger tells all that is wrong in a session.
func (s Seance) Juger(today time.Time) error {
	var refus refusal.List
	if s.Jour.Before(today) {
		refus.Add("jour", "Une formation se planifie pour aujourd’hui ou plus tard.")
	}
	if !slices.Contains(Publics, s.Public) {
		refus.Add("public", "Choisissez pour qui.")
	}
	if s.Lieu == "" || len([]rune(s.Lieu)) > 100 {
		refus.Add("lieu", "Indiquez le lieu, en cent caractères au plus.")
	}
	if s.Places < 1 || s.Places > PlacesMax {
		refus.Add("places", "Indiquez le nombre de places, de 1 à 500.")
	}
	return refus.Err()
}

// Planifier plans a session, or changes one to come: it cannot have fewer places than people called.
func Planifier(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, s Seance) (uuid.UUID, error) {
	if err := s.Juger(agent.Aujourdhui()); err != nil {
		return uuid.Nil, err
	}
	if s.ID == uuid.Nil {
		s.ID = uuid.New()
		tx.Queue(`insert into formation (id, departement_code, jour, heure, lieu, public, places, cree_par, cree_le)
			values ($1, portee_dsden(), $2, $3, $4, $5, $6, $7, $8)`, s.ID, s.Jour, s.Heure, s.Lieu, string(s.Public), s.Places, agent.Compte, agent.Maintenant)
		journal.Record(tx, agent, journal.Ligne{Acte: journal.PlanifierFormation, Objet: "formation", ID: s.ID})
		return s.ID, nil
	}
	t, err := tenir(ctx, tx, s.ID, s.Version)
	switch {
	case err != nil:
		return s.ID, err
	case t.Jour.Before(agent.Aujourdhui()):
		return s.ID, refusal.InConflict("Cette formation a eu lieu\u00a0: elle ne change plus.")
	case t.Inscrits > s.Places:
		return s.ID, refusal.Of("places", "Il y a déjà plus de personnes convoquées que de places.")
	}
	tx.Queue(`update formation set jour = $2, heure = $3, lieu = $4, public = $5, places = $6, version = version + 1 where id = $1`,
		s.ID, s.Jour, s.Heure, s.Lieu, string(s.Public), s.Places)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.PlanifierFormation, Objet: "formation", ID: s.ID})
	return s.ID, nil
}

// tenue is a session, held until the act is done.
type tenue struct {
	Jour     time.Time
	Places   int
	Annulee  bool
	Inscrits int
}

func tenir(ctx context.Context, tx territoire.Tx, id uuid.UUID, seen int) (t tenue, err error) {
	if err := version.Lock(ctx, tx, "formation", id, seen); err != nil {
		return t, err
	}
	t, err = territoire.Ligne[tenue](ctx, tx, `select jour, places, annulee_le is not null as annulee,
		(select count(*)::int from formation_inscrit where formation_id = id) as inscrits from formation where id = $1`, id)
	if err == nil && t.Annulee {
		err = refusal.InConflict("Cette formation est annulée.")
	}
	return t, err
}

// Annuler cancels a session to come; those called to it may be called to another.
func Annuler(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, seen int) error {
	t, err := tenir(ctx, tx, id, seen)
	if err != nil {
		return err
	}
	if t.Jour.Before(agent.Aujourdhui()) {
		return refusal.InConflict("Cette formation a eu lieu\u00a0: elle ne s’annule plus.")
	}
	tx.Queue(`update formation set annulee_le = $2, version = version + 1 where id = $1`, id, agent.Maintenant)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.AnnulerFormation, Objet: "formation", ID: id})
	return nil
}

// Convoquer calls people to a session, as far as it has places. One who is called already stays so.
func Convoquer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, comptes []uuid.UUID) error {
	t, err := tenir(ctx, tx, id, 0)
	if err != nil {
		return err
	}
	if t.Jour.Before(agent.Aujourdhui()) {
		return refusal.InConflict("Cette formation a eu lieu\u00a0: convoquez à une autre.")
	}
	tag, err := tx.Exec(ctx, `insert into formation_inscrit (formation_id, compte_id)
		select $1, c.id from compte c where c.id = any ($2) and c.actif on conflict do nothing`, id, comptes)
	if err != nil {
		return fmt.Errorf("formation: call: %w", err)
	}
	if t.Inscrits+int(tag.RowsAffected()) > t.Places {
		return refusal.InConflict("Il n’y a pas assez de places\u00a0: ajoutez-en, ou planifiez une autre formation.")
	}
	journal.Record(tx, agent, journal.Ligne{Acte: journal.ConvoquerFormation, Objet: "formation", ID: id})
	return nil
}

// Decommander takes people off a session that has not taken place.
func Decommander(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, comptes []uuid.UUID) error {
	t, err := tenir(ctx, tx, id, 0)
	if err != nil {
		return err
	}
	if t.Jour.Before(agent.Aujourdhui()) {
		return refusal.InConflict("Cette formation a eu lieu\u00a0: notez plutôt les absents.")
	}
	return inscrits(ctx, tx, agent, journal.ConvoquerFormation, id, comptes, `delete from formation_inscrit where formation_id = $1 and compte_id = any ($2)`)
}

// Noter says of people called whether they came, from the day of the session on; it may be corrected.
func Noter(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, comptes []uuid.UUID, p Presence) error {
	t, err := tenir(ctx, tx, id, 0)
	if err != nil {
		return err
	}
	if t.Jour.After(agent.Aujourdhui()) {
		return refusal.InConflict("Cette formation n’a pas encore eu lieu.")
	}
	return inscrits(ctx, tx, agent, journal.NoterPresence, id, comptes, `update formation_inscrit set etat = $3 where formation_id = $1 and compte_id = any ($2)`, string(p))
}

// inscrits writes the lines of people called: all of them, or none.
func inscrits(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID, comptes []uuid.UUID, sql string, args ...any) error {
	tag, err := tx.Exec(ctx, sql, append([]any{id, comptes}, args...)...)
	switch {
	case err != nil:
		return fmt.Errorf("formation: %s: %w", acte, err)
	case int(tag.RowsAffected()) != len(comptes):
		return refusal.InConflict("Une de ces personnes n’est plus convoquée\u00a0: relisez la liste.")
	}
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "formation", ID: id})
	return nil
}
