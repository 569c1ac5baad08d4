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

// compte is how many pupils of a line are of a niveau and in a state; the niveau of an inscrit may not be known.
type compte struct {
	Cle    string
	Etat   scolarite.Etat
	Niveau string
	Nombre int
}

// sexe is how many girls or boys of a niveau are in the state counted.
type sexe struct {
	Niveau string
	Sexe   string
	Nombre int
}

// lieu is a line of the table: a class, a school, a circonscription.
type lieu struct {
	Cle     string
	Nom     string
	Commune string
	Groupe  string // circonscription of a school
	Ouvert  bool   // shown even when nobody is there
	Classes int
}

// lecture is all that the page reads.
type lecture struct {
	comptes []compte
	sexes   []sexe
	lieux   []lieu
	circos  []lieu
}

// ecoles are the schools counted. A mairie also sees the children of its commune who go to school elsewhere: they are
// not of its schools.
const ecoles = `array(
	select uai from ecole where uai = any (portee_ecoles()) and ($2 = '' or coalesce(circonscription_uai, 'aucune') = $2))`

// comptesSQL counts by the index scolarite_par_ecole, whatever the number of schools.
const comptesSQL = `
	select case when $3 then coalesce(e.circonscription_uai, 'aucune') else e.uai end as cle,
		n.etat, n.niveau, sum(n.nombre)::int as nombre
	from (
		select ecole_uai, etat, coalesce(niveau, '') as niveau, count(*) as nombre from scolarite
		where annee = $1 and etat in ('admissible', 'admis_accepte', 'admis_definitif', 'radie') and ecole_uai = any (` + ecoles + `)
		group by 1, 2, 3
		union all
		select ecole_uai, etat, coalesce(niveau, ''), count(*) from inscription
		where annee = $1 and etat = 'inscrit' and ecole_uai = any (` + ecoles + `)
		group by 1, 2, 3
	) n join ecole e on e.uai = n.ecole_uai
	group by 1, 2, 3`

const comptesParClasseSQL = `
	select coalesce(classe_id::text, '') as cle, etat, coalesce(niveau, '') as niveau, count(*)::int as nombre from scolarite
	where annee = $1 and etat in ('admissible', 'admis_accepte', 'admis_definitif', 'radie')
	group by 1, 2, 3
	union all
	select '', etat, coalesce(niveau, ''), count(*)::int from inscription
	where annee = $1 and etat = 'inscrit'
	group by 1, 2, 3`

const sexesSQL = `
	select coalesce(niveau, '') as niveau, sexe, count(*)::int as nombre from scolarite
	where annee = $1 and etat = $3 and ecole_uai = any (` + ecoles + `)
	group by 1, 2`

const classesSQL = `
	select id::text as cle, libelle_court as nom, '' as commune, '' as groupe, true as ouvert, 1 as classes
	from classe where annee = $1
	order by (select min(array_position($2::text[], niveau)) from classe_niveau where classe_id = classe.id), libelle_court, id`

const ecolesSQL = `
	select e.uai as cle, e.nom, k.nom as commune, coalesce(c.nom, '') as groupe, e.ouverte as ouvert,
		(select count(*) from classe where ecole_uai = e.uai and annee = $1)::int as classes
	from ecole e join commune k on k.insee = e.commune_insee left join circonscription c on c.uai = e.circonscription_uai
	where e.uai = any (` + ecoles + `)
	order by cle_nom(k.nom), cle_nom(e.nom), e.uai`

const circonscriptionsSQL = `
	select coalesce(e.circonscription_uai, 'aucune') as cle, coalesce(c.nom, 'Sans circonscription') as nom, '' as commune,
		'' as groupe, true as ouvert, count(k.id)::int as classes
	from ecole e left join circonscription c on c.uai = e.circonscription_uai
		left join classe k on k.ecole_uai = e.uai and k.annee = $1
	where e.uai = any (portee_ecoles())
	group by e.circonscription_uai, c.nom
	order by c.nom nulls last, 1`

// read reads the page in one round trip.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, c critere) (lecture, error) {
	var all lecture
	annee := int(c.Annee)
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		if agent.Role == habilitation.IA {
			territoire.Toutes(l, &all.circos, circonscriptionsSQL, annee)
		}
		if c.Maille == parClasse {
			territoire.Toutes(l, &all.lieux, classesSQL, annee, ecole.Niveaux())
			territoire.Toutes(l, &all.comptes, comptesParClasseSQL, annee)
		} else {
			territoire.Toutes(l, &all.comptes, comptesSQL, annee, c.Circo, c.Maille == parCirconscription)
		}
		if c.Maille == parEcole {
			territoire.Toutes(l, &all.lieux, ecolesSQL, annee, c.Circo)
		}
		territoire.Toutes(l, &all.sexes, sexesSQL, annee, c.Circo, c.Etat)
	})
	if c.Maille == parCirconscription {
		all.lieux = all.circos
	}
	return all, err
}
