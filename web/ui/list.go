package ui

import (
	"context"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"
)

// ListProps is a list of the register: filters, table, selection, pages, exports. A page
// gives what it has; parts that are not given are not shown.
type ListProps struct {
	Caption string     // names the table: « Élèves de CM1 »
	Scope   string     // what one sees: « Vous voyez les élèves de l’école Jean-Jaurès. »
	Path    string     // "/eleves"
	Query   url.Values // of the request; kept by sort, pages, exports
	Columns []Column
	Rows    []ListRow
	Sort    string // key of the column that sorts, as the page applied it
	Desc    bool
	Search  string // label of the search field "q"; none when empty
	Filters []Filter
	Kept    []string // parameters besides those of the list that filters carry through: of the tab shown
	Pager   Pager
	Bulk    []BulkAction
	// BulkFields are inputs of the bulk form, beside its buttons: the class to place in.
	BulkFields templ.Component
	Exports    []string // among "csv", "xlsx", "pdf"
	// Stacked sets the cells of a line under its name on a small screen: where one chooses in them, nothing may be out of sight.
	Stacked bool
	Empty   EmptyProps
}

// Column is one column. Its key is the value of "tri" when it is sortable.
type Column struct {
	Key         string
	Label       string
	Sortable    bool
	Number      bool   // aligned to the right
	Whole       bool   // never broken at a space: telephone numbers
	NarrowLabel string // shorter heading, for small screens and paper
}

// ListRow is one line. The first cell names the line and links to Href.
type ListRow struct {
	ID      string // value of the checkbox "id"; a line without one cannot be ticked
	Href    string
	Label   string // "DUPONT Lina": read with the checkbox
	Checked bool   // a refused form keeps its selection
	Cells   []templ.Component
	Group   string // heading above the first line of a run that shares it
}

// rowGroup is a run of lines under one heading, or under none.
type rowGroup struct {
	title string
	rows  []ListRow
}

// groupRows cuts the lines where the heading changes.
func groupRows(rows []ListRow) []rowGroup {
	groups, from := []rowGroup{}, 0
	for i := range rows {
		if i+1 == len(rows) || rows[i+1].Group != rows[i].Group {
			groups = append(groups, rowGroup{rows[i].Group, rows[from : i+1]})
			from = i + 1
		}
	}
	return groups
}

// Filter narrows a list: a drop-down list, or a text when it has no options.
type Filter struct {
	Name    string
	Label   string
	All     string // the choice that filters nothing: « Toutes »; « Tous » when empty
	Options []Option
}

// BulkAction is a button that posts the ids selected to Action.
type BulkAction struct {
	Label  string
	Action string
	Danger bool
}

// Pager tells which part of a list is shown. Pages count from 1.
type Pager struct {
	Page    int
	PerPage int
	Total   int
}

// text is a text in a table. It is a type of its own because a list holds hundreds of them.
type text struct{ s string }

// Render writes the text, escaped.
func (t *text) Render(_ context.Context, w io.Writer) error {
	_, err := io.WriteString(w, templ.EscapeString(t.s))
	return err
}

// Cell is a text in a table.
func Cell(s string) templ.Component { return &text{s} }

// LinkCell is a text in a table that leads somewhere; a plain text when href is empty.
func LinkCell(label, href string) templ.Component {
	if href == "" {
		return Cell(label)
	}
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		link := `<a href="` + templ.EscapeString(string(templ.URL(href))) + `">` + templ.EscapeString(label) + `</a>`
		_, err := io.WriteString(w, link)
		return err
	})
}

// Cells are texts in a table.
func Cells(texts ...string) []templ.Component {
	cells := make([]templ.Component, len(texts))
	all := make([]text, len(texts))
	for i, t := range texts {
		all[i].s = t
		cells[i] = &all[i]
	}
	return cells
}

func (p ListProps) scroller() string {
	if p.Stacked {
		return "scroller stacked"
	}
	return "scroller"
}

