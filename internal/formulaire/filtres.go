package formulaire

import (
	"slices"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/httpx"
	"base-eleves/web/ui"
)

// Filtres are the filters of a list of pupils, as a form asks for them: those that the role may use, with what the base
// has to propose for each.
type Filtres struct {
	Form *httpx.Form
	liste.Definition
	Role     habilitation.Role
	Proposes []Propose
}

// Propose is a value that the base has for a filter.
type Propose struct {
	Filtre  string
	Code    string
	Libelle string
}

// LireFiltres reads the filters of a grain from a form.
func LireFiltres(f *httpx.Form, g liste.Grain, role habilitation.Role) map[string][]string {
	read := map[string][]string{}
	for _, c := range liste.Filtres(g, role) {
		read[c.Code] = f.Values[c.Code]
		if c.Saisie == liste.Jour {
			read[c.Code] = []string{JourDe(f, c.Code)}
		}
	}
	return read
}

// JourDe reads a date as people type it, as a definition holds it.
func JourDe(f *httpx.Form, name string) string {
	if t := f.DateOrNone(name); !t.IsZero() {
		return t.Format(time.DateOnly)
	}
	return ""
}

// JourCourt is a day of a definition as one types it.
func JourCourt(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return ""
	}
	return date.Court(t)
}

// Dits are the filters in words.
func (c Filtres) Dits() (list []string) {
	for _, f := range liste.Filtres(c.Grain, c.Role) {
		values := c.Definition.Filtres[f.Code]
		switch {
		case len(values) == 0:
		case f.Saisie == liste.Case:
			list = append(list, f.Titre)
		default:
			list = append(list, f.Titre+"\u00a0: "+strings.Join(c.mots(f, values), ", "))
		}
	}
	return list
}

// mots are the values of a filter as one reads them.
func (c Filtres) mots(f liste.Filtre, values []string) (words []string) {
	known := c.options(f)
	for _, v := range values {
		i := slices.IndexFunc(known, func(o ui.Option) bool { return o.Value == v })
		switch {
		case i >= 0:
			words = append(words, known[i].Label)
		case f.Saisie == liste.Jour:
			words = append(words, JourCourt(v))
		}
	}
	return words
}

// options are the values that a filter offers.
func (c Filtres) options(f liste.Filtre) (options []ui.Option) {
	chosen := c.Definition.Filtres[f.Code]
	for _, v := range f.Valeurs() {
		options = append(options, ui.Option{Value: v.Code, Label: v.Libelle, Checked: slices.Contains(chosen, v.Code)})
	}
	for _, v := range c.Proposes {
		if v.Filtre == f.Code {
			options = append(options, ui.Option{Value: v.Code, Label: v.Libelle, Checked: slices.Contains(chosen, v.Code)})
		}
	}
	return options
}

// field is a filter of the form; none asks for an answer.
func (c Filtres) field(f liste.Filtre) ui.Field {
	return c.Form.Field(ui.Field{Name: f.Code, Label: f.Titre, Plain: true})
}

func (c Filtres) connus() []liste.Filtre { return liste.Filtres(c.Grain, c.Role) }

// resume says how many filters hold.
func (c Filtres) resume() string {
	if n := len(c.Definition.Filtres); n > 0 {
		return "Filtres (" + ui.Plural(n, "posé", "posés") + ")"
	}
	return "Filtres"
}

// liste tells whether a filter is a drop-down list, boites whether it is boxes: of classes one chooses several.
func (c Filtres) liste(f liste.Filtre) bool {
	return f.Saisie == liste.ParmiDeux || f.Saisie == liste.Propose && !plusieurs(f) && len(c.options(f)) > 0
}

func (c Filtres) boites(f liste.Filtre) bool {
	return f.Saisie == liste.Cases || plusieurs(f) && len(c.options(f)) > 0
}

func plusieurs(f liste.Filtre) bool { return f.Code == "classe" || f.Code == "groupe" }

// choix are the options of a drop-down list, the one that filters nothing first.
func (c Filtres) choix(f liste.Filtre) []ui.Option {
	all := "Tous"
	switch f.Code {
	case liste.EtatFiltre:
		all = liste.EtatParDefaut
	case "ecole", "commune", "circonscription":
		all = "Toutes"
	}
	return append([]ui.Option{{Label: all}}, c.options(f)...)
}

// ProposerSQL reads the schools, and of the one school that is looked at, its classes, groups and communes. A territory of
// more than 200 schools proposes none: one comes from the list of the schools.
func ProposerSQL(d liste.Definition, agent habilitation.Agent) (string, []any) {
	school := d.Valeur("ecole")
	if agent.Ecole != "" {
		school = agent.Ecole
	}
	sql, args := "", []any{int(d.AnneeLe(agent.Aujourdhui())), school}
	if agent.Role == habilitation.Directeur {
		sql = groupesSQL + " union all "
	} else {
		sql = ecolesSQL + " union all "
	}
	if agent.Role == habilitation.IA {
		sql += circonscriptionsSQL + " union all "
	}
	if agent.Can(habilitation.ConsulterClasses) {
		sql += classesSQL + " union all "
	}
	return sql + communesSQL + " order by filtre, libelle", args
}

const (
	classesSQL = `select 'classe' as filtre, id::text as code, libelle_court as libelle from classe where annee = $1 and ecole_uai = $2`
	groupesSQL = `select 'groupe' as filtre, id::text as code, libelle from groupe where annee = $1 and ecole_uai = $2`
	ecolesSQL  = `select 'ecole' as filtre, e.uai as code, k.nom || ', ' || e.nom as libelle from ecole e join commune k on k.insee = e.commune_insee
		where e.uai = any (array(select uai from unnest(portee_ecoles()) as uai where cardinality(portee_ecoles()) <= 200 or uai = $2))`
	circonscriptionsSQL = `select 'circonscription' as filtre, c.uai as code, c.nom as libelle from circonscription c
		where c.uai = any (array(select distinct circonscription_uai from ecole where uai = any (portee_ecoles())))`
	communesSQL = `select distinct 'commune' as filtre, a.commune_insee as code, a.commune as libelle from scolarite s
		join eleve e on e.id = s.eleve_id join adresse a on a.id = e.adresse_id
		where s.annee = $1 and s.ecole_uai = $2 and s.etat in ('admis_accepte', 'admis_definitif') and a.commune_insee is not null`
)
