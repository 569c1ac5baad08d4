package eleve

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/rapprochement"
	"base-eleves/internal/domain/refusal"
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
	Ecole         string     // its name, "" when no school has him
	Commune       string     // of that school, or of the mairie that inscribes him
	Etat          string     // of his last scolarité, "inscrit" before any
	Depart        *time.Time // the day on which he leaves, or left, that school

	// To compare, never to show: they lie outside the territory.
	NomUsage         string
	Prenom2          string
	Prenom3          string
	CommuneNaissance string

	score   float64
	raisons []rapprochement.Raison
}

// Raisons are why he may be the child looked for, none when he was not looked for by his name.
func (c Connu) Raisons() []rapprochement.Raison { return c.raisons }

// Motif is why in a line.
func (c Connu) Motif() string {
	words := make([]string, len(c.raisons))
	for i, r := range c.raisons {
		words[i] = string(r)
	}
	return strings.Join(words, ", ")
}

// Identique tells whether nothing distinguishes him from the child looked for.
func (c Connu) Identique() bool { return c.score >= rapprochement.Meme }

func (c Connu) identite() rapprochement.Identite {
	return rapprochement.Identite{
		NomFamille: c.NomFamille, NomUsage: c.NomUsage, Prenom: c.Prenom, Prenom2: c.Prenom2, Prenom3: c.Prenom3,
		Sexe: string(c.Sexe), Naissance: c.DateNaissance, CommuneNaissance: c.CommuneNaissance,
	}
}

// Rapprochable is the civil status as it is compared.
func (i Identite) Rapprochable() rapprochement.Identite {
	return rapprochement.Identite{
		NomFamille: i.NomFamille, NomUsage: i.NomUsage, Prenom: i.Prenom, Prenom2: i.Prenom2, Prenom3: i.Prenom3,
		Sexe: string(i.Sexe), Naissance: i.DateNaissance, CommuneNaissance: i.CommuneNaissance,
	}
}

// connus is how many children one is asked to tell from the one looked for.
const connus = 8

// retenir keeps those who may be the child looked for, the likeliest first.
func retenir(list []Connu, i Identite) []Connu {
	kept := list[:0]
	for _, c := range list {
		if c.score, c.raisons = rapprochement.Comparer(i.Rapprochable(), c.identite()); c.score >= rapprochement.Proche {
			kept = append(kept, c)
		}
	}
	slices.SortStableFunc(kept, func(a, b Connu) int { return cmp.Compare(b.score, a.score) })
	return kept[:min(len(kept), connus)]
}

const connusSQL = `
	select eleve_id, nom_famille, prenom, sexe, date_naissance, ecole, commune, etat, depart,
		nom_usage, prenom2, prenom3, commune_naissance_insee as commune_naissance
	from enfants_connus($1, $2, $3, $4)`

// ailleursSQL counts the search: nobody leafs through the register of others (security.md, ACL-10).
const ailleursSQL = `select compter_recherche($1, $2, $3, $4)`

var trop = refusal.InConflict("Vous avez cherché trente enfants hors de votre territoire en dix minutes\u00a0: " +
	"attendez quelques minutes avant d’en chercher un autre.")

// refuserTrop says in a sentence that too many children were looked for.
func refuserTrop(err error) error {
	if errors.Is(err, territoire.ErrTropDeRecherches) {
		return trop
	}
	return err
}

// Chercher looks everywhere for the children who may be this one, and leaves the line that says so. What the page reads
// besides goes with it, in one round trip.
func Chercher(ctx context.Context, db *territoire.DB, agent habilitation.Agent, i Identite, page func(*territoire.Lecture)) ([]Connu, error) {
	var list []Connu
	err := db.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		queueCompte(l, agent, i)
		territoire.Toutes(l, &list, connusSQL, i.NomFamille, i.NomUsage, i.Prenom, i.DateNaissance)
		page(l)
	})
	return retenir(list, i), refuserTrop(err)
}

// queueCompte counts the search and leaves its line.
func queueCompte(l *territoire.Lecture, agent habilitation.Agent, i Identite) {
	l.Exec(ailleursSQL, i.NomFamille, i.Prenom, i.DateNaissance, agent.Maintenant)
	queueLigne(l, agent)
}

func queueLigne(l *territoire.Lecture, agent habilitation.Agent) {
	journal.Queue(l, agent, journal.Ligne{Acte: journal.ChercherAilleurs, Objet: "eleve"})
}

