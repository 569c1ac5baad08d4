package liste

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
)

// Page is a part of the lines of a list; without a limit, all of them.
type Page struct{ Limite, Depuis int }

// Ligne is a line of a list as the base gives it: its cells in the order of the columns, blank ones left out.
type Ligne struct {
	ID       string      // of the pupil; of the eldest child, where a line has several
	Eleves   []uuid.UUID // all those of the line
	Groupe   string
	Cellules []string
	Total    int // lines in all
	Rang     int // of the line among those read
}

// requete is a statement being written: what it binds goes by numbers.
type requete struct {
	d      Definition
	role   habilitation.Role
	jour   time.Time
	args   []any
	annees []int // the school years looked through
}

// Requete is the one statement that reads the list for an agent. Its lines are Lignes.
func (d Definition) Requete(agent habilitation.Agent, p Page) (string, []any) {
	d = d.Pour(agent.Role)
	q := &requete{d: d, role: agent.Role, jour: agent.Aujourdhui()}
	q.annees = q.lesAnnees()
	sql := "with tout as (" + q.tout() + ")," + q.lignes() + `,
page as (select s.*, ` + q.tri() + ` as tk, count(*) over () as total from lignes s` + q.surLignes() + `
	order by s.gk, tk` + q.sens() + `, s.cle_nom, s.id` + p.sql() + `)
select s.eleve_id::text as id, ` + q.eleves() + ` as eleves, coalesce(s.g, '') as groupe, s.total, ` + q.cellules() + ` as cellules,
	row_number() over (order by s.gk, s.tk` + q.sens() + `, s.cle_nom, s.id) as rang
from page s` + joindre(q.besoins()) + ` order by rang`
	return sql, q.args
}

// eleves are the pupils of a line.
func (q *requete) eleves() string {
	if q.d.Grain == Eleves {
		return "array[s.eleve_id]"
	}
	return "s.eleves"
}

// RequeteNotee is Requete for a list that leaves: the journal is told which one it is and how many lines it has, nobody's
// name, by the same statement. Of a list of more lines than most, it reads one more and notes nothing.
func (d Definition) RequeteNotee(agent habilitation.Agent, most int, laquelle string, id uuid.UUID) (string, []any) {
	sql, args := d.Requete(agent, Page{Limite: most + 1})
	return journal.Compter(sql, args, agent, journal.Ligne{
		Acte: journal.Exporter, Objet: "liste", ID: id, Ecole: cmp.Or(agent.Ecole, d.Valeur("ecole")), Motif: laquelle,
	}, most)
}

// RequeteEffectif is the statement that counts the pupils of a list, school by school: uai, nombre. It looks at the day and
// at the states of the list, not at its other filters; ecoles is a condition on a school e, on one value that it calls ?.
func (d Definition) RequeteEffectif(agent habilitation.Agent, ecoles, valeur string) (string, []any) {
	q := &requete{d: d.Pour(agent.Role), role: agent.Role, jour: agent.Aujourdhui()}
	q.annees = q.lesAnnees()
	sql := `select s.ecole_uai as uai, count(*)::int as nombre from (` + q.base() + `) s
		where s.ecole_uai = any (array(select e.uai from ecole e where e.uai = any ((select portee_ecoles())::text[]) and `
	return sql + strings.ReplaceAll(ecoles, "?", q.lier(valeur)+"::text") + `)) group by s.ecole_uai`, q.args
}

func (p Page) sql() string {
	if p.Limite == 0 {
		return ""
	}
	return " limit " + strconv.Itoa(p.Limite) + " offset " + strconv.Itoa(p.Depuis)
}

// lier binds a value and returns its placeholder.
func (q *requete) lier(v any) string {
	q.args = append(q.args, v)
	return "$" + strconv.Itoa(len(q.args))
}

// fill puts the values that an expression of the catalogue asks for.
func (q *requete) fill(sql string) string {
	if strings.Contains(sql, "{jour}") {
		sql = strings.ReplaceAll(sql, "{jour}", q.lier(q.jour))
	}
	if strings.Contains(sql, "{annees}") {
		sql = strings.ReplaceAll(sql, "{annees}", q.lier(q.annees))
	}
	return sql
}

// deLAnnee keeps to the years looked through. One alone is compared as it is: only so does the index of a school go
// straight to it.
func (q *requete) deLAnnee() string {
	if len(q.annees) == 1 {
		return "s.annee = " + q.lier(q.annees[0])
	}
	return "s.annee = any (" + q.lier(q.annees) + ")"
}

