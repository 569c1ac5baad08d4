package qualite

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/qualite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// perPage is how many lines a page shows; ecolesParPage how many schools, each of which is counted by twenty rules.
const (
	perPage       = 50
	ecolesParPage = 20
)

// inspecte tells who reads several schools and mends none.
func inspecte(agent habilitation.Agent) bool {
	return agent.Role == habilitation.IEN || agent.Role == habilitation.IA
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	if inspecte(agent) {
		return p.showEcoles(w, r, agent)
	}
	var c qualite.Comptes
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { c.Queue(l, agent, qualite.Pour(agent.Role)) })
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(agent, c.Tous()))
}

// taches are the rules that have lines.
func taches(all []qualite.Compte) []ui.Task {
	tasks := make([]ui.Task, len(all))
	for i, c := range all {
		tasks[i] = ui.Task{Title: c.Nom(c.Nombre), Count: c.Nombre, Why: c.Pourquoi, Href: path + "/" + c.Code, Action: c.Action}
	}
	return tasks
}

// bons are the rules that have none.
func bons(all []qualite.Compte) []string {
	var list []string
	for _, c := range all {
		if c.Nombre == 0 {
			list = append(list, c.Un)
		}
	}
	return list
}

// showEcoles shows an inspection the figures of its schools.
func (p Pages) showEcoles(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	q := r.URL.Query()
	page := httpx.PageAsked(q)
	var list []qualite.Ecole
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		qualite.QueueEcoles(l, agent, &list, strings.TrimSpace(q.Get("q")), ecolesParPage, (page-1)*ecolesParPage)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, ecolesPage(agent, ecolesProps(q, agent, list, page)))
}

func ecolesProps(q url.Values, agent habilitation.Agent, list []qualite.Ecole, page int) ui.ListProps {
	props := ui.ListProps{
		Caption: "Écoles", Path: path, Query: q, Search: "Nom, commune ou code UAI", Columns: []ui.Column{{Label: "École"}},
		Scope: "Vous voyez les écoles ouvertes de votre territoire.",
		Pager: ui.Pager{Page: page, PerPage: ecolesParPage}, Empty: ui.EmptyProps{Sentence: "Aucune école ne répond à ces critères."},
	}
	rules := qualite.Pour(agent.Role)
	for _, a := range rules {
		props.Columns = append(props.Columns, ui.Column{Label: a.Court, Number: true})
	}
	for _, e := range list {
		props.Pager.Total = e.Total
		nom := ecole.NomComplet(e.Nom, e.Commune)
		row := ui.ListRow{Href: "/ecoles/" + e.UAI, Label: nom, Cells: []templ.Component{ui.Cell(nom)}}
		for i, n := range e.Nombres(agent.Role) {
			row.Cells = append(row.Cells, nombreCell(n, path+"/"+rules[i].Code+"?ecole="+e.UAI))
		}
		props.Rows = append(props.Rows, row)
	}
	return props
}

// nombreCell is a count that leads to its lines; where there is none, a dot.
func nombreCell(n int, href string) templ.Component {
	if n == 0 {
		return ui.Cell("·")
	}
	return ui.LinkCell(ui.Count(n), href)
}

// legende explains the columns.
func legende(rules []qualite.Anomalie) []ui.SummaryRow {
	rows := make([]ui.SummaryRow, len(rules))
	for i, a := range rules {
		rows[i] = ui.SummaryRow{Label: a.Court, Value: a.Titre() + "."}
	}
	return rows
}