// Compter tells whether one may show the children whom Ressemblants has found: it counts as a search. It has its own
// transaction, for the one that found them is rolled back with the form that it refuses.
func Compter(ctx context.Context, db *territoire.DB, agent habilitation.Agent, i Identite) error {
	return refuserTrop(db.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { queueCompte(l, agent, i) }))
}

const iciSQL = `
	select e.id as eleve_id, e.nom_famille, e.prenom, e.sexe, e.date_naissance, coalesce(ec.nom, '') as ecole,
		coalesce(c.nom, '') as commune, coalesce((select s.etat from scolarite s where s.eleve_id = e.id and s.etat <> 'annulee'
			order by s.annee desc, s.date_effet desc limit 1), 'inscrit') as etat,
		(select s.date_radiation from scolarite s where s.eleve_id = e.id and s.etat <> 'annulee'
			order by s.annee desc, s.date_effet desc limit 1) as depart,
		e.nom_usage, e.prenom2, e.prenom3, coalesce(e.commune_naissance_insee, '') as commune_naissance
	from eleve e left join ecole ec on ec.uai = e.ecole_uai left join commune c on c.insee = e.mairie_insee
	where e.id = $1`

// Trouver reads one known child, for a form about him: an identifier alone does not open what lies outside the
// territory, a name and a date of birth that may be his must come with it. Nobody comes upon an identifier but by a
// search, which was counted: this one is not, so that whom one has found can always be registered. What the page reads
// besides goes with it.
func Trouver(ctx context.Context, db *territoire.DB, agent habilitation.Agent, id uuid.UUID, i Identite, page func(*territoire.Lecture)) (Connu, error) {
	var ici *Connu
	var list []Connu
	err := db.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Peut(l, &ici, iciSQL, id)
		queueLigne(l, agent)
		territoire.Toutes(l, &list, connusSQL, i.NomFamille, i.NomUsage, i.Prenom, i.DateNaissance)
		page(l)
	})
	if err != nil {
		return Connu{}, err
	}
	return choisir(ici, list, id, i)
}

// FindConnu is Trouver within an act, which leaves its own line.
func FindConnu(ctx context.Context, tx territoire.Tx, id uuid.UUID, i Identite) (Connu, error) {
	ici, err := territoire.Lignes[Connu](ctx, tx, iciSQL, id)
	if err != nil {
		return Connu{}, fmt.Errorf("eleve: find a child of the territory: %w", err)
	}
	if len(ici) > 0 {
		return ici[0], nil
	}
	list, err := ailleurs(ctx, tx, i)
	if err != nil {
		return Connu{}, err
	}
	return choisir(nil, list, id, i)
}

func choisir(ici *Connu, list []Connu, id uuid.UUID, i Identite) (Connu, error) {
	if ici != nil {
		return *ici, nil
	}
	for _, c := range retenir(list, i) {
		if c.EleveID == id {
			return c, nil
		}
	}
	return Connu{}, refusal.NotFound()
}

func ailleurs(ctx context.Context, tx territoire.Tx, i Identite) ([]Connu, error) {
	list, err := territoire.Lignes[Connu](ctx, tx, connusSQL, i.NomFamille, i.NomUsage, i.Prenom, i.DateNaissance)
	if err != nil {
		return nil, fmt.Errorf("eleve: look for the same child: %w", err)
	}
	return list, nil
}

// Ressemblants are the children who may be this one, wherever they are. Whoever enters the same child at the same time
// waits here, and then finds him. Nobody is kept from entering children, however many: only to show them needs Compter.
func Ressemblants(ctx context.Context, tx territoire.Tx, i Identite) ([]Connu, error) {
	tx.Queue(`select pg_advisory_xact_lock(hashtextextended(cle_nom($1 || ' ' || $2) || $3::date, 0))`,
		i.NomFamille, i.Prenom, i.DateNaissance)
	list, err := ailleurs(ctx, tx, i)
	return retenir(list, i), err
}

// Distinguer records that two pupils are two children: nobody is asked again.
func Distinguer(tx territoire.Tx, agent habilitation.Agent, eleve, autre uuid.UUID) {
	tx.Queue(`select distinguer($1, $2, $3)`, eleve, autre, agent.Maintenant)
	journal.Record(tx, agent, journal.Ligne{Acte: journal.Distinguer, Objet: "eleve", ID: eleve, Ecole: agent.Ecole})
}
