package effectifs

import (
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
)

// requete gathers the values of a query as its text names them.
type requete struct{ args []any }

func (r *requete) arg(v any) string {
	r.args = append(r.args, v)
	return "$" + strconv.Itoa(len(r.args))
}

// jour is what a query calls the year, the day and the state counted: values, or columns where it counts several days.
type jour struct{ annee, le, etat string }

// Expressions that both count and narrow: l is a pupil of the day, as lignes gives it.
const (
	parNiveau    = `coalesce(l.niveau, '')`
	parNaissance = `date_part('year', l.date_naissance)::int`
	parCommune   = `coalesce(l.residence_insee, '')`
	enClasse     = `l.classe_id is not null`
	filles       = `l.sexe = 'F'`
)

// lignes are the pupils of the day, whatever their state: the lines of the register, and those whom the school has not
// answered. etats are the states that are looked for: all when there are none.
func (c critere) lignes(agent habilitation.Agent, j jour, etats ...scolarite.Etat) string {
	scolarites := `
		select s.eleve_id, s.nom_famille, s.nom_usage, s.prenom, s.cle_nom, s.sexe, s.date_naissance, s.niveau, s.ecole_uai,
			` + residence(agent, "s") + ` as residence_insee, ` + c.classeAu(agent, j.le) + ` as classe_id,
			` + scolarite.SQLEtatAu("s", j.le) + ` as etat, null::uuid as rattachement_id
		from scolarite s where s.annee = ` + j.annee + ` and s.etat <> 'annulee'`
	inscriptions := `
		select i.eleve_id, i.nom_famille, i.nom_usage, i.prenom, i.cle_nom, i.sexe, i.date_naissance, i.niveau, i.ecole_uai,
			` + residence(agent, "i") + ` as residence_insee, null::uuid as classe_id, i.etat, null::uuid as rattachement_id
		from inscription i where i.annee = ` + j.annee + ` and i.etat = 'inscrit' and i.date_inscription <= ` + j.le
	switch {
	case slices.Contains(etats, aPart):
		return horsEcole(agent, j)
	case len(etats) > 0 && !slices.Contains(etats, inscrit):
		return scolarites
	case len(etats) == 1:
		return inscriptions
	}
	return scolarites + ` union all ` + inscriptions
}

// horsEcole are the children taught elsewhere than in a class on the day, whom no school counts: a hospital may share a
// pupil with his class, and the class counts him.
func horsEcole(agent habilitation.Agent, j jour) string {
	return `
		select r.eleve_id, r.nom_famille, r.nom_usage, r.prenom, r.cle_nom, r.sexe, r.date_naissance, null::text as niveau, r.ecole_uai,
			` + residence(agent, "r") + ` as residence_insee, null::uuid as classe_id, '` + string(aPart) + `' as etat, r.id as rattachement_id
		from rattachement r where r.debut <= ` + j.le + ` and (r.fin is null or ` + j.le + ` <= r.fin)
			and not exists (select from scolarite s where s.eleve_id = r.eleve_id and s.annee = ` + j.annee + ` and s.date_admission <= ` + j.le + `
				and (s.date_radiation is null or ` + j.le + ` < s.date_radiation))`
}

// residence is the commune where a pupil lives. A mairie that keeps to the état civil (design.md §2.4) knows its own
// residents, and no other address.
func residence(agent habilitation.Agent, table string) string {
	column := table + `.residence_insee`
	if agent.Role != habilitation.Mairie {
		return column
	}
	return `case when cardinality(portee_communes_ouvertes()) > 0 or ` + column + ` = any (portee_communes()) then ` + column + ` end`
}

// classeAu is the class of a pupil on the day, for who may know it. From today on it is the present one, and so is the
// last one of who has left; before, it is told by the periods spent in each class, where they were recorded. Few have
// moved since a day: the others are where they were.
func (c critere) classeAu(agent habilitation.Agent, le string) string {
	switch {
	case !agent.Can(habilitation.ConsulterClasses):
		return `null::uuid`
	case !c.Le.Before(c.aujourdhui):
		return `s.classe_id`
	}
	ceJour := `(select a.classe_id from affectation a
				where a.scolarite_id = s.id and a.debut <= ` + le + ` and (a.fin is null or ` + le + ` < a.fin) limit 1)`
	if strings.HasPrefix(le, "$") { // one day for all: who has moved since has a period
		return `case when s.date_radiation <= ` + le + ` or s.id not in (select a.scolarite_id from affectation a where a.debut > ` + le + `
			union all select a.scolarite_id from affectation a where a.fin > ` + le + `) then s.classe_id else ` + ceJour + ` end`
	}
	return `case when s.date_radiation <= ` + le + ` then s.classe_id else coalesce(` + ceJour + `,
			case when not exists (select from affectation a where a.scolarite_id = s.id) then s.classe_id end) end`
}

// from is the end of a query that counts, or lists, what the critere says.
func (c critere) from(agent habilitation.Agent, q *requete) string {
	j := jour{annee: q.arg(int(c.Annee)), le: q.arg(c.Le) + "::date", etat: q.arg(string(c.Etat))}
	return `
	from (` + c.lignes(agent, j, c.Etat) + `) l
	where ` + dansEtat(j) + c.where(agent, q)
}

// dansEtat keeps a state. A function, not an operator: of an equality with what is computed the planner expects one line
// in two hundred, and would sort what it had better hash.
func dansEtat(j jour) string { return `texteq(l.etat, ` + j.etat + `)` }

// where narrows the lines to what the address asks for.
func (c critere) where(agent habilitation.Agent, q *requete) string {
	sql := c.lieux(agent, q, "l.ecole_uai")
	if c.Niveau != "" {
		sql += ` and ` + parNiveau + ` = any (` + q.arg(c.niveaux()) + `)`
	}
	if c.Sexe != "" {
		sql += ` and l.sexe = ` + q.arg(c.Sexe)
	}
	if c.Naissance != "" {
		sql += ` and ` + parNaissance + `::text = ` + q.arg(c.Naissance)
	}
	switch c.Commune {
	case "":
	case inconnu:
		sql += ` and l.residence_insee is null`
	default:
		sql += ` and l.residence_insee = ` + q.arg(c.Commune)
	}
	return sql + c.deClasse(q)
}

func (c critere) deClasse(q *requete) string {
	switch c.Classe {
	case "":
		return ""
	case avecClasse:
		return ` and ` + enClasse
	case sansClasse:
		return ` and not (` + enClasse + `)`
	}
	id, _ := uuid.Parse(c.Classe) // no class has the id of what is none
	return ` and l.classe_id = ` + q.arg(id)
}

// lieux bounds the schools where row security does not: a mairie also sees the children of its commune who go to school
// elsewhere, and they are not of its schools. Elsewhere row security alone bounds, and a second bound on the same column
// would make the index try each school with each.
func (c critere) lieux(agent habilitation.Agent, q *requete, column string) (sql string) {
	if agent.Role == habilitation.Mairie && c.Etat != aPart {
		sql = ` and ` + column + ` = any ((select portee_ecoles())::text[])`
	}
	if c.Circo != "" {
		sql += ` and ` + column + ` = any (array(
			select uai from ecole where uai = any (portee_ecoles()) and coalesce(circonscription_uai, 'aucune') = ` + q.arg(c.Circo) + `))`
	}
	if c.Ecole != "" {
		sql += ` and ` + column + ` = ` + q.arg(c.Ecole)
	}
	return sql
}
