package famille

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/commune"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/rapprochement"
	"base-eleves/internal/territoire"
)

// Connue is a family that the agent sees, by one of its children.
type Connue struct {
	EleveID      uuid.UUID
	Cle          string // its responsables: who has the same is of the same family
	NomFamille   string
	NomUsage     string
	Prenom       string
	Enfants      string // as they are shown, each with his year of birth
	Responsables string
}

// connuesSQL reads under row security those whom the index gives, by a child's name or by a responsable's. As in aineSQL,
// a mairie takes the families of its own schools only.
const connuesSQL = `
	with trouve as (
		select id from eleves_trouves($1, null, null)
		union
		select l.eleve_id from responsables_trouves($1, '') t join lien_responsable l on l.responsable_id = t.id)
	select e.id as eleve_id, r.cle, e.nom_famille, e.nom_usage, e.prenom,
		upper(e.nom_famille) || ' ' || e.prenom || ', ' || to_char(e.date_naissance, 'YYYY') as enfants, r.noms as responsables
	from trouve t join eleve e on e.id = t.id
	join lateral (
		select string_agg(r.id::text, ' ' order by r.id) as cle, string_agg(case r.nature when 'organisme' then r.organisme
			else concat_ws(' ', nullif(r.civilite, ''), coalesce(nullif(r.nom_usage, ''), r.nom_famille), r.prenom) end, ', ' order by l.rang) as noms
		from lien_responsable l join responsable r on r.id = l.responsable_id where l.eleve_id = e.id) r on r.cle is not null
	where e.etat not in ('fusionne', 'errone') and ($2 = '' or e.mairie_insee = $2)
	order by e.cle_nom, e.date_naissance desc, e.id limit 60`

// maxConnues bounds what is proposed: beyond, one says more.
const maxConnues = 6

// QueueConnues looks for families by what was typed; Connues makes a list of them.
func QueueConnues(l *territoire.Lecture, agent habilitation.Agent, dst *[]Connue, q string) {
	if len([]rune(strings.TrimSpace(q))) >= 2 {
		territoire.Toutes(l, dst, connuesSQL, q, communeDe(agent))
	}
}

// Homonymes are the families that bear the very name of a child: those worth proposing to whoever has not asked.
func Homonymes(lignes []Connue, nom string) []Connue {
	return Connues(slices.DeleteFunc(slices.Clone(lignes), func(c Connue) bool {
		return commune.Plier(c.NomFamille) != commune.Plier(nom) && commune.Plier(c.NomUsage) != commune.Plier(nom)
	}), nom)
}

// Connues keeps each family once, with all its children found.
func Connues(lignes []Connue, q string) []Connue {
	var list []Connue
	place := map[string]int{}
	for _, c := range lignes {
		if !c.repond(q) {
			continue
		}
		i, seen := place[c.Cle]
		if seen {
			list[i].Enfants += "\u00a0; " + c.Enfants
			continue
		}
		place[c.Cle] = len(list)
		list = append(list, c)
	}
	return list[:min(len(list), maxConnues)]
}

// repond tells that the family answers to what was typed, whatever the index thought: by a child, or by a responsable.
func (c Connue) repond(q string) bool {
	for _, i := range []rapprochement.Identite{
		{NomFamille: c.NomFamille, NomUsage: c.NomUsage, Prenom: c.Prenom}, {NomFamille: c.Responsables},
	} {
		if rapprochement.Repondre(q, i).Part > 0 {
			return true
		}
	}
	return false
}
