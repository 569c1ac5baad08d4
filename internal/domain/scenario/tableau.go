// Package scenario is the board on which the directeur composes the classes of a year (domain.md §5.4): the répartition
// in force, which is the register's, and named scenarios beside it. Pupils are moved here, one or many, by hand or by
// the proposal of internal/domain/repartition; a scenario is compared, published, and every movement taken back.
package scenario

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/territoire"
)

// Cible is what one works on: a scenario of a year, or the répartition in force when Scenario is uuid.Nil.
type Cible struct {
	Annee    ecole.Annee
	Scenario uuid.UUID
}

// EnVigueur tells that one works on the register itself.
func (c Cible) EnVigueur() bool { return c.Scenario == uuid.Nil }

// Tableau is the board: all the pupils of the year, all its classes.
type Tableau struct {
	Cible     Cible
	Eleves    []Eleve
	Classes   []Classe
	Regles    []Regle
	Scenarios []Scenario // of the year, for the way from one to the other
}

// Eleve is a pupil of the board. Who is expected from the year before has no scolarité in this one yet: he can be placed
// in a scenario only.
type Eleve struct {
	ID            uuid.UUID // of his file
	ScolariteID   *uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	Sexe          eleve.Sexe
	DateNaissance time.Time
	Niveau        ecole.Niveau
	Attendu       bool // not there yet
	Origine       string
	ClasseID      *uuid.UUID // on this board
	Vigueur       *uuid.UUID // in the register
	Version       int        // of the placement, of the scolarité on the board in force
	ALaMain       bool       // no proposal moves him
	Proches       []uuid.UUID
	Passage       string // what was decided for one of the year before, '' for nothing
	Quittant      bool
	Type          ecole.Type
	CleNom        string
	fratrie       int // number shared by brothers and sisters, 0 for an only child
}

// Nom is how he is named.
func (e Eleve) Nom() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

// Trimestre is the quarter of the year in which he was born, from 1.
func (e Eleve) Trimestre() int { return (int(e.DateNaissance.Month()) + 2) / 3 }

// Fratrie is the number that he shares with brothers and sisters of the board, 0 without any.
func (e Eleve) Fratrie() int { return e.fratrie }

// Cle is what a form names him by: his scolarité on the board in force, his file in a scenario.
func (e Eleve) Cle(c Cible) string {
	if c.EnVigueur() {
		return Abreger(*e.ScolariteID)
	}
	return Abreger(e.ID)
}

// Abreger is the first half of an identifier: enough among the pupils of a year, and a page of three hundred weighs a
// third less.
func Abreger(id uuid.UUID) string { return hex.EncodeToString(id[:6]) }

// Classe is a class of the year.
type Classe struct {
	ID          uuid.UUID
	Libelle     string
	Niveaux     []ecole.Niveau
	EffectifMax int // 0 for none
}

// colonnesSQL are those of a pupil, from his scolarité s. Brothers and sisters have a responsable or a home in common;
// an organisation is nobody's mother.
const prochesSQL = `
	array(select l.responsable_id from lien_responsable l join responsable r on r.id = l.responsable_id
			where l.eleve_id = s.eleve_id and r.nature = 'personne'
		union all select e.adresse_id from eleve e where e.id = s.eleve_id and e.adresse_id is not null) as proches`

const (
	identiteSQL = `s.nom_famille, s.nom_usage, s.prenom, s.sexe, s.date_naissance`

	// elevesSQL: $1 the year, $2 the scenario or null, $3 whether those of the year before who have no line yet are
	// expected.
	elevesSQL = `
	select s.eleve_id as id, s.id as scolarite_id, ` + identiteSQL + `, s.niveau, s.etat <> 'admis_definitif' as attendu,
		coalesce((select k.libelle_court from scolarite a join classe k on k.id = a.classe_id
			where a.eleve_id = s.eleve_id and a.annee = $1 - 1 order by a.date_admission desc limit 1), '') as origine,
		case when $2::uuid is null then s.classe_id else p.classe_id end as classe_id, s.classe_id as vigueur,
		case when $2::uuid is null then s.version else coalesce(p.version, 0) end as version,
		coalesce(p.a_la_main, false) as a_la_main, ` + prochesSQL + `,
		'' as passage, false as quittant, '' as type, s.cle_nom
	from scolarite s left join scenario_place p on p.scenario_id = $2 and p.eleve_id = s.eleve_id
	where s.annee = $1 and s.etat in ('admis_accepte', 'admis_definitif')
	union all
	select s.eleve_id, null, ` + identiteSQL + `, coalesce(d.niveau_suivant, s.niveau), true,
		coalesce((select libelle_court from classe k where k.id = s.classe_id), ''),
		p.classe_id, null, coalesce(p.version, 0), coalesce(p.a_la_main, false), ` + prochesSQL + `,
		coalesce(d.decision, ''), coalesce(d.quittant, false), (select type from ecole where uai = s.ecole_uai), s.cle_nom
	from scolarite s left join passage d on d.scolarite_id = s.id
	left join scenario_place p on p.scenario_id = $2 and p.eleve_id = s.eleve_id
	where $3 and s.annee = $1 - 1 and s.etat = 'admis_definitif' and not exists (
		select from scolarite n where n.eleve_id = s.eleve_id and n.annee = $1 and n.ecole_uai = s.ecole_uai and n.etat <> 'annulee')`

	classesSQL = `
	select c.id, c.libelle_court as libelle, coalesce(c.effectif_max, 0) as effectif_max, n.niveaux
	from classe c
	cross join lateral (
		select array(select niveau from classe_niveau where classe_id = c.id order by array_position($2::text[], niveau)) as niveaux
	) n
	where c.annee = $1
	order by array_position($2::text[], n.niveaux[1]), c.libelle_court, c.id`
)

