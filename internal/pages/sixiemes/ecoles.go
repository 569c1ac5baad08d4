package sixiemes

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/qualite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

const parPage = 20

// showEcoles shows an inspection the figures of its schools.
func (p Pages) showEcoles(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, c critere) error {
	q := r.URL.Query()
	page := httpx.PageAsked(q)
	var list []qualite.Partance
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		qualite.QueuePartances(l, agent, &list, int(c.annee)-1, strings.TrimSpace(q.Get("q")), parPage, (page-1)*parPage)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, ecolesPage(c, ecolesProps(q, agent, list, page)))
}

func ecolesProps(q url.Values, agent habilitation.Agent, list []qualite.Partance, page int) ui.ListProps {
	props := ui.ListProps{
		Caption: "Écoles", Path: path, Query: q, Search: "Nom, commune ou code UAI", Exports: tableau.Formats,
		Pager: ui.Pager{Page: page, PerPage: parPage}, Empty: ui.EmptyProps{Sentence: "Aucune école ne répond à ces critères."},
	}
	for i, t := range entetes(agent) {
		props.Columns = append(props.Columns, ui.Column{Label: t, Number: i > 0})
	}
	for _, e := range list {
		props.Pager.Total = e.Total
		nom := ecole.NomComplet(e.Nom, e.Commune)
		row := ui.ListRow{Href: path + "?ecole=" + e.UAI, Label: nom, Cells: []templ.Component{ui.Cell(nom)}}
		for _, n := range nombres(e) {
			row.Cells = append(row.Cells, ui.Cell(strconv.Itoa(n)))
		}
		props.Rows = append(props.Rows, row)
	}
	return props
}

// entetes head the columns, nombres fills them.
func entetes(agent habilitation.Agent) []string {
	list := []string{"École", "Entrent en 6e", "Complets"}
	for _, a := range qualite.PourSixieme(agent.Role) {
		list = append(list, a.Court)
	}
	return append(list, "Affectés", "Reçus")
}

func nombres(e qualite.Partance) []int {
	return append(append([]int{e.Partants, e.Complets}, e.Comptages...), e.Affectes, e.Recus)
}

// toutes is more schools than a département has.
const toutes = 5000

func (p Pages) exportEcoles(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, c critere) error {
	var list []qualite.Partance
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		qualite.QueuePartances(l, agent, &list, int(c.annee)-1, strings.TrimSpace(r.URL.Query().Get("q")), toutes, 0)
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "affectation_6e"})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Entrée en 6e, rentrée " + c.annee.Libelle(), Details: []string{ui.Plural(len(list), "école", "écoles")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: "Aucune école.", Columns: tableau.Columns(entetes(agent)...),
	}
	for _, e := range list {
		row := []any{ecole.NomComplet(e.Nom, e.Commune)}
		for _, n := range nombres(e) {
			row = append(row, n)
		}
		t.Rows = append(t.Rows, row)
	}
	return httpx.Export(w, r, "entree-6e-ecoles-"+strconv.Itoa(int(c.annee)), t)
}
