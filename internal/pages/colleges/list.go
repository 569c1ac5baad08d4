package colleges

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/sixieme"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const parPage = 50

// college is a line of the list. A service informatique reads no pupil, not even counted: it has tokens only.
type college struct {
	UAI          string
	Nom          string
	Commune      string
	Affectes     int
	Recus        int
	RecuLe       *time.Time
	Jetons       int
	DernierAppel *time.Time
	Total        int
}

func (c college) nom() string { return ecole.NomComplet(c.Nom, c.Commune) }

// comptesSQL are the pupils of a collège g for the rentrée $1; only an IA may read them.
const (
	comptesSQL = `select count(*) filter (where a.etat in ('affecte', 'recu')) as affectes, count(*) filter (where a.etat = 'recu') as recus,
		max(a.recu_le) as recu_le from affectation_6e a where a.college_uai = g.uai and a.annee = $1`
	sansComptesSQL = `select 0 as affectes, 0 as recus, null::timestamptz as recu_le where $1 > 0`
)

func listSQL(agent habilitation.Agent) string {
	comptes := sansComptesSQL
	if agent.Can(habilitation.AffecterSixieme) {
		comptes = comptesSQL
	}
	return `
	select g.uai, g.nom, k.nom as commune, n.affectes, n.recus, n.recu_le,
		(select count(*) from jeton_6e j where j.college_uai = g.uai and j.revoque_le is null and j.expire_le >= $2) as jetons,
		(select max(dernier_appel) from jeton_6e j where j.college_uai = g.uai) as dernier_appel, count(*) over () as total
	from college g join commune k on k.insee = g.commune_insee cross join lateral (` + comptes + `) n
	where k.departement_code = portee_dsden() and g.ouvert
		and ($3 = '' or cle_nom(concat_ws(' ', g.nom, k.nom, g.uai)) like '%' || cle_nom($3) || '%')
	order by cle_nom(k.nom), cle_nom(g.nom), g.uai limit $4 offset $5`
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	q := r.URL.Query()
	page := httpx.PageAsked(q)
	annee := sixieme.Campagne(agent.Aujourdhui())
	var list []college
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &list, listSQL(agent), int(annee), agent.Aujourdhui(), strings.TrimSpace(q.Get("q")), parPage, (page-1)*parPage)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(annee, listProps(q, agent, list, page)))
}

func listProps(q url.Values, agent habilitation.Agent, list []college, page int) ui.ListProps {
	props := ui.ListProps{
		Caption: "Collèges", Path: path, Query: q, Search: "Nom, commune ou code UAI", Columns: []ui.Column{{Label: "Collège"}},
		Pager: ui.Pager{Page: page, PerPage: parPage}, Empty: ui.EmptyProps{Sentence: "Aucun collège ne répond à ces critères."},
	}
	counts := agent.Can(habilitation.AffecterSixieme)
	if counts {
		props.Columns = append(props.Columns, ui.Column{Label: "Affectés", Number: true}, ui.Column{Label: "Reçus", Number: true}, ui.Column{Label: "Accusé le"})
	}
	props.Columns = append(props.Columns, ui.Column{Label: "Jetons valables", Number: true}, ui.Column{Label: "Dernier appel"})
	for _, c := range list {
		props.Pager.Total = c.Total
		cells := []string{c.nom()}
		if counts {
			cells = append(cells, ui.Count(c.Affectes), ui.Count(c.Recus), date.CourtOuRien(c.RecuLe))
		}
		cells = append(cells, ui.Count(c.Jetons), date.CourtOuRien(c.DernierAppel))
		props.Rows = append(props.Rows, ui.ListRow{Href: path + "/" + c.UAI, Label: c.nom(), Cells: ui.Cells(cells...)})
	}
	return props
}