// span is how many cells a line has.
func (p ListProps) span() string {
	if len(p.Bulk) > 0 {
		return strconv.Itoa(len(p.Columns) + 1)
	}
	return strconv.Itoa(len(p.Columns))
}

// first and last are the ranks of the rows shown.
func (p Pager) first() int { return (p.Page-1)*p.PerPage + 1 }
func (p Pager) last() int  { return min(p.Page*p.PerPage, p.Total) }
func (p Pager) pages() int { return (p.Total + p.PerPage - 1) / max(p.PerPage, 1) }

// text says where one is: « 1–50 sur 3 000 ».
func (p Pager) text() string {
	if p.pages() <= 1 {
		return Plural(p.Total, "ligne", "lignes")
	}
	return Count(p.first()) + "–" + Count(p.last()) + " sur" + nbsp + Count(p.Total)
}

// Pages are the links from one part of what is shown to the next, for what is not a list.
func Pages(p Pager, path string, q url.Values) templ.Component {
	return pager(ListProps{Path: path, Query: q, Pager: p})
}

// with is the address of the list with one parameter changed; an empty value removes it.
// Any change but of the page goes back to the first page.
func (p ListProps) with(pairs ...string) string {
	q := url.Values{}
	for k, v := range p.Query {
		q[k] = v
	}
	q.Del("page")
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Del(pairs[i])
		if pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	return address(p.Path, q)
}

func address(path string, q url.Values) string {
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

func (p ListProps) pageHref(n int) string { return p.with("page", strconv.Itoa(n)) }

// sortHref sorts by the column, or turns its order round.
func (p ListProps) sortHref(c Column) string {
	if p.Sort == c.Key && !p.Desc {
		return p.with("tri", c.Key, "sens", "desc")
	}
	return p.with("tri", c.Key, "sens", "")
}

// ariaSort is the state of a sortable column.
func (p ListProps) ariaSort(c Column) string {
	switch {
	case p.Sort != c.Key:
		return "none"
	case p.Desc:
		return "descending"
	default:
		return "ascending"
	}
}

// exportHref is the same list in another format, filters kept.
func (p ListProps) exportHref(format string) string {
	q := url.Values{}
	for k, v := range p.Query {
		if k != "page" {
			q[k] = v
		}
	}
	return address(p.Path+"."+format, q)
}

// kept are the parameters that the filter form carries through: all but its own fields and
// the page.
func (p ListProps) kept() []Option {
	var kept []Option
	for _, name := range append([]string{"tri", "sens"}, p.Kept...) {
		if v := p.Query.Get(name); v != "" {
			kept = append(kept, Option{Value: v, Label: name})
		}
	}
	return kept
}

// chip is one active filter, with the address of the list without it.
type chip struct {
	label string
	href  string
}

func (p ListProps) chips() []chip {
	var chips []chip
	if q := p.Query.Get("q"); q != "" && p.Search != "" {
		chips = append(chips, chip{"«" + nbsp + q + nbsp + "»", p.with("q", "")})
	}
	for _, f := range p.Filters {
		if v := p.Query.Get(f.Name); v != "" {
			chips = append(chips, chip{f.Label + nbsp + ": " + f.labelOf(v), p.with(f.Name, "")})
		}
	}
	return chips
}

// clearHref is the list without any filter.
func (p ListProps) clearHref() string {
	pairs := []string{"q", ""}
	for _, f := range p.Filters {
		pairs = append(pairs, f.Name, "")
	}
	return p.with(pairs...)
}

func (f Filter) all() string {
	if f.All == "" {
		return "Tous"
	}
	return f.All
}

// labelOf is how the filter words a value.
func (f Filter) labelOf(value string) string {
	for _, o := range f.Options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

func (c Column) class() string {
	switch {
	case c.Number:
		return "n"
	case c.Whole:
		return "whole"
	default:
		return ""
	}
}

func formatName(format string) string { return strings.ToUpper(format) }
