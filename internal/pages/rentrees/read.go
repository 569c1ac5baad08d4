package rentrees

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/rentree"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// critere is what the page was asked for: the year that ends, and whom of its pupils one looks at.
type critere struct {
	Annee ecole.Annee
	Sort  rentree.Sort
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{Annee: httpx.Annee(q, agent), Sort: rentree.ARegulariser}
	if s := rentree.Sort(q.Get("sort")); slices.Contains(rentree.Sorts, s) {
		c.Sort = s
	}
	return c
}

func (c critere) query() url.Values {
	return url.Values{"annee": {strconv.Itoa(int(c.Annee))}, "sort": {string(c.Sort)}}
}

func (c critere) href() string { return "/rentree?" + c.query().Encode() }

// ligne is one pupil, with what was decided for him.
type ligne struct {
	ID            uuid.UUID // of the scolarité
	EleveID       uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Niveau        string
	Classe        string
	Version       int // of the passage, 0 before any proposal
	Etat          passage.Etat
	Decision      passage.Decision
	NiveauSuivant ecole.Niveau
	Quittant      bool
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

func (l ligne) pourquoi(s rentree.Sort) string {
	return rentree.Pourquoi(s, passage.Passage{
		Version: l.Version, Etat: l.Etat, Decision: l.Decision, NiveauSuivant: l.NiveauSuivant, Quittant: l.Quittant,
	})
}

const listSQL = `
	select s.id, s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.date_naissance, coalesce(s.niveau, '') as niveau,
		coalesce(k.libelle_court, '') as classe, coalesce(p.version, 0) as version, coalesce(p.etat, '') as etat,
		coalesce(p.decision, '') as decision, coalesce(p.niveau_suivant, '') as niveau_suivant,
		coalesce(p.quittant, false) as quittant
	from scolarite s left join passage p on p.scolarite_id = s.id left join classe k on k.id = s.classe_id
	where s.annee = $1 and s.etat = 'admis_definitif' and (` + rentree.SortSQL + `) = $2
	order by array_position($3::text[], s.niveau), k.libelle_court, s.cle_nom, s.id`

// compte is how many pupils have a sort.
type compte struct {
	Sort   rentree.Sort
	Nombre int
}

const comptesSQL = `
	select ` + rentree.SortSQL + ` as sort, count(*) as nombre
	from scolarite s left join passage p on p.scolarite_id = s.id
	where s.annee = $1 and s.etat = 'admis_definitif' group by 1`

// faite is a preparation made.
type faite struct {
	ID        uuid.UUID
	Version   int
	FaiteLe   time.Time
	AnnuleeLe *time.Time
	Eleves    int
}

const faitesSQL = `
	select r.id, r.version, r.faite_le, r.annulee_le, count(l.scolarite_id) as eleves
	from rentree r left join rentree_ligne l on l.rentree_id = r.id
	where r.annee = $1 + 1 group by r.id order by r.faite_le desc`

// conservee is a pupil whom an undo left as he was, since somebody had worked on him.
type conservee struct {
	RentreeID  uuid.UUID
	EleveID    uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
}

func (c conservee) nom() string { return eleve.NomListe(c.NomFamille, c.NomUsage, c.Prenom) }

const conserveesSQL = `
	select l.rentree_id, s.eleve_id, s.nom_famille, s.nom_usage, s.prenom
	from rentree r join rentree_ligne l on l.rentree_id = r.id join scolarite s on s.id = l.scolarite_id
	where r.annee = $1 + 1 and l.conservee order by s.cle_nom, s.id`

// lecture is all that the page reads.
type lecture struct {
	lignes     []ligne
	comptes    []compte
	faites     []faite
	conservees []conservee
}

// gardees are those whom the undo of a preparation left.
func (all lecture) gardees(f faite) []conservee {
	return slices.DeleteFunc(slices.Clone(all.conservees), func(c conservee) bool { return c.RentreeID != f.ID })
}

// read reads the page, and what besides queues, in one round trip.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere, besides func(*territoire.Lecture)) (all lecture, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &all.lignes, listSQL, int(c.Annee), string(c.Sort), ecole.Niveaux())
		territoire.Toutes(l, &all.comptes, comptesSQL, int(c.Annee))
		territoire.Toutes(l, &all.faites, faitesSQL, int(c.Annee))
		territoire.Toutes(l, &all.conservees, conserveesSQL, int(c.Annee))
		besides(l)
	})
	return all, err
}

func (all lecture) nombre(s rentree.Sort) int {
	for _, c := range all.comptes {
		if c.Sort == s {
			return c.Nombre
		}
	}
	return 0
}
