package classes

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/classe"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/web/ui"
)

// view is the list as the page shows it.
type view struct {
	agent habilitation.Agent
	annee ecole.Annee
	gere  bool             // may make classes
	reste classe.Structure // of the year before, to be copied
	stats []ui.Stat
	props ui.ListProps
}

func listView(q url.Values, agent habilitation.Agent, c critere, all lecture) view {
	v := view{agent: agent, annee: c.Annee, gere: agent.Can(habilitation.GererClasses), props: ui.ListProps{
		Caption: "Classes " + c.Annee.Libelle(), Path: "/classes", Query: q, Sort: c.Tri, Desc: c.Desc,
		Filters: filters(agent, all), Pager: ui.Pager{Page: c.Page, PerPage: perPage},
		Exports: tableau.Formats, Empty: empty(agent, c),
	}}
	if v.gere && !c.Annee.Fin().Before(agent.Aujourdhui()) {
		v.reste = all.aReprendre
	}
	cols := columnsFor(agent, all.lignes)
	for _, col := range cols {
		v.props.Columns = append(v.props.Columns, col.head)
	}
	if agent.Ecole == "" {
		v.props.Search = "Classe, enseignant ou école"
	}
	for _, l := range all.lignes {
		v.props.Pager.Total = l.Total
		v.props.Rows = append(v.props.Rows, l.row(cols))
	}
	if agent.Can(habilitation.Repartir) && len(all.lignes) > 0 && !c.narrowed() {
		v.stats = stats(c, all)
	}
	return v
}

// prepare tells whether there is something to copy in a year that comes, or that has no class yet: what one does first.
func (v view) prepare() bool {
	return !v.reste.Vide() && (v.annee > ecole.AnneeDe(v.agent.Aujourdhui()) || len(v.props.Rows) == 0)
}

// column is one column of the list: its heading, its value, and how a page shows it when not as it is.
type column struct {
	head  ui.Column
	value func(ligne) any // string or int
	cell  func(ligne) templ.Component
}

// columnsFor are the columns of the role: an inspection reads the school of each class, not its room. The maximum
// stands where some class has one.
func columnsFor(agent habilitation.Agent, lignes []ligne) []column {
	cols := []column{
		{head: ui.Column{Key: triLibelle, Label: "Classe", Sortable: true}, value: func(l ligne) any { return l.LibelleCourt }},
		{head: ui.Column{Label: "Nom"}, value: func(l ligne) any { return l.LibelleLong }},
		{head: ui.Column{Key: triNiveau, Label: "Niveaux", Sortable: true}, value: func(l ligne) any { return strings.Join(l.Niveaux, ", ") }},
		{head: ui.Column{Key: triEnseignant, Label: "Enseignant", Sortable: true}, value: func(l ligne) any { return classe.Enseignants(l.Enseignant, l.Autres) }},
	}
	if agent.Ecole == "" {
		cols = append(cols, column{head: ui.Column{Key: triEcole, Label: "École", Sortable: true},
			value: func(l ligne) any { return ecole.NomComplet(l.Ecole, l.Commune) }})
	} else {
		cols = append(cols, column{head: ui.Column{Label: "Salle"}, value: func(l ligne) any { return l.Salle }})
	}
	cols = append(cols,
		column{head: ui.Column{Label: "Présents", Number: true}, value: func(l ligne) any { return l.Presents }},
		column{head: ui.Column{Label: "Attendus", Number: true}, value: func(l ligne) any { return l.Attendus }})
	if slices.ContainsFunc(lignes, func(l ligne) bool { return l.EffectifMax > 0 }) {
		cols = append(cols, column{head: ui.Column{Label: "Maximum", Number: true}, value: func(l ligne) any { return ui.Places(l.EffectifMax) },
			cell: func(l ligne) templ.Component { return ui.Maximum(l.Presents+l.Attendus, l.EffectifMax) }})
	}
	return cols
}

func (l ligne) row(cols []column) ui.ListRow {
	row := ui.ListRow{ID: l.ID.String(), Href: "/classes/" + l.ID.String(), Label: l.LibelleCourt}
	for _, col := range cols {
		if col.cell != nil {
			row.Cells = append(row.Cells, col.cell(l))
			continue
		}
		switch v := col.value(l).(type) {
		case int:
			row.Cells = append(row.Cells, ui.Cell(ui.Count(v)))
		case string:
			row.Cells = append(row.Cells, ui.Cell(v))
		}
	}
	return row
}

func stats(c critere, all lecture) []ui.Stat {
	presents, attendus := 0, 0
	for _, l := range all.lignes {
		presents, attendus = presents+l.Presents, attendus+l.Attendus
	}
	s := []ui.Stat{
		{Label: "présents en classe", Value: ui.Count(presents)},
		{Label: "attendus en classe", Value: ui.Count(attendus)},
		{Label: "sans classe", Value: ui.Count(all.sansClasse)},
	}
	if all.sansClasse > 0 {
		s[2].Href = "/repartition?annee=" + strconv.Itoa(int(c.Annee))
	}
	return s
}

func filters(agent habilitation.Agent, all lecture) []ui.Filter {
	list := []ui.Filter{httpx.AnneeFilter(agent)}
	if len(all.ecoles) > 0 {
		f := ui.Filter{Name: "ecole", Label: "École", All: "Toutes"}
		for _, e := range all.ecoles {
			f.Options = append(f.Options, ui.Option{Value: e.UAI, Label: ecole.NomComplet(e.Nom, e.Commune)})
		}
		list = append(list, f)
	}
	f := ui.Filter{Name: "niveau", Label: "Niveau"}
	for _, n := range ecole.Niveaux() {
		f.Options = append(f.Options, ui.Option{Value: string(n), Label: string(n)})
	}
	return append(list, f)
}

func empty(agent habilitation.Agent, c critere) ui.EmptyProps {
	switch {
	case !c.ouvre(agent):
		return ui.EmptyProps{Sentence: "Choisissez une école, ou cherchez une classe, un enseignant ou une école.", Href: "/ecoles", Action: "Voir les écoles"}
	case c.narrowed():
		return ui.EmptyProps{Sentence: "Aucune classe ne répond à ces critères."}
	}
	e := ui.EmptyProps{Sentence: "Aucune classe pour " + c.Annee.Libelle() + "."}
	if agent.Can(habilitation.GererClasses) {
		e.Href, e.Action = newHref(c.Annee), "Créer une classe"
	}
	return e
}
