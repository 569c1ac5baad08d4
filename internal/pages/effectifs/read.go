package effectifs

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// maille is what the lines of the table are.
type maille int

const (
	parClasse maille = iota
	parEcole
	parCirconscription
)

// sansClasse is the key of the pupils who have none.
const sansClasse = ""

// critere is what is counted.
type critere struct {
	Annee  ecole.Annee
	Etat   scolarite.Etat
	Circo  string // UAI, "" for the whole territory
	Maille maille
}

func readCritere(q url.Values, agent habilitation.Agent) critere {
	c := critere{Annee: httpx.Annee(q, agent), Etat: scolarite.Etat(q.Get("etat")), Maille: parEcole}
	if !slices.Contains(scolarite.Etats, c.Etat) {
		c.Etat = scolarite.Compte(c.Annee, agent.Aujourdhui())
	}
	switch agent.Role {
	case habilitation.Directeur:
		c.Maille = parClasse
	case habilitation.IA:
		if c.Circo = q.Get("circonscription"); c.Circo == "" {
			c.Maille = parCirconscription
		}
	}
	return c
}

func (c critere) values() url.Values {
	q := url.Values{"annee": {strconv.Itoa(int(c.Annee))}}
	if c.Circo != "" {
		q.Set("circonscription", c.Circo)
	}
	return q
}

// inscrit is the state of those whom the mairie has inscrits and the school has not answered yet.
const inscrit scolarite.Etat = "inscrit"

// compte is how many pupils of a line are of a niveau and in a state, and how many of them are girls; the niveau of an
// inscrit may not be known.
type compte struct {
	Cle    string
	Etat   scolarite.Etat
	Niveau string
	Nombre int
	Filles int
}

// lieu is a line of the table: a class, a school, a circonscription.
type lieu struct {
	Cle     string
	Nom     string
	Commune string
	Groupe  string // UAI of the circonscription of a school
	Ouvert  bool   // shown even when nobody is there
}

// ouvertes is how many classes a line has.
type ouvertes struct {
	Cle    string
	Nombre int
}

// lecture is all that the page reads.
type lecture struct {
	comptes []compte
	lieux   []lieu
	classes []ouvertes
	circos  []lieu
}

// bornes bounds what row security does not: a mairie also sees the children of its commune who go to school elsewhere,
// and they are not of its schools; an IA reads one circonscription. Elsewhere row security alone bounds, and a second
// bound on the same column would make the index try each school with each.
func (c critere) bornes(agent habilitation.Agent) string {
	switch {
	case agent.Role == habilitation.Mairie:
		return ` and ecole_uai = any ((select portee_ecoles())::text[])`
	case c.Circo != "":
		return ` and ecole_uai = any (array(
			select uai from ecole where uai = any (portee_ecoles()) and coalesce(circonscription_uai, 'aucune') = $2))`
	}
	return ""
}

// args are the values of a query bounded so.
func (c critere) args() []any {
	if c.Circo != "" {
		return []any{int(c.Annee), c.Circo}
	}
	return []any{int(c.Annee)}
}

// cle is the line of a school. Its circonscription is looked up by key: joined, each count would be compared with each
// school, as the planner cannot know how many a territory has.
func (c critere) cle() string {
	if c.Maille == parCirconscription {
		return `(select jsonb_object_agg(uai, coalesce(circonscription_uai, 'aucune')) from ecole where uai = any (portee_ecoles())) ->> ecole_uai`
	}
	return `ecole_uai`
}

// comptesSQL counts in the order of the index scolarite_par_ecole, and from it alone.
func (c critere) comptesSQL(agent habilitation.Agent) string {
	return `
		select ` + c.cle() + ` as cle, etat, coalesce(niveau, '') as niveau, sum(nombre)::int as nombre, sum(filles)::int as filles
		from (
			select ecole_uai, etat, niveau, count(*) as nombre, count(*) filter (where sexe = 'F') as filles
			from scolarite
			where annee = $1 and etat in ('admissible', 'admis_accepte', 'admis_definitif', 'radie')` + c.bornes(agent) + `
			group by ecole_uai, etat, niveau
			union all
			select ecole_uai, etat, niveau, count(*), count(*) filter (where sexe = 'F')
			from inscription
			where annee = $1 and etat = 'inscrit'` + c.bornes(agent) + `
			group by ecole_uai, etat, niveau
		) par_ecole
		group by 1, 2, 3`
}

const comptesParClasseSQL = `
	select coalesce(classe_id::text, '') as cle, etat, coalesce(niveau, '') as niveau, count(*)::int as nombre,
		count(*) filter (where sexe = 'F')::int as filles
	from scolarite
	where annee = $1 and etat in ('admissible', 'admis_accepte', 'admis_definitif', 'radie')
	group by 1, 2, 3
	union all
	select '', etat, coalesce(niveau, ''), count(*)::int, count(*) filter (where sexe = 'F')::int
	from inscription
	where annee = $1 and etat = 'inscrit'
	group by 1, 2, 3`

const classesSQL = `
	select id::text as cle, libelle_court as nom, '' as commune, '' as groupe, true as ouvert
	from classe where annee = $1
	order by (select min(array_position($2::text[], niveau)) from classe_niveau where classe_id = classe.id), libelle_court, id`

// ecolesSQL names the schools; $1 is the circonscription, ” for all.
const ecolesSQL = `
	select e.uai as cle, e.nom, k.nom as commune, coalesce(e.circonscription_uai, 'aucune') as groupe, e.ouverte as ouvert
	from ecole e join commune k on k.insee = e.commune_insee
	where e.uai = any (portee_ecoles()) and ($1 = '' or coalesce(e.circonscription_uai, 'aucune') = $1)
	order by cle_nom(k.nom), cle_nom(e.nom), e.uai`

const circonscriptionsSQL = `
	select coalesce(e.circonscription_uai, 'aucune') as cle, coalesce(max(c.nom), 'Sans circonscription') as nom, '' as commune,
		'' as groupe, true as ouvert
	from (select distinct circonscription_uai from ecole where uai = any (portee_ecoles())) e
	left join circonscription c on c.uai = e.circonscription_uai
	group by e.circonscription_uai
	order by max(c.nom) nulls last, 1`

// ouvertesSQL counts the classes.
func (c critere) ouvertesSQL(agent habilitation.Agent) string {
	return `
		select ` + c.cle() + ` as cle, sum(nombre)::int as nombre
		from (select ecole_uai, count(*) as nombre from classe where annee = $1` + c.bornes(agent) + ` group by ecole_uai) par_ecole
		group by 1`
}

// read reads the page in one round trip.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere) (lecture, error) {
	var all lecture
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		if c.Maille == parClasse {
			territoire.Toutes(l, &all.lieux, classesSQL, int(c.Annee), ecole.Niveaux())
			territoire.Toutes(l, &all.comptes, comptesParClasseSQL, int(c.Annee))
			return
		}
		if agent.Role == habilitation.IA {
			territoire.Toutes(l, &all.circos, circonscriptionsSQL)
		}
		if c.Maille == parEcole {
			territoire.Toutes(l, &all.lieux, ecolesSQL, c.Circo)
		}
		territoire.Toutes(l, &all.comptes, c.comptesSQL(agent), c.args()...)
		territoire.Toutes(l, &all.classes, c.ouvertesSQL(agent), c.args()...)
	})
	if c.Maille == parCirconscription {
		all.lieux = all.circos
	}
	return all, err
}
