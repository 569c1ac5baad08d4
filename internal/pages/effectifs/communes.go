package effectifs

import (
	"context"
	"net/http"
	"strconv"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// parPage is how many lines a page shows.
const parPage = 50

// communesVue is the page of the communes of residence.
type communesVue struct {
	vue
	comptes []parSexe
}

func (p Pages) communes(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readCommunes(r.Context(), newVue(r, agent, pageCommunes), parPage)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, communesPage(v))
}

// readCommunes reads a page of the communes, those of the most pupils first; all of them when parPage is 0.
func (p Pages) readCommunes(ctx context.Context, head vue, parPage int) (communesVue, error) {
	v := communesVue{vue: head}
	var q requete
	sql := v.critere.parSexeSQL(v.agent, &q, parCommune) + ` order by count(*) desc, ` + parCommune + v.limite(parPage)
	err := p.lire(ctx, &v.vue, func(l *territoire.Lecture) { territoire.Toutes(l, &v.comptes, sql, q.args...) })
	return v, err
}

// limite ends a query that reads one page, or all when parPage is 0.
func (v vue) limite(parPage int) string {
	if parPage == 0 {
		return ""
	}
	return ` limit ` + strconv.Itoa(parPage) + ` offset ` + strconv.Itoa((v.page-1)*parPage)
}

// deCommune narrows the count to a commune of residence; "" is the one that is not known.
func (c critere) deCommune(insee string) critere {
	if c.Commune = insee; insee == "" {
		c.Commune = inconnu
	}
	return c
}

func (v communesVue) list() ui.ListProps {
	props := v.vue.list()
	props.Caption, props.Empty = v.titre(), ui.EmptyProps{Sentence: personne}
	props.Pager = ui.Pager{Page: v.page, PerPage: parPage}
	props.Columns = []ui.Column{{Label: "Commune de résidence"}, {Label: "Part", Number: true}, {Label: "Filles", Number: true},
		{Label: "Garçons", Number: true}, {Label: "Total", Number: true}}
	for _, c := range v.comptes {
		props.Pager.Total = c.Lignes
		props.Rows = append(props.Rows, parSexeRow(ui.Cells(v.nom(c.Cle), part(c.nombre(), c.Total)), c, v.critere.deCommune(c.Cle), false))
	}
	return props
}

func (v communesVue) titre() string {
	return "Élèves " + v.critere.compte() + " par commune de résidence"
}

// nom is the name of a commune; a mairie that keeps to the état civil reads its own only.
func (v vue) nom(insee string) string {
	if insee == "" && v.agent.Role == habilitation.Mairie {
		return "Autre commune ou non renseignée"
	}
	return nomCommune(insee)
}

// part writes a share in percent, with one decimal.
func part(n, total int) string { return moyenne(100*n, max(total, 1)) + "\u00a0%" }

func (p Pages) communesTable(ctx context.Context, head vue) (tableau.Table, error) {
	v, err := p.readCommunes(ctx, head, 0)
	t := tableau.Table{Title: v.titre(), Portrait: true,
		Columns: nombres(tableau.Columns("Code INSEE", "Commune de résidence"), "Filles", "Garçons", "Total")}
	for _, c := range v.comptes {
		t.Rows = append(t.Rows, []any{c.Cle, v.nom(c.Cle), c.Filles, c.Garcons, c.nombre()})
	}
	return t, err
}
