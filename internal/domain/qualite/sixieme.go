package qualite

import (
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/territoire"
)

// sixiemes are the rules whose fault stops a pupil at the door of the collège: without responsable légal SIECLE does not
// import him; without INE, place of birth or home other programs do not; and the collège must be able to call.
var sixiemes = []string{"autorite-parentale", "ine", "ine-bloque", "lieu-naissance", "adresse", "telephone"}

// PourSixieme are those that a role reads.
func PourSixieme(role habilitation.Role) []Anomalie {
	return slices.DeleteFunc(Pour(role), func(a Anomalie) bool { return !slices.Contains(sixiemes, a.Code) })
}

// partants is where the pupils who leave for the collège are looked for.
var partants = sources[presents].de + ` and ` + sixieme.PartantSQL

// Partant is a pupil who leaves for the collège, what his file lacks, and where he goes.
type Partant struct {
	ID            uuid.UUID // of the scolarité
	Cle           uuid.UUID // of the pupil
	Autre         *uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	Niveau        string
	ClasseID      *uuid.UUID
	Classe        string
	Manques       []string // codes of rules
	CollegeUAI    string
	College       string
	Etat          string // of his assignment, "" while there is none
	RecuLe        *time.Time
}

// Nom is the pupil as a list names him.
func (p Partant) Nom() string { return eleve.NomListe(p.NomFamille, p.NomUsage, p.Prenom) }

// Lacunes are the rules that his file breaks.
func (p Partant) Lacunes(role habilitation.Role) []Anomalie {
	return slices.DeleteFunc(PourSixieme(role), func(a Anomalie) bool { return !slices.Contains(p.Manques, a.Code) })
}

// Reparation is the address of the form that mends one of them.
func (p Partant) Reparation(a Anomalie) string { return a.cible(Ligne{Cle: p.Cle, Autre: p.Autre}) }

// manquesSQL is an array of the codes of the rules that a pupil breaks.
func manquesSQL(list []Anomalie) string {
	cases := make([]string, len(list))
	for i, a := range list {
		cases[i] = "case when " + a.condition + " then '" + a.Code + "' end"
	}
	return "array_remove(array[" + strings.Join(cases, ", ") + "]::text[], null)"
}

// QueuePartants reads the pupils of a school who leave for the collège at the rentrée that follows the year annee.
func QueuePartants(l *territoire.Lecture, agent habilitation.Agent, dst *[]Partant, annee int, place string) {
	if own := lieu(agent); own != "" {
		place = own
	}
	territoire.Toutes(l, dst, `
		select p.id, p.cle, p.autre, p.nom_famille, p.nom_usage, p.prenom, p.date_naissance, p.niveau, p.classe_id,
			coalesce(k.libelle_court, '') as classe, p.manques, coalesce(a.college_uai, '') as college_uai,
			coalesce(concat_ws(', ', g.nom, gk.nom), '') as college, coalesce(a.etat, '') as etat, a.recu_le
		from `+ancre(agent.Role)+` cross join lateral (
			select p.id, p.eleve_id as cle, j.premier as autre, p.nom_famille, p.nom_usage, p.prenom, p.date_naissance, p.niveau, p.classe_id,
				p.cle_nom, `+manquesSQL(PourSixieme(agent.Role))+` as manques`+partants+`) p
		left join classe k on k.id = p.classe_id
		left join affectation_6e a on a.eleve_id = p.cle and a.annee = $1 + 1 and a.etat in ('affecte', 'recu')
		left join college g on g.uai = a.college_uai left join commune gk on gk.insee = g.commune_insee
		order by p.cle_nom, p.id`, annee, agent.Aujourdhui(), place)
}

// Partance is a school and how many of its pupils leave for the collège.
type Partance struct {
	UAI       string
	Nom       string
	Commune   string
	Partants  int
	Complets  int // whose file lacks nothing
	Affectes  int
	Recus     int
	Total     int   // schools of the list, the same on every line
	Comptages []int // in the order of PourSixieme(role)
}

// QueuePartances counts them in limit of the schools of an inspection from offset on, those that send some.
func QueuePartances(l *territoire.Lecture, agent habilitation.Agent, dst *[]Partance, annee int, q string, limit, offset int) {
	rules := PourSixieme(agent.Role)
	filters, any := make([]string, len(rules)), make([]string, len(rules))
	for i, a := range rules {
		filters[i], any[i] = "count(*) filter (where "+a.condition+")", a.condition
	}
	territoire.Toutes(l, dst, `
		select t.lieu as uai, t.nom, t.commune, n.partants, n.complets, n.comptages, v.affectes, v.recus, t.total
		from (
			select e.uai as lieu, e.nom, k.nom as commune, count(*) over ()::int as total, `+types+`
			from ecole e join commune k on k.insee = e.commune_insee
			where e.uai = any (portee_ecoles()) and e.ouverte and e.type in ('elementaire', 'primaire')
				and ($3 = '' or cle_nom(concat_ws(' ', e.nom, k.nom, e.uai)) like '%' || cle_nom($3) || '%')
			order by cle_nom(k.nom), cle_nom(e.nom), e.uai limit $4 offset $5) t
		cross join lateral (select count(*) as partants, count(*) filter (where not (`+strings.Join(any, " or ")+`)) as complets,
			array[`+strings.Join(filters, ", ")+`]::int[] as comptages`+partants+`) n
		cross join lateral (select count(*) as affectes, count(*) filter (where a.etat = 'recu') as recus
			from affectation_6e a where a.ecole_uai = t.lieu and a.annee = $1 + 1 and a.etat in ('affecte', 'recu')) v
		order by cle_nom(t.commune), cle_nom(t.nom), t.lieu`, annee, agent.Aujourdhui(), q, limit, offset)
}
