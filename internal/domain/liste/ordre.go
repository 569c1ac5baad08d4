package liste

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
)

// Ordre is what a list may be sorted or grouped by.
type Ordre struct {
	Code  string
	Titre string

	roles   []habilitation.Role
	besoins []string
	cle     string // what sorts
	libelle string // what names a group; none when the order makes no groups
	sans    string // names the group of those who have none
	mots    func(string) string
	grains  []Grain // that it sorts or groups; pupils alone when there are none
}

// rangSQL is the rank of a niveau, from the TPS to the CM2.
const rangSQL = `array_position('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[], s.niveau)`

// foyers are the grains whose lines are made of several children: they are sorted by name, grouped by what siblings share.
var foyers = []Grain{Eleves, Responsables, Familles}

var ordres = []Ordre{
	{Code: "nom", Titre: "Nom", roles: tous, cle: `s.cle_nom`, grains: foyers},
	{Code: "naissance", Titre: "Date de naissance", roles: tous, cle: `s.date_naissance`},
	{Code: "annee_naissance", Titre: "Année de naissance", roles: tous, cle: `extract(year from s.date_naissance)`,
		libelle: `to_char(s.date_naissance, 'YYYY')`, mots: func(y string) string { return "Nés en " + y }},
	{Code: "anniversaire", Titre: "Anniversaire", roles: tous, cle: `to_char(s.date_naissance, 'MMDD')`},
	{Code: "mois", Titre: "Mois de naissance", roles: tous, cle: `to_char(s.date_naissance, 'MM')`, libelle: `to_char(s.date_naissance, 'MM')`, mots: Mois},
	{Code: "niveau", Titre: "Niveau", roles: tous, cle: rangSQL, libelle: `s.niveau`, sans: "Sans niveau", grains: []Grain{Eleves, Responsables}},
	{Code: "cycle", Titre: "Cycle", roles: tous, cle: `width_bucket(` + rangSQL + `, array[1, 5, 8])`,
		libelle: `s.niveau`, sans: "Sans cycle", mots: cycle},
	{Code: "classe", Titre: "Classe", roles: scolaire, besoins: []string{"k"}, cle: `k.libelle_court`, libelle: `k.libelle_court`,
		sans: "Sans classe", grains: []Grain{Eleves, Responsables}},
	{Code: "ecole", Titre: "École", roles: horsEcole, besoins: []string{"ec"}, cle: `case when s.ici then ecc.nom || ' ' || ec.nom || ec.uai end`,
		libelle: `case when s.ici then ec.nom || ', ' || ecc.nom end`, sans: "École d’une autre commune, ou sans école", grains: foyers},
	{Code: "commune", Titre: "Commune de résidence", roles: tous, besoins: []string{"a"}, cle: `cle_nom(a.commune)`, libelle: `a.commune`,
		sans: "Commune non indiquée", grains: foyers},
	{Code: "rue", Titre: "Rue", roles: tous, besoins: []string{"a"}, cle: `cle_nom(a.commune || ' ' || regexp_replace(a.voie, '^[0-9]+ *(bis|ter)?', ''))`},
	{Code: "sexe", Titre: "Sexe", roles: tous, cle: `s.sexe`, libelle: `s.sexe`, mots: sexe},
	{Code: "etat", Titre: "État", roles: tous, cle: `s.etat`, libelle: `s.etat`, mots: etat},
	{Code: "arrivee", Titre: "Date d’arrivée", roles: tous, cle: `coalesce(s.date_admission, s.date_effet)`},
	{Code: "depart", Titre: "Date de départ", roles: tous, cle: `s.date_radiation`},
	{Code: "decision", Titre: "Décision de passage", roles: scolaire, besoins: []string{"p"}, cle: `p.decision`, libelle: `p.decision`,
		sans: "Sans décision", mots: decision},
}

func ordreDe(code string, role habilitation.Role) (Ordre, bool) {
	for _, o := range ordres {
		if o.Code == code && slices.Contains(o.roles, role) {
			return o, true
		}
	}
	return Ordre{}, false
}

func (o Ordre) de(g Grain) bool { return g == Eleves || slices.Contains(o.grains, g) }

// trie tells whether the order sorts the lines of a grain: those of several children are sorted by name.
func (o Ordre) trie(g Grain) bool { return g == Eleves || o.Code == "nom" }

func (o Ordre) groupe(g Grain) bool { return o.libelle != "" && o.de(g) }

// Tris are the orders by which a role may sort lines of a grain, Groupements those by which it may group them.
func Tris(g Grain, role habilitation.Role) []Ordre {
	return ordresQui(role, func(o Ordre) bool { return o.trie(g) })
}

// Groupements are the orders by which a role may group lines of a grain.
func Groupements(g Grain, role habilitation.Role) []Ordre {
	return ordresQui(role, func(o Ordre) bool { return o.groupe(g) })
}

func ordresQui(role habilitation.Role, keep func(Ordre) bool) (list []Ordre) {
	for _, o := range ordres {
		if slices.Contains(o.roles, role) && keep(o) {
			list = append(list, o)
		}
	}
	return list
}

// NomGroupe is the heading of a group, from what the base gave.
func (d Definition) NomGroupe(code string, role habilitation.Role) string {
	o, _ := ordreDe(d.Groupe, role)
	switch {
	case code == "":
		return o.sans
	case o.mots != nil:
		return o.mots(code)
	}
	return code
}

// TitreGroupe names what the list is grouped by, "" when it is not.
func (d Definition) TitreGroupe(role habilitation.Role) string {
	o, _ := ordreDe(d.Groupe, role)
	return o.Titre
}

// Mois is the name of a month, by its number.
func Mois(numero string) string {
	n, err := strconv.Atoi(numero)
	if err != nil || n < 1 || n > 12 {
		return ""
	}
	nom, _, _ := strings.Cut(date.Mois(date.Du(2000, time.Month(n), 1)), "\u00a0")
	return nom
}

func sexe(code string) string { return map[string]string{"F": "Filles", "M": "Garçons"}[code] }
