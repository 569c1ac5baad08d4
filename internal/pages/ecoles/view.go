package ecoles

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// compte says which pupils are counted.
func (c critere) compte() string {
	if c.Etat == scolarite.AdmisAccepte {
		return "élèves attendus"
	}
	return "élèves présents"
}

// column is one column of the list: its heading, and its value, a text or a count.
type column struct {
	head  ui.Column
	value func(ligne) any
}

// columns are those of the screen; a reader of a single circonscription knows which one it is.
func columns(agent habilitation.Agent, all lecture) []column {
	cols := []column{
		{ui.Column{Key: "nom", Label: "École", Sortable: true}, func(l ligne) any { return l.Nom }},
		{ui.Column{Key: "commune", Label: "Commune", Sortable: true}, func(l ligne) any { return l.Commune }},
		{ui.Column{Label: "Type"}, func(l ligne) any { return typeCourt[l.Type] }},
		{ui.Column{Label: "Secteur"}, func(l ligne) any { return secteurCourt(l.Secteur) }},
	}
	if agent.Role != habilitation.IEN {
		cols = append(cols, column{ui.Column{Label: "Circonscription"}, func(l ligne) any { return all.circonscription(l.Circonscription) }})
	}
	cols = append(cols, column{ui.Column{Key: "classes", Label: "Classes", Number: true, Sortable: true}, func(l ligne) any { return l.Classes }})
	for _, n := range ecole.Niveaux() {
		cols = append(cols, column{ui.Column{Label: string(n), Number: true}, func(l ligne) any { return l.nombre(n) }})
	}
	return append(cols, column{ui.Column{Key: "effectif", Label: "Total", Number: true, Sortable: true}, func(l ligne) any { return l.effectif() }})
}

// typeCourt is the type where the word école is said already.
var typeCourt = map[ecole.Type]string{
	ecole.Maternelle: "Maternelle", ecole.Elementaire: "Élémentaire", ecole.Primaire: "Primaire", ecole.Specialisee: "Spécialisée",
}

func secteurCourt(s ecole.Secteur) string {
	if s.Prive() {
		return "Privé"
	}
	return "Public"
}

func listProps(q url.Values, agent habilitation.Agent, c critere, all lecture) ui.ListProps {
	cols := columns(agent, all)
	props := ui.ListProps{
		Caption: "Écoles", Path: "/ecoles", Query: q, Sort: c.Tri, Desc: c.Desc, Search: "Nom, commune ou code UAI",
		Scope:   "Vous voyez les écoles de votre territoire, avec leurs " + c.compte() + ".",
		Filters: filters(agent, all), Pager: ui.Pager{Page: c.Page, PerPage: perPage}, Exports: tableau.Formats,
		Empty: ui.EmptyProps{Sentence: "Aucune école ne répond à ces critères."},
	}
	if agent.Can(habilitation.Restructurer) {
		props.Bulk = []ui.BulkAction{{Label: "Fusionner les écoles cochées…", Action: pathFusion}}
	}
	for _, col := range cols {
		props.Columns = append(props.Columns, col.head)
	}
	for _, l := range all.lignes {
		props.Pager.Total = l.Total
		row := ui.ListRow{ID: l.UAI, Href: fichePath(l.UAI, c.Annee), Label: l.Nom}
		for _, col := range cols {
			row.Cells = append(row.Cells, ui.Cell(said(col.value(l))))
		}
		props.Rows = append(props.Rows, row)
	}
	return props
}

// said writes a value in a table, where a zero would hide the rest.
func said(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case int:
		if v > 0 {
			return ui.Count(v)
		}
	}
	return "·"
}

func filters(agent habilitation.Agent, all lecture) []ui.Filter {
	typ, secteur := ui.Filter{Name: "type", Label: "Type"}, ui.Filter{Name: "secteur", Label: "Secteur"}
	for _, t := range ecole.Types() {
		typ.Options = append(typ.Options, ui.Option{Value: string(t), Label: typeCourt[t]})
	}
	for _, s := range ecole.Secteurs() {
		secteur.Options = append(secteur.Options, ui.Option{Value: string(s), Label: s.Libelle()})
	}
	list := []ui.Filter{httpx.AnneeFilter(agent), typ, secteur}
	if len(all.circos) > 1 {
		circo := ui.Filter{Name: "circonscription", Label: "Circonscription", All: "Toutes"}
		for _, c := range all.circos {
			circo.Options = append(circo.Options, ui.Option{Value: c.UAI, Label: c.Nom})
		}
		list = append(list, circo)
	}
	return list
}

// exportList gives the whole list in the format of the address.
func (p Pages) exportList(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := readCritere(r.URL.Query(), agent)
	all, err := p.read(r.Context(), agent, c, 0)
	if err != nil {
		return err
	}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "ecole", ID: uuid.Nil})
	})
	if err != nil {
		return err
	}
	return httpx.Export(w, r, "ecoles-"+c.Annee.Libelle(), listTable(agent, c, all))
}

func listTable(agent habilitation.Agent, c critere, all lecture) tableau.Table {
	cols := append([]column{{ui.Column{Label: "UAI"}, func(l ligne) any { return l.UAI }}}, columns(agent, all)...)
	t := tableau.Table{
		Title: "Écoles " + c.Annee.Libelle(), Details: []string{ui.Plural(len(all.lignes), "école", "écoles") + ", " + c.compte()},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: "Aucune école ne répond à ces critères.",
	}
	for _, col := range cols {
		t.Columns = append(t.Columns, tableau.Column{Title: col.head.Label, Number: col.head.Number})
	}
	for _, l := range all.lignes {
		row := make([]any, len(cols))
		for i, col := range cols {
			row[i] = col.value(l)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// fichePath is the sheet of a school for a year.
func fichePath(uai string, annee ecole.Annee) string {
	return "/ecoles/" + uai + "?annee=" + strconv.Itoa(int(annee))
}