// scenario is the parameter of elevesSQL.
func (c Cible) scenario() *uuid.UUID {
	if c.EnVigueur() {
		return nil
	}
	return &c.Scenario
}

// projette tells that pupils of the year before are expected: in a scenario of a year that has not begun.
func (c Cible) projette(agent habilitation.Agent) bool {
	return !c.EnVigueur() && c.Annee > ecole.AnneeDe(agent.Aujourdhui())
}

// Queue reads the board; Finir makes it whole once it is read.
func (t *Tableau) Queue(l *territoire.Lecture, agent habilitation.Agent, c Cible) {
	t.Cible = c
	t.queueEleves(l, agent)
	t.queueClasses(l)
	t.QueueScenarios(l, c.Annee)
	territoire.Toutes(l, &t.Regles, reglesSQL, int(c.Annee))
}

func (t *Tableau) queueEleves(l *territoire.Lecture, agent habilitation.Agent) {
	c := t.Cible
	territoire.Toutes(l, &t.Eleves, elevesSQL, int(c.Annee), c.scenario(), c.projette(agent))
}

func (t *Tableau) queueClasses(l *territoire.Lecture) {
	territoire.Toutes(l, &t.Classes, classesSQL, int(t.Cible.Annee), ecole.Niveaux())
}

// QueueScenarios reads the scenarios of a year alone.
func (t *Tableau) QueueScenarios(l *territoire.Lecture, annee ecole.Annee) {
	t.Cible.Annee = annee
	territoire.Toutes(l, &t.Scenarios, scenariosSQL, int(annee))
}

// Finir works out who is expected, and who are brothers and sisters. The scenario must be one of the year.
func (t *Tableau) Finir() error {
	if !t.Cible.EnVigueur() && t.Scenario() == nil {
		return refusal.NotFound()
	}
	t.ranger()
	return nil
}

func (t *Tableau) ranger() {
	t.Eleves = attendus(t.Eleves)
	slices.SortFunc(t.Eleves, func(a, b Eleve) int {
		return cmp.Or(cmp.Compare(a.Niveau.Rang(), b.Niveau.Rang()), cmp.Compare(a.CleNom, b.CleNom), bytes.Compare(a.ID[:], b.ID[:]))
	})
	joindreFratries(t.Eleves)
}

// lire reads the board in the transaction of an act.
func lire(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, c Cible) (t Tableau, err error) {
	t.Cible = c
	ordre := ecole.Niveaux()
	if t.Eleves, err = territoire.Lignes[Eleve](ctx, tx, elevesSQL, int(c.Annee), c.scenario(), c.projette(agent)); err == nil {
		t.Classes, err = territoire.Lignes[Classe](ctx, tx, classesSQL, int(c.Annee), ordre)
	}
	if err != nil {
		return t, fmt.Errorf("scenario: read the board: %w", err)
	}
	t.ranger()
	return t, nil
}

// attendus gives those of the year before their next niveau, as decided or as for nearly all, and drops who leaves.
func attendus(list []Eleve) []Eleve {
	kept := list[:0]
	for _, e := range list {
		if e.ScolariteID == nil && e.Passage == "" {
			usuel := passage.Situation{Present: true, Niveau: e.Niveau, Type: e.Type}.Usuel()
			e.Niveau, e.Quittant = usuel.Niveau, usuel.Quittant
		}
		if !e.Quittant {
			kept = append(kept, e)
		}
	}
	return kept
}

// Scenario is the scenario of the board; nil on the one in force, and for one that was deleted.
func (t *Tableau) Scenario() *Scenario {
	for i := range t.Scenarios {
		if t.Scenarios[i].ID == t.Cible.Scenario && t.Scenarios[i].SupprimeLe == nil {
			return &t.Scenarios[i]
		}
	}
	return nil
}

// Classe is a class of the board, nil for none or for one that is not of it.
func (t *Tableau) Classe(id *uuid.UUID) *Classe {
	for i := range t.Classes {
		if id != nil && t.Classes[i].ID == *id {
			return &t.Classes[i]
		}
	}
	return nil
}
