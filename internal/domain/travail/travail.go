// Package travail is the file that takes too long to wait for, or that two persons answer for. A page asks for it; the
// server makes it beside the pages, under the scope of who asked; he leaves, comes back, and takes it within the day.
// What is kept of it is sealed, and erased when the day is over.
package travail

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Seuil is how many pupils a page still waits for: beyond, a file is made beside the pages.
const Seuil = 2000

// How long each thing is kept: a file that is ready, a request that a second person has not answered, the trace of both.
const (
	GardeFichier = 24 * time.Hour
	gardeDemande = 7 * 24 * time.Hour
)

// parCompte is how many files of one account may be under way at once.
const parCompte = 5

var errTrop = refusal.InConflict("Cinq fichiers sont déjà en préparation\u00a0: attendez, ou abandonnez-en un.")

// Nature is what kind of file is made.
type Nature string

// The natures.
const (
	Extraction Nature = "extraction" // a spreadsheet of names
	ENT        Nature = "ent"        // the pupils for another service
	Papier     Nature = "papier"     // the papers of a whole school
)

// Etat is where a file stands.
type Etat string

// The states.
const (
	AApprouver Etat = "a_approuver"
	Refuse     Etat = "refuse"
	Attente    Etat = "attente"
	EnCours    Etat = "en_cours"
	Pret       Etat = "pret"
	Echec      Etat = "echec"
	Abandonne  Etat = "abandonne"
	Expire     Etat = "expire"
)

// Avance tells a file that the server will make, or is making.
func (e Etat) Avance() bool { return e == Attente || e == EnCours }

// Vif tells a file that is not finished.
func (e Etat) Vif() bool { return e.Avance() || e == AApprouver }

// Travail is one file asked for.
type Travail struct {
	ID           uuid.UUID
	Nature       Nature
	Titre        string
	Perimetre    string
	Total        int
	Fait         int
	ADeux        bool
	Etat         Etat
	Demandeur    string
	DemandeLe    time.Time
	Decideur     string
	DecideLe     *time.Time
	Raison       string
	FiniLe       *time.Time
	Nom          string
	Genre        string // the type of the file
	Taille       int64
	GardeJusquAu time.Time
}

const colonnes = `id, nature, titre, perimetre, total, fait, a_deux, etat, demandeur, demande_le, coalesce(decideur, '') as decideur, decide_le,
	raison, fini_le, nom, genre, taille, garde_jusqu_au`

const (
	miens   = ` where compte_id = (select portee_compte()) and habilitation_id = (select portee_habilitation())`
	unSQL   = `select ` + colonnes + ` from travail` + miens + ` and id = $1`
	tousSQL = `select ` + colonnes + ` from travail` + miens + ` order by demande_le desc, id limit 100`

	aDeciderSQL = `select ` + colonnes + ` from travail where departement_code = (select portee_dsden()) and a_deux
		and compte_id <> (select portee_compte()) and etat = 'a_approuver' and garde_jusqu_au > $1 order by demande_le, id limit 100`
)

// NombreADecider counts, in a query of others, the requests that wait for the agent's word.
const NombreADecider = `(select count(*) from travail where departement_code = (select portee_dsden()) and etat = 'a_approuver'
	and compte_id <> (select portee_compte()))`

// QueueUn reads one of the agent's own files.
func QueueUn(l *territoire.Lecture, id uuid.UUID, dst *Travail) { territoire.Une(l, dst, unSQL, id) }

// QueueVisible reads a file that the agent has asked for, or has a word to say about.
func QueueVisible(l *territoire.Lecture, id uuid.UUID, dst *Travail) {
	territoire.Une(l, dst, `select `+colonnes+` from travail where id = $1`, id)
}

// QueueTous reads the agent's own files, the latest first.
func QueueTous(l *territoire.Lecture, dst *[]Travail) { territoire.Toutes(l, dst, tousSQL) }

// QueueADecider reads the requests of others that wait for the agent's word.
func QueueADecider(l *territoire.Lecture, agent habilitation.Agent, dst *[]Travail) {
	territoire.Toutes(l, dst, aDeciderSQL, agent.Maintenant)
}

// ADeux tells what two persons answer for: the names of more than a commune, asked by who has a whole département. The
// base says the same (migrations, table travail), and has the last word.
func ADeux(role habilitation.Role, nature Nature, perimetre string) bool {
	return role == habilitation.IA && (nature == Extraction || nature == ENT) &&
		(perimetre == "" || strings.HasPrefix(perimetre, "circonscription:"))
}

