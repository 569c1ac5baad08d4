package election

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/version"
	"base-eleves/internal/territoire"
)

// Nature is what a request about the list of voters asks: it is said by who is asked about, on the list or not.
type Nature string

// The natures.
const (
	Ajout   Nature = "ajout"
	Retrait Nature = "retrait"
)

// Natures lists them.
var Natures = []Nature{Ajout, Retrait}

// Label is the nature as its users name it.
func (n Nature) Label() string { return map[Nature]string{Ajout: "Ajout", Retrait: "Retrait"}[n] }

// Motifs are the reasons for each nature; none is free text.
var Motifs = map[Nature][]inscription.Valeur{
	Ajout: {
		{Code: "autorite", Label: "Exerce l’autorité parentale"}, {Code: "arrivee", Label: "Enfant admis depuis"}, {Code: "oubli", Label: "Oublié de la liste"},
	},
	Retrait: {
		{Code: "sans_autorite", Label: "N’exerce pas l’autorité parentale"}, {Code: "depart", Label: "N’a plus d’enfant dans l’école"},
		{Code: "doublon", Label: "Inscrit deux fois"}, {Code: "tiers", Label: "Un tiers exerce à sa place"}, {Code: "deces", Label: "Décédé"},
	},
}

// Decisions are what the bureau des élections may decide.
var Decisions = []inscription.Valeur{{Code: "acceptee", Label: "Acceptée"}, {Code: "rejetee", Label: "Rejetée"}}

// Reclamation is a request to be put on the list of voters, or to take somebody off it.
type Reclamation struct {
	Responsable uuid.UUID
	Motif       string
	RecueLe     time.Time
}

// Valider says what is missing or wrong in a request of that nature, about a list fixed on a day.
func (r Reclamation) Valider(n Nature, arretee, today time.Time) error {
	var l refusal.List
	if !inscription.Connu(Motifs[n], r.Motif) {
		l.Add("motif", map[Nature]string{
			Ajout:   "Cette personne n’est pas sur la liste\u00a0: choisissez un motif d’ajout.",
			Retrait: "Cette personne est sur la liste\u00a0: choisissez un motif de retrait.",
		}[n])
	}
	validerJour(&l, "recue_le", r.RecueLe, arretee, today)
	return l.Err()
}

// validerJour refuses a day that is missing, in the future or before what it follows.
func validerJour(l *refusal.List, field string, le, depuis, today time.Time) {
	switch {
	case le.IsZero():
		l.Add(field, "Indiquez la date.")
	case le.After(today):
		l.Add(field, "Cette date est dans l’avenir.")
	case le.Before(depuis):
		l.Add(field, "Cette date ne peut pas précéder le "+date.Long(depuis)+".")
	}
}

const surLaListeSQL = `
	select civilite, nom_famille, nom_usage, prenom, organisme from electeur
	where election_id = $1 and responsable_id = $2 and retire_le is null`

// PresentsSQL are the persons responsible for a pupil of the school of an election ($1) who is there, and who do not vote.
const PresentsSQL = `
	select r.id, r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme from responsable r
	where r.nature = 'personne' and exists (select from election x join scolarite s on s.ecole_uai = x.ecole_uai and s.annee = x.annee
			join lien_responsable l on l.eleve_id = s.eleve_id
			where x.id = $1 and s.etat = 'admis_definitif' and l.responsable_id = r.id)
		and not exists (select from electeur t where t.election_id = $1 and t.responsable_id = r.id and t.retire_le is null)`

// Reclamer notes a request, for the bureau des élections to decide.
func Reclamer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, r Reclamation) (uuid.UUID, error) {
	e, err := enCours(ctx, tx, id, 0)
	if err != nil {
		return uuid.Nil, err
	}
	nature := Retrait
	who, err := territoire.Ligne[Personne](ctx, tx, surLaListeSQL, id, r.Responsable)
	if errors.Is(err, pgx.ErrNoRows) {
		nature = Ajout
		who, err = territoire.Ligne[Personne](ctx, tx,
			`select civilite, nom_famille, nom_usage, prenom, organisme from (`+PresentsSQL+`) r where r.id = $2`, id, r.Responsable)
	}
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return uuid.Nil, refusal.Of("responsable_id", "Choisissez une personne de la liste, ou responsable d’un élève présent.")
	case err != nil:
		return uuid.Nil, fmt.Errorf("election: read who asks: %w", err)
	}
	if err := r.Valider(nature, *e.ArreteeLe, agent.Aujourdhui()); err != nil {
		return uuid.Nil, err
	}
	demande := uuid.New()
	_, err = tx.Exec(ctx, `insert into reclamation (id, election_id, ecole_uai, nature, responsable_id, nom, motif, recue_le)
		values ($1, $2, $3, $4, $5, $6, $7, $8)`, demande, id, e.EcoleUAI, nature, r.Responsable, who.Complet(), r.Motif, r.RecueLe)
	if err != nil {
		return uuid.Nil, fmt.Errorf("election: note a request: %w", err)
	}
	noter(tx, agent, journal.Reclamer, id)
	return demande, nil
}

