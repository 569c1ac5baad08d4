package eleves

import (
	"cmp"
	"strconv"
	"strings"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// vasteSQL tells whether the territory has so many schools that they are not all offered, and so many pupils that they
// are not leafed through nor searched word by word: the greatest départements, Paris and six more communes.
const vasteSQL = `(select cardinality(portee_ecoles()) > 200)`

// ecolesSQL names the schools to choose from; in a vast territory, the one that is chosen. The array is one that the
// planner cannot see: it reads schools and communes by their keys, never whole.
const ecolesSQL = `
	select e.uai as cle, e.nom as libelle, k.nom as groupe from ecole e join commune k on k.insee = e.commune_insee
	where e.uai = any (array(select uai from unnest(portee_ecoles()) as uai where not ` + vasteSQL + ` or uai = $1))
	order by k.nom, e.nom`

// classesSQL names the classes of a school; row security keeps to the territory.
const classesSQL = `
	select id::text as cle, libelle_court as libelle, '' as groupe from classe
	where annee = $1 and ecole_uai = $2 order by libelle_court limit 200`

// queue queues all that the list page reads. limit 0 reads the list whole.
func (all *lecture) queue(l *territoire.Lecture, agent habilitation.Agent, c critere, limit int) {
	if c.ouvre(agent.Role) {
		sql, args := c.query(agent, limit)
		territoire.Toutes(l, &all.lignes, sql, args...)
	}
	if uai := cmp.Or(c.Ecole, agent.Ecole); uai != "" && agent.Can(habilitation.ConsulterClasses) {
		territoire.Toutes(l, &all.classes, classesSQL, int(c.Annee), uai)
	}
	if agent.Role != habilitation.Directeur {
		territoire.Valeur(l, &all.vaste, `select `+vasteSQL)
		territoire.Toutes(l, &all.ecoles, ecolesSQL, c.Ecole)
	}
}

const colonnes = `s.eleve_id as id, s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance,
		coalesce(s.niveau, '') as niveau, s.classe_id, s.ecole_uai, s.etat, s.date_radiation`

// query is the SQL of the list, and its values. Who has one school reads it at once. Others may find thousands of
// pupils: these are counted and sorted by the few columns that it takes, and only those of the page are read whole and
// get the names of their school and class.
func (c critere) query(agent habilitation.Agent, limit int) (string, []any) {
	where, args := c.where(agent)
	page := c.order()
	if limit > 0 {
		page += " limit " + strconv.Itoa(limit) + " offset " + strconv.Itoa((c.Page-1)*limit)
	}
	if agent.Role == habilitation.Directeur {
		return `
	select ` + colonnes + `, '' as classe, '' as ecole, '' as commune, count(*) over () as total
	from scolarite s where ` + where + page, args
	}
	return `
	with trouve as (select s.id, s.cle_nom, s.date_naissance, s.niveau from scolarite s where ` + where + `)
	select ` + colonnes + `, ` + classe(agent) + ` as classe, coalesce(k.nom, '') as commune, (select count(*) from trouve) as total,
		case when s.ecole_uai = any ((select portee_ecoles())::text[]) then e.nom else '' end as ecole
	from (select s.id from trouve s` + page + `) p join scolarite s on s.id = p.id
	left join ecole e on e.uai = s.ecole_uai left join commune k on k.insee = e.commune_insee` + c.order(), args
}

// classe names the class of a pupil for who may know it.
func classe(agent habilitation.Agent) string {
	if !agent.Can(habilitation.ConsulterClasses) {
		return `''`
	}
	return `coalesce((select libelle_court from classe where id = s.classe_id), '')`
}

// where adds the bounds given, and their values.
func (c critere) where(agent habilitation.Agent) (string, []any) {
	sql, args := "s.annee = $1 and s.etat = any ($2)", []any{int(c.Annee), c.Etats}
	add := func(condition string, value any) {
		args = append(args, value)
		sql += strings.ReplaceAll(condition, "?", "$"+strconv.Itoa(len(args)))
	}
	if c.Ecole != "" {
		add(" and s.ecole_uai = ?", c.Ecole)
	}
	if c.Classe != nil {
		add(" and s.classe_id = ?", *c.Classe)
	}
	if c.Niveau != "" {
		add(" and s.niveau = ?", c.Niveau)
	}
	if c.Dispositif != "" {
		add(beneficieSQL, string(c.Dispositif))
	}
	inSchool := c.inSchool() || agent.Role == habilitation.Directeur
	if !inSchool && !c.borne() {
		sql += " and not " + vasteSQL
	}
	switch {
	case c.Nom == "":
	case inSchool:
		add(" and "+motsSQL, c.Nom)
	case inspection(agent.Role):
		add(" and "+nomSQL("true"), c.Nom)
	default:
		add(" and "+nomSQL(vasteSQL), c.Nom)
	}
	return sql, args
}

// motsSQL finds each word anywhere in the name.
const motsSQL = `' ' || s.cle_nom like all (array(
		select '% ' || mot || '%' from unnest(string_to_array(cle_nom(?), ' ')) as mot))`

// nomSQL finds the beginning of the name where the territory is large, and each word anywhere in it otherwise. It is
// found by comparisons, not LIKE: row security lets only leakproof operators use the index. Their sides are sub-selects,
// or each row would make the key again.
func nomSQL(large string) string {
	debut := `case when ` + large + ` then cle_nom(?) else '' end`
	return `s.cle_nom >= (select ` + debut + `) and s.cle_nom < (select ` + debut + ` || U&'\FFFF') and (` + large + ` or ` + motsSQL + `)`
}

// order is the end of the query; the last key makes it total.
func (c critere) order() string {
	sens := ""
	if c.Desc {
		sens = " desc"
	}
	switch c.Tri {
	case "naissance":
		return " order by s.date_naissance" + sens + ", s.cle_nom, s.id"
	case "niveau":
		return " order by array_position('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[], s.niveau)" + sens + ", s.cle_nom, s.id"
	default:
		return " order by s.cle_nom" + sens + ", s.id" + sens
	}
}