// lesAnnees are the school years in which the pupils are looked for: that of the list, or those that its period of
// departures touches. A pupil who leaves with the summer belongs to the year before.
func (q *requete) lesAnnees() []int {
	annee := q.d.AnneeLe(q.jour)
	from, to := annee, annee
	if du, ok := jour([]string{q.d.Valeur(partiDu)}).(time.Time); ok {
		from, to = ecole.AnneeDe(du)-1, max(annee, ecole.AnneeDe(du))
	}
	if au, ok := jour([]string{q.d.Valeur(partiAu)}).(time.Time); ok {
		from, to = min(from, ecole.AnneeDe(au)-1), ecole.AnneeDe(au)
	}
	const most = 10
	years := []int{}
	for a := max(from, to-most); a <= to; a++ {
		years = append(years, int(a))
	}
	return years
}

// ordre is what the list is grouped or sorted by; Pour has left only what there is.
func (q *requete) ordre(code string) Ordre {
	o, _ := ordreDe(code, q.role)
	return o
}

// tout is the pupils that the filters keep, with the key and the name of their group.
func (q *requete) tout() string {
	group := q.ordre(q.d.Groupe)
	g, gk := "null::text", "null::text"
	if group.libelle != "" {
		g, gk = group.libelle, group.cle
	}
	tk := "null::text"
	if o := q.ordre(q.d.Tri); q.d.Grain == Eleves && o.cle != "" {
		tk = o.cle
	}
	besoins := slices.Concat(group.besoins, q.ordre(q.d.Tri).besoins)
	base, where := q.base(), ""
	for _, f := range q.filtres() {
		if f.grains == nil && f.Code != EtatFiltre {
			where += "\n\t\tand " + q.condition(f)
			besoins = append(besoins, f.besoins...)
		}
	}
	return "select s.*, " + g + " as g, " + gk + " as gk, " + tk + " as tk0 from (" + base + ") s" + joindre(besoins) +
		"\n\twhere " + q.borne() + where
}

// borne keeps an inspection from leafing through a whole département, and a mairie of hundreds of schools through its
// pupils: they name a school or a circonscription first (Borne says so).
func (q *requete) borne() string {
	switch {
	case q.role == habilitation.IA && !q.d.Borne(q.role):
		return "false"
	case q.role == habilitation.Mairie && q.d.Valeur("ecole") == "":
		return "(select cardinality(portee_ecoles()) <= 200)"
	}
	return "true"
}

// Borne tells whether the list has bounds enough for the role to read it.
func (d Definition) Borne(role habilitation.Role) bool {
	return role != habilitation.IA || d.Valeur("ecole") != "" || d.Valeur("circonscription") != ""
}

// filtres are those of the definition, in the order of the catalogue.
func (q *requete) filtres() (list []Filtre) {
	for _, f := range filtres {
		if len(q.d.Filtres[f.Code]) > 0 {
			list = append(list, f)
		}
	}
	return list
}

func (q *requete) condition(f Filtre) string {
	v, ok := f.valeur(q.d.Filtres[f.Code])
	switch {
	case !ok:
		return "false"
	case v == nil:
		return q.fill(f.sql)
	}
	return strings.ReplaceAll(q.fill(f.sql), "?", q.lier(v))
}

// tri is the key of the sort; what lines of several children are sorted by is their name.
func (q *requete) tri() string {
	if q.d.Grain == Eleves {
		return "s.tk0"
	}
	return "null::text"
}

func (q *requete) sens() string {
	if q.d.Desc {
		return " desc"
	}
	return ""
}

// surLignes are the conditions on lines that are not pupils.
func (q *requete) surLignes() string {
	where := ""
	for _, f := range q.filtres() {
		if f.grains != nil {
			where += " and " + q.condition(f)
		}
	}
	return "\n\twhere true" + where
}

// colonnes are those of the catalogue among the columns of the list.
func (q *requete) colonnes() (list []Colonne) {
	for _, c := range q.d.Colonnes {
		if known, ok := ColonneDe(q.d.Grain, c.Code, q.role); ok {
			list = append(list, known)
		}
	}
	return list
}

func (q *requete) besoins() (codes []string) {
	for _, c := range q.colonnes() {
		codes = append(codes, c.besoins...)
	}
	return codes
}

func (q *requete) cellules() string {
	var cells []string
	for _, c := range q.colonnes() {
		cells = append(cells, "coalesce(("+q.fill(c.sql)+")::text, '')")
	}
	return "array[" + strings.Join(cells, ",\n\t") + "]::text[]"
}