// enCours locks an election whose list is fixed and whose results are not proclaimed.
func enCours(ctx context.Context, tx territoire.Tx, id uuid.UUID, v int) (ligne, error) {
	e, err := verrouiller(ctx, tx, id, v)
	switch {
	case err != nil:
		return e, err
	case e.ArreteeLe == nil:
		return e, refusal.InConflict("Arrêtez d’abord la liste électorale.")
	case e.ProclameeLe != nil:
		return e, refusal.InConflict("Les résultats sont proclamés\u00a0: rien ne change plus.")
	}
	return e, nil
}

// Statuer records what the bureau decided of a request, and changes the list when it accepted.
func Statuer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, demande uuid.UUID, v int, decision string, le time.Time) error {
	d, err := territoire.Ligne[struct {
		Version       int
		ElectionID    uuid.UUID
		Nature        Nature
		ResponsableID uuid.UUID
		RecueLe       time.Time
		Decision      string
	}](ctx, tx, `select version, election_id, nature, responsable_id, recue_le, decision from reclamation where id = $1 for update`, demande)
	if err := version.Check(err, "reclamation", v, d.Version); err != nil {
		return err
	}
	if d.Decision != "" {
		return refusal.InConflict("Le bureau a déjà décidé de cette demande.")
	}
	if _, err := enCours(ctx, tx, d.ElectionID, 0); err != nil {
		return err
	}
	var l refusal.List
	if !inscription.Connu(Decisions, decision) {
		l.Add("decision", "Choisissez ce que le bureau a décidé.")
	}
	validerJour(&l, "decidee_le", le, d.RecueLe, agent.Aujourdhui())
	if err := l.Err(); err != nil {
		return err
	}
	tx.Queue(`update reclamation set decision = $2, decidee_le = $3, version = version + 1 where id = $1`, demande, decision, le)
	if decision == "acceptee" {
		if err := corriger(ctx, tx, d.ElectionID, d.ResponsableID, d.Nature, le); err != nil {
			return err
		}
	}
	noter(tx, agent, journal.Statuer, d.ElectionID)
	return nil
}

// ajouterSQL puts a person at the end of the numbers, or back at his own.
const ajouterSQL = `
	insert into electeur (id, election_id, ecole_uai, responsable_id, numero, civilite, nom_famille, nom_usage, prenom, organisme, tiers, ajoute_le)
	select gen_random_uuid(), x.id, x.ecole_uai, r.id, (select max(numero) + 1 from electeur t where t.election_id = x.id),
		r.civilite, r.nom_famille, r.nom_usage, r.prenom, r.organisme,
		not exists (select from lien_responsable l where l.responsable_id = r.id and l.lien in ('mere', 'pere')), $3
	from election x, responsable r where x.id = $1 and r.id = $2
	on conflict (election_id, responsable_id) do update set retire_le = null, ajoute_le = excluded.ajoute_le`

// retirerSQL takes a voter off the list; one who is a candidate stays until he is none.
const retirerSQL = `
	update electeur t set retire_le = $3
	where election_id = $1 and responsable_id = $2 and not exists (select from candidat c where c.electeur_id = t.id)`

// corriger changes the list as the bureau decided.
func corriger(ctx context.Context, tx territoire.Tx, election, responsable uuid.UUID, n Nature, le time.Time) error {
	sql := map[Nature]string{Ajout: ajouterSQL, Retrait: retirerSQL}[n]
	tag, err := tx.Exec(ctx, sql, election, responsable, le)
	switch {
	case err != nil:
		return fmt.Errorf("election: correct the list: %w", err)
	case tag.RowsAffected() == 0 && n == Retrait:
		return refusal.InConflict("Cette personne est candidate\u00a0: retirez-la d’abord de sa liste de candidats.")
	case tag.RowsAffected() == 0:
		return refusal.InConflict("Cette personne n’est plus responsable d’un élève de l’école.")
	}
	tx.Queue(`update election set inscrits = (select count(*) from electeur where election_id = $1 and retire_le is null),
		version = version + 1 where id = $1`, election)
	return nil
}
