package inscriptions

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
)

// perPage is how many inscriptions a page of the list shows.
const perPage = 50

// Where the inscriptions of the list are: in the schools and on the waiting list of the commune, or in those of another
// commune, for children who live here.
const (
	lieuCommune  = "commune"
	lieuAilleurs = "ailleurs"
)

// etats are the states of the filter, in the order in which an inscription meets them.
var etats = []inscription.Etat{
	inscription.EnAttente, inscription.Inscrit, inscription.Transformee, inscription.Annulee, inscription.Refusee,
}

// criteria are what the list was asked for. A value that means nothing is no criterion.
type criteria struct {
	annee   ecole.Annee
	ecole   string
	etat    inscription.Etat
	lieu    string
	nom     string
	tri     string
	desc    bool
	page    int
	commune string // of the agent
}

func readCriteria(q url.Values, agent habilitation.Agent) criteria {
	c := criteria{
		annee: ecole.AnneeDe(agent.Aujourdhui()), ecole: q.Get("ecole"), nom: strings.TrimSpace(q.Get("q")),
		tri: q.Get("tri"), desc: q.Get("sens") == "desc", commune: agent.Commune,
	}
	if a, err := ecole.ParseAnnee(q.Get("annee")); err == nil {
		c.annee = a
	}
	if e := inscription.Etat(q.Get("etat")); slices.Contains(etats, e) {
		c.etat = e
	}
	if l := q.Get("lieu"); l == lieuCommune || l == lieuAilleurs {
		c.lieu = l
	}
	if _, ok := orders[c.tri]; !ok {
		c.tri = "nom"
	}
	c.page, _ = strconv.Atoi(q.Get("page"))
	c.page = max(c.page, 1)
	return c
}

// orders are the sorts of the list; each ends with the name and the id, which make it total.
var orders = map[string]string{
	"nom":       "i.cle_nom%[1]s, i.id%[1]s",
	"naissance": "i.date_naissance%[1]s, i.cle_nom, i.id",
	"niveau":    "array_position('{TPS,PS,MS,GS,CP,CE1,CE2,CM1,CM2}'::text[], i.niveau)%[1]s, i.cle_nom, i.id",
	"date":      "coalesce(i.date_inscription, i.date_demande)%[1]s, i.cle_nom, i.id",
}

func (c criteria) order() string {
	sens := ""
	if c.desc {
		sens = " desc"
	}
	return " order by " + fmt.Sprintf(orders[c.tri], sens)
}

// where is the condition of the list and its values. Each word typed begins a word of the name; cle_nom leaves nothing
// in it that LIKE would read as a pattern.
func (c criteria) where(withEtat bool) (string, []any) {
	sql, args := "i.annee = $1", []any{int(c.annee)}
	add := func(condition string, value any) {
		args = append(args, value)
		sql += " and " + strings.ReplaceAll(condition, "?", "$"+strconv.Itoa(len(args)))
	}
	if c.ecole != "" {
		add("i.ecole_uai = ?", c.ecole)
	}
	if withEtat && c.etat != "" {
		add("i.etat = ?", c.etat)
	}
	switch c.lieu {
	case lieuCommune:
		add("i.commune_insee = ?", c.commune)
	case lieuAilleurs:
		add("i.commune_insee <> ?", c.commune)
	}
	if c.nom != "" {
		add(`' ' || i.cle_nom like all (array(
			select '% ' || mot || '%' from unnest(string_to_array(cle_nom(?), ' ')) as mot))`, c.nom)
	}
	return sql, args
}

// bare tells that nothing but the year was asked for.
func (c criteria) bare() bool { return c.ecole == "" && c.etat == "" && c.lieu == "" && c.nom == "" }
