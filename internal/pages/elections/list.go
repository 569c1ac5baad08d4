package elections

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// perPage is how many schools a page shows.
const perPage = 50

// ligne is a school and its election of the year, if it is prepared.
type ligne struct {
	UAI       string
	Nom       string
	Commune   string
	ID        *uuid.UUID
	ScrutinLe *time.Time
	ArreteeLe *time.Time
	AnnuleeLe *time.Time
	Sieges    int
	Inscrits  int
	Total     int
}

const listSQL = `
	select e.uai, e.nom, c.nom as commune, x.id, x.scrutin_le, x.arretee_le, x.annulee_le, coalesce(x.sieges, 0) as sieges,
		coalesce(x.inscrits, 0) as inscrits, count(*) over ()::int as total
	from ecole e join commune c on c.insee = e.commune_insee left join lateral (
		select * from election y where y.ecole_uai = e.uai and y.annee = $1 order by y.annulee_le desc nulls first, y.id limit 1) x on true
	where e.uai = any (portee_ecoles()) and (e.ouverte or x.id is not null)
		and case $2 when 'sans' then x.id is null or x.annulee_le is not null when 'sans_liste' then x.arretee_le is null else true end
		and ($3 = '' or cle_nom(concat_ws(' ', e.nom, c.nom, e.uai)) like '%' || cle_nom($3) || '%')
	order by cle_nom(c.nom), cle_nom(e.nom), e.uai limit nullif($4, 0) offset $5`

// territoireVue is the list as the page shows it.
type territoireVue struct {
	agent  habilitation.Agent
	annee  ecole.Annee
	query  url.Values
	page   int
	lignes []ligne
}

// read reads the schools; a limit of zero is none.
func (p Pages) read(ctx context.Context, agent habilitation.Agent, q url.Values, limit int, besides func(*territoire.Lecture)) (territoireVue, error) {
	v := territoireVue{agent: agent, annee: httpx.Annee(q, agent), query: q, page: httpx.PageAsked(q)}
	err := p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.lignes, listSQL, int(v.annee), q.Get("etat"), q.Get("q"), limit, limit*(v.page-1))
		besides(l)
	})
	return v, err
}

// list shows a directeur the election of his school, an inspection those of its schools.
func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	if agent.Role == habilitation.Directeur {
		return p.showEcole(w, r, agent)
	}
	v, err := p.read(r.Context(), agent, r.URL.Query(), perPage, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(v))
}

// total is how many schools answer.
func (v territoireVue) total() int {
	if len(v.lignes) == 0 {
		return 0
	}
	return v.lignes[0].Total
}

func (v territoireVue) props() ui.ListProps {
	props := ui.ListProps{
		Caption: "Élections " + v.annee.Libelle(), Path: "/elections", Query: v.query, Exports: tableau.Formats,
		Scope: "Vous lisez les dates et les chiffres. Les noms des électeurs restent à l’école.", Search: "École ou commune",
		Filters: []ui.Filter{httpx.AnneeFilter(v.agent), {Name: "etat", Label: "État", All: "Toutes les écoles", Options: []ui.Option{
			{Value: "sans", Label: "Élection non préparée, ou annulée"}, {Value: "sans_liste", Label: "Liste électorale non arrêtée"},
		}}},
		Pager: ui.Pager{Page: v.page, PerPage: perPage, Total: v.total()}, Empty: ui.EmptyProps{Sentence: "Aucune école ne répond à ces critères."},
		Columns: []ui.Column{
			{Label: "École"}, {Label: "Commune"}, {Label: "Vote"}, {Label: "Liste arrêtée"}, {Label: "Sièges", Number: true},
			{Label: "Électeurs", Number: true},
		},
	}
	for _, l := range v.lignes {
		row := ui.ListRow{Label: l.Nom, Cells: ui.Cells(l.Nom, l.Commune, l.vote(), date.CourtOuRien(l.ArreteeLe), ui.Places(l.Sieges), ui.Places(l.Inscrits))}
		if l.ID != nil {
			row.Href = path(*l.ID)
		}
		props.Rows = append(props.Rows, row)
	}
	return props
}

// vote is the day of the vote, or that it is not decided.
func (l ligne) vote() string {
	switch {
	case l.ScrutinLe == nil:
		return "Non préparé"
	case l.AnnuleeLe != nil:
		return date.Court(*l.ScrutinLe) + ", annulé le " + date.Court(*l.AnnuleeLe)
	}
	return date.Court(*l.ScrutinLe)
}

func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r.Context(), agent, r.URL.Query(), 0, func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "election", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Élections des parents " + v.annee.Libelle(), Details: []string{ui.Plural(len(v.lignes), "école", "écoles")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: "Aucune école ne répond à ces critères.",
		Columns: []tableau.Column{
			{Title: "UAI"}, {Title: "École"}, {Title: "Commune"}, {Title: "Vote"}, {Title: "Liste arrêtée"}, {Title: "Sièges", Number: true},
			{Title: "Électeurs", Number: true},
		},
	}
	for _, l := range v.lignes {
		t.Rows = append(t.Rows, []any{l.UAI, l.Nom, l.Commune, l.vote(), date.CourtOuRien(l.ArreteeLe), ui.Places(l.Sieges), ui.Places(l.Inscrits)})
	}
	return httpx.Export(w, r, "elections-"+v.annee.Libelle(), t)
}