// Demande is a file that is asked for.
type Demande struct {
	Nature    Nature
	Perimetre string
	Requete   string // what is asked, as its page reads it in an address: codes, never a name
	Titre     string
	Total     int // pupils
}

const demanderSQL = `
	insert into travail (id, compte_id, habilitation_id, role, departement_code, demandeur, nature, perimetre, demande, titre, total,
		etat, demande_le, garde_jusqu_au)
	values ($1, $2, $3, $4, %s, $5, $6, $7, $8, $9, $10, $11, $12, $13)`

// Demander records a file to be made, and says where it is followed.
func Demander(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, d Demande) (uuid.UUID, error) {
	var vifs int
	err := tx.QueryRow(ctx, `select count(*) from travail`+miens+` and etat in ('a_approuver', 'attente', 'en_cours')`).Scan(&vifs)
	if err != nil {
		return uuid.Nil, fmt.Errorf("travail: count those under way: %w", err)
	}
	if vifs >= parCompte {
		return uuid.Nil, errTrop
	}
	departement, etat := "null", Attente
	if agent.Role == habilitation.IA {
		departement = "(select portee_dsden())"
	}
	if ADeux(agent.Role, d.Nature, d.Perimetre) {
		etat = AApprouver
	}
	id := uuid.New()
	tx.Queue(fmt.Sprintf(demanderSQL, departement), id, agent.Compte, agent.Habilitation, string(agent.Role), agent.Nom, string(d.Nature),
		d.Perimetre, d.Requete, d.Titre, d.Total, string(etat), agent.Maintenant, agent.Maintenant.Add(gardeDemande))
	noter(tx, agent, journal.DemanderFichier, id, string(d.Nature))
	return id, nil
}

func noter(tx territoire.Tx, agent habilitation.Agent, acte journal.Acte, id uuid.UUID, motif string) {
	journal.Record(tx, agent, journal.Ligne{Acte: acte, Objet: "travail", ID: id, Motif: motif})
}

// Decider is the word of the second person on a request.
func Decider(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, accord bool) error {
	var fait bool
	err := tx.QueryRow(ctx, `select decider_travail($1, $2, $3, $4, $5)`, id, accord, agent.Nom, agent.Maintenant,
		agent.Maintenant.Add(gardeDemande)).Scan(&fait)
	if err != nil {
		return fmt.Errorf("travail: decide: %w", err)
	}
	if !fait {
		return refusal.InConflict("Cette demande n’attend plus votre accord\u00a0: elle a été décidée, abandonnée, ou vient de vous.")
	}
	acte := journal.RefuserSortie
	if accord {
		acte = journal.ApprouverSortie
	}
	noter(tx, agent, acte, id, "")
	return nil
}

// Abandonner gives a file up, and erases what was made of it.
func Abandonner(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID) error {
	tag, err := tx.Exec(ctx, `update travail set etat = 'abandonne', fini_le = $2, garde_jusqu_au = $3`+miens+
		` and id = $1 and etat in ('a_approuver', 'attente', 'en_cours', 'pret')`, id, agent.Maintenant, agent.Maintenant.Add(gardeDemande))
	if err != nil {
		return fmt.Errorf("travail: give up: %w", err)
	}
	if tag.RowsAffected() == 0 {
		return refusal.InConflict("Ce fichier n’est plus à abandonner.")
	}
	tx.Queue(`delete from travail_morceau where travail_id = $1`, id)
	noter(tx, agent, journal.AbandonnerFichier, id, "")
	return nil
}

// Purger erases the files whose day is over, and their trace a week later. It runs beside the pages.
func Purger(tx territoire.Tx, now time.Time) {
	tx.Queue(`delete from travail_morceau where travail_id in (select id from travail where etat = 'pret' and garde_jusqu_au <= $1)`, now)
	tx.Queue(`delete from travail where garde_jusqu_au <= $1 and etat not in ('pret', 'a_approuver')`, now)
	tx.Queue(`update travail set etat = 'expire', garde_jusqu_au = $2 where etat in ('pret', 'a_approuver') and garde_jusqu_au <= $1`,
		now, now.Add(gardeDemande))
}
