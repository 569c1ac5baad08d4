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

// agesVue is the page of the years of birth.
type agesVue struct {
	vue
	comptes []parSexe
}

// parSexe is how many girls and boys are of a key: a year of birth, a commune.
type parSexe struct {
	Cle     string
	Filles  int
	Garcons int
	Lignes  int // keys in all, where only some are read
	Total   int // pupils in all
}

func (c parSexe) nombre() int { return c.Filles + c.Garcons }

// parSexeSQL counts the girls and the boys by an expression.
func (c critere) parSexeSQL(agent habilitation.Agent, q *requete, by string) string {
	return `
	select (` + by + `)::text as cle, count(*) filter (where ` + filles + `)::int as filles,
		count(*) filter (where not (` + filles + `))::int as garcons, (count(*) over ())::int as lignes,
		(sum(count(*)) over ())::int as total` + c.from(agent, q) + `
	group by ` + by
}

func (p Pages) ages(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.readAges(r.Context(), newVue(r, agent, pageAges))
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, agesPage(v))
}

func (p Pages) readAges(ctx context.Context, head vue) (agesVue, error) {
	v := agesVue{vue: head}
	var q requete
	sql := v.critere.parSexeSQL(v.agent, &q, parNaissance) + ` order by ` + parNaissance
	err := p.lire(ctx, &v.vue, func(l *territoire.Lecture) { territoire.Toutes(l, &v.comptes, sql, q.args...) })
	return v, err
}

// nes narrows the count to a year of birth.
func (c critere) nes(annee string) critere { c.Naissance = annee; return c }

// sexue narrows the count to the girls or to the boys.
func (c critere) sexue(sexe string) critere { c.Sexe = sexe; return c }

// age is what a pupil born in a year reaches in the calendar year of the rentrée.
func (v agesVue) age(naissance string) int {
	n, _ := strconv.Atoi(naissance)
	return int(v.critere.Annee) - n
}

func (v agesVue) pyramid() ui.PyramidProps {
	p := ui.PyramidProps{ID: "pyramide", Title: "Pyramide des âges, élèves " + v.critere.compte(), Left: "Filles", Right: "Garçons"}
	for _, c := range v.comptes {
		p.Bands = append(p.Bands, ui.PyramidBand{Label: c.Cle, Left: c.Filles, Right: c.Garcons})
	}
	return p
}

func (v agesVue) table() ui.TableProps {
	t := ui.TableProps{Caption: v.titre(), Columns: []ui.Column{{Label: "Année de naissance"},
		{Label: "Âge en " + strconv.Itoa(int(v.critere.Annee)), Number: true}, {Label: "Filles", Number: true},
		{Label: "Garçons", Number: true}, {Label: "Total", Number: true}}}
	for _, c := range v.comptes {
		t.Rows = append(t.Rows, parSexeRow(ui.Cells(c.Cle, strconv.Itoa(v.age(c.Cle))), c, v.critere.nes(c.Cle), false))
	}
	t.Rows = append(t.Rows, parSexeRow(sommeCells("Total", ""), v.somme(), v.critere, true))
	return t
}

func (v agesVue) titre() string { return "Élèves " + v.critere.compte() + " par année de naissance" }

// somme adds all the years.
func (v agesVue) somme() (t parSexe) {
	for _, c := range v.comptes {
		t.Filles, t.Garcons = t.Filles+c.Filles, t.Garcons+c.Garcons
	}
	return t
}

func (p Pages) agesTable(ctx context.Context, head vue) (tableau.Table, error) {
	v, err := p.readAges(ctx, head)
	t := tableau.Table{Title: v.titre(), Portrait: true, Columns: nombres(tableau.Columns("Année de naissance"), "Filles", "Garçons", "Total")}
	for _, c := range v.comptes {
		t.Rows = append(t.Rows, []any{c.Cle, c.Filles, c.Garcons, c.nombre()})
	}
	return t, err
}

// nombres adds columns of numbers.
func nombres(columns []tableau.Column, titles ...string) []tableau.Column {
	for _, title := range titles {
		columns = append(columns, tableau.Column{Title: title, Number: true})
	}
	return columns
}
