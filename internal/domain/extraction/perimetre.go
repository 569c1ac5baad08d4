package extraction

import (
	"strings"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/territoire"
)

// Perimetre is the part of the territory that is taken: a kind and a code, « ecole:0650001A »; "" for the whole of it.
type Perimetre string

// Kinds of perimeter.
const (
	parEcole           = "ecole"
	parCommune         = "commune"
	parCirconscription = "circonscription"
)

// Perimetres are the kinds that a role may choose besides its whole territory.
func Perimetres(role habilitation.Role) []string {
	return map[habilitation.Role][]string{
		habilitation.Mairie: {parEcole}, habilitation.IEN: {parCommune, parEcole}, habilitation.IA: {parCirconscription, parCommune, parEcole},
	}[role]
}

// texte is the perimeter as the journal says it.
func (p Perimetre) texte(agent habilitation.Agent) Perimetre {
	if p == "" {
		return "territoire:" + Perimetre(agent.Role)
	}
	return p
}

// Condition is that of a school e of the perimeter, on its code.
func (p Perimetre) Condition() (sql, code string) {
	kind, code, _ := strings.Cut(string(p), ":")
	sql, known := map[string]string{
		"": "? = ''", parEcole: "e.uai = ?", parCommune: "e.commune_insee = ?", parCirconscription: "e.circonscription_uai = ?",
	}[kind]
	if !known {
		return "? is null", ""
	}
	return sql, code
}

// QueueEcoles reads the schools of the perimeter that are in the territory; there is none for one that is foreign.
func (p Perimetre) QueueEcoles(l *territoire.Lecture, dst *[]Ecole) {
	condition, code := p.Condition()
	territoire.Toutes(l, dst, `select e.uai, e.nom, k.nom as commune, 0 as nombre from ecole e join commune k on k.insee = e.commune_insee
		where e.uai = any ((select portee_ecoles())::text[]) and `+strings.ReplaceAll(condition, "?", "$1::text")+`
		order by k.nom, e.nom, e.uai`, code)
}

// Choix is a perimeter to choose.
type Choix struct {
	Genre string // « Écoles »
	Code  string
	Label string
}

const choixSQL = `
	with mes as (select e.uai, e.nom, e.commune_insee, k.nom as commune, e.circonscription_uai from ecole e
		join commune k on k.insee = e.commune_insee where e.uai = any ((select portee_ecoles())::text[]))
	select genre, code, label from (
		select 1 as rang, 'Circonscriptions' as genre, 'circonscription:' || c.uai as code, c.nom as label from circonscription c
			where 'circonscription' = any ($1::text[]) and c.uai in (select circonscription_uai from mes)
		union all
		select distinct 2, 'Communes', 'commune:' || commune_insee, commune from mes where 'commune' = any ($1::text[])
		union all
		select 3, 'Écoles', 'ecole:' || uai, commune || ' – ' || nom from mes where 'ecole' = any ($1::text[])) x
	order by rang, label, code`

// QueueChoix reads the perimeters that a role may choose.
func QueueChoix(l *territoire.Lecture, role habilitation.Role, dst *[]Choix) {
	territoire.Toutes(l, dst, choixSQL, Perimetres(role))
}
