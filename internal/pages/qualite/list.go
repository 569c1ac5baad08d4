package qualite

import (
	"net/http"
	"net/url"

	"github.com/go-chi/chi/v5"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/qualite"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	a, ok := qualite.Trouver(agent.Role, chi.URLParam(r, "sujet"))
	if !ok {
		return refusal.NotFound()
	}
	q := r.URL.Query()
	page := httpx.PageAsked(q)
	var lignes []qualite.Ligne
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		qualite.QueueLignes(l, agent, &lignes, a, q.Get("ecole"), perPage, (page-1)*perPage)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(a, listProps(q, agent, a, lignes, page)))
}

// listProps lays the lines out. Who may mend them has a way to the form at the end of each.
func listProps(q url.Values, agent habilitation.Agent, a qualite.Anomalie, lignes []qualite.Ligne, page int) ui.ListProps {
	kept := url.Values{}
	if uai := q.Get("ecole"); uai != "" {
		kept.Set("ecole", uai)
	}
	props := ui.ListProps{
		Caption: a.Titre(), Path: path + "/" + a.Code, Query: kept,
		Columns: []ui.Column{{Label: "Nom"}, {Label: "Niveau"}, {Label: "Classe"}, {Label: "Depuis le"}},
		Pager:   ui.Pager{Page: page, PerPage: perPage},
		Empty:   ui.EmptyProps{Sentence: "Plus rien à corriger ici.", Href: path, Action: "Retour à la qualité des données"},
	}
	if !inspecte(agent) {
		props.Columns = append(props.Columns, ui.Column{Label: "À faire"})
	}
	for _, l := range lignes {
		props.Pager.Total = l.Total
		props.Rows = append(props.Rows, row(agent, a, l))
	}
	return props
}

func row(agent habilitation.Agent, a qualite.Anomalie, l qualite.Ligne) ui.ListRow {
	le := ""
	if l.Le != nil {
		le = date.Court(*l.Le)
	}
	cells := ui.Cells(l.Nom(), l.Niveau, l.Classe, le)
	if !inspecte(agent) {
		cells = append(cells, ui.LinkCell(a.Action, a.Reparation(l)))
	}
	return ui.ListRow{Href: a.Objet(l), Label: l.Nom(), Cells: cells}
}
