package listes

import (
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/web/ui"
)

func (p Pages) compose(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	d, err := p.demande(r, agent)
	if err != nil {
		return err
	}
	sql, args := d.def.Requete(agent, liste.Page{Limite: parPage, Depuis: (d.page - 1) * parPage})
	if err := p.read(r.Context(), d, sql, args); err != nil {
		return err
	}
	status := http.StatusOK
	if d.f.Err() != nil {
		status = http.StatusUnprocessableEntity
	}
	return p.Render(w, r, status, composePage(d))
}

// maximum is how many lines leave at once in each format: what a server of 150 MiB holds while it writes them.
var maximum = map[string]int{"pdf": 3000, "csv": 20000, "xlsx": 20000}

// maximumInspection is how many an inspection takes without a second person: beyond, names leave by an extraction
// (security.md ACL-11).
const maximumInspection = 3000

// export gives the whole list in the format of the address, once the journal has it.
func (p Pages) export(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	d, err := p.demande(r, agent)
	if err != nil {
		return err
	}
	if err := d.f.Err(); err != nil {
		return err
	}
	// The lists of one's own school are of every day, and stay quick; those that go beyond it leave as extractions do.
	if agent.Role != habilitation.Directeur {
		if ok, err := p.Prouver(w, r, agent, httpx.DelaiExport); !ok {
			return err
		}
	}
	most := maximum[httpx.Format(r)]
	if agent.Role == habilitation.IA || agent.Role == habilitation.IEN {
		most = min(most, maximumInspection)
	}
	code, id := d.laquelle()
	sql, args := d.def.RequeteNotee(agent, most, code, id)
	if err := p.read(r.Context(), d, sql, args); err != nil {
		return err
	}
	if len(d.lignes) > most {
		return refusal.InConflict("Cette liste est trop longue pour un fichier\u00a0: choisissez une école ou un niveau.")
	}
	return p.Export(w, r, agent, "liste-"+strconv.Itoa(int(d.annee())), d.table())
}

// laquelle is how the journal names the list.
func (d *demande) laquelle() (string, uuid.UUID) {
	switch {
	case d.prete != "":
		return d.prete, uuid.Nil
	case d.gardee != nil:
		return "gardee", d.gardee.ID
	}
	return "composee", uuid.Nil
}

// titre is the title of the list, on the screen and on paper.
func (d *demande) titre() string {
	if d.def.Titre == "" {
		return "Nouvelle liste"
	}
	return d.def.Titre
}

// colonne is a column of the list as it is shown: one of the catalogue, or a blank one.
type colonne struct {
	liste.Colonne
	largeur int // of a blank one
}

// colonnes are those of the list, in their order.
func (d *demande) colonnes() (list []colonne) {
	for _, c := range d.def.Colonnes {
		if c.Code == liste.Vide {
			list = append(list, colonne{liste.Colonne{Code: liste.Vide, Titre: c.Titre}, c.Largeur})
		} else if known, ok := liste.ColonneDe(d.def.Grain, c.Code, d.agent.Role); ok {
			list = append(list, colonne{Colonne: known})
		}
	}
	return list
}

// cellules are those of a line, as they are read; the base gives none for a blank column.
func cellules(columns []colonne, l liste.Ligne) []string {
	cells, next := make([]string, len(columns)), 0
	for i, c := range columns {
		if c.Code != liste.Vide {
			cells[i] = c.Lire(l.Cellules[next])
			next++
		}
	}
	return cells
}

// table is the list as it is taken away.
func (d *demande) table() tableau.Table {
	t := tableau.Table{
		Title: d.titre(), Details: d.criteres(), Issuer: d.agent.Territoire, Made: d.agent.Maintenant,
		Empty: d.vide(), Portrait: !d.def.EnPaysage(), Apart: d.def.Saut, Grouped: d.def.TitreGroupe(d.agent.Role),
	}
	if !d.def.Saut {
		t.Details = append(t.Details, d.compte(len(d.lignes)))
	}
	columns := d.colonnes()
	for _, c := range columns {
		t.Columns = append(t.Columns, tableau.Column{Title: c.Titre, Number: c.Type == liste.Nombre, Blank: c.largeur})
	}
	for _, l := range d.lignes {
		t.Eleves = append(t.Eleves, l.Eleves...)
		t.Rows = append(t.Rows, valeurs(columns, l))
	}
	if d.def.Groupe != "" {
		t.Groups, t.Rows = d.groupes(t.Rows), nil
	}
	return t
}

// groupes puts the rows under the headings of their lines.
func (d *demande) groupes(rows [][]any) (groups []tableau.Group) {
	for i, l := range d.lignes {
		name := d.def.NomGroupe(l.Groupe, d.agent.Role)
		if n := len(groups); n == 0 || groups[n-1].Title != name {
			groups = append(groups, tableau.Group{Title: name})
		}
		g := &groups[len(groups)-1]
		g.Rows = append(g.Rows, rows[i])
		g.Detail = d.compte(len(g.Rows))
	}
	return groups
}

// valeurs are the cells of a line with their types, so that a spreadsheet sorts and adds them.
func valeurs(columns []colonne, l liste.Ligne) []any {
	row := make([]any, len(columns))
	for i, text := range cellules(columns, l) {
		row[i] = columns[i].Typer(text)
	}
	return row
}

// lu is a cell as a page shows it.
func (c colonne) lu(cell string) string {
	if t, err := time.Parse(time.DateOnly, cell); c.Type == liste.Date && err == nil {
		return date.Court(t)
	}
	return cell
}

// props lays the lines out for the list component.
func (d *demande) props() ui.ListProps {
	props := ui.ListProps{
		Caption: d.titre(), Path: composer, Query: d.query(), Exports: tableau.Formats,
		Pager: ui.Pager{Page: d.page, PerPage: parPage, Total: d.total()}, Empty: ui.EmptyProps{Sentence: d.vide()},
	}
	columns := d.colonnes()
	for _, c := range columns {
		props.Columns = append(props.Columns, ui.Column{Label: c.Titre, Number: c.Type == liste.Nombre})
	}
	for _, l := range d.lignes {
		row := ui.ListRow{ID: l.ID, Group: d.groupe(l)}
		if d.def.Grain == liste.Eleves {
			row.Href = "/eleves/" + l.ID
		}
		for i, cell := range cellules(columns, l) {
			row.Cells = append(row.Cells, ui.Cell(columns[i].lu(cell)))
		}
		props.Rows = append(props.Rows, row)
	}
	return props
}

func (d *demande) groupe(l liste.Ligne) string {
	if d.def.Groupe == "" {
		return ""
	}
	return d.def.NomGroupe(l.Groupe, d.agent.Role)
}
