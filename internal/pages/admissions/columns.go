package admissions

import (
	"strconv"

	"github.com/a-h/templ"

	"base-eleves/internal/domain/date"
	"base-eleves/web/ui"
)

// path is the address of the page, year kept.
func (a *arrivees) path() string { return "/admissions?annee=" + strconv.Itoa(int(a.annee)) }

// tabs lead from one year to the other.
func (a *arrivees) tabs() []ui.Tab {
	var tabs []ui.Tab
	for _, y := range a.lieu.Annees {
		tabs = append(tabs, ui.Tab{Label: y.Libelle(), Href: "/admissions?annee=" + strconv.Itoa(int(y)), Current: y == a.annee})
	}
	return tabs
}

// commencee tells that children of this year may already be there.
func (a *arrivees) commencee() bool { return !a.annee.Debut().After(a.today) }

// admetSeule tells that the school may admit without the mairie.
func (a *arrivees) admetSeule() bool { return a.lieu.AdmetDirectement() == nil }

// titre heads a column with its count.
func titre(label string, n int) string { return label + " (" + ui.Count(n) + ")" }

// motif is the field of the reason why a child will not come, in the column of that main act. Two columns have it: the
// one whose form was refused bears the id that the error leads to.
func (a *arrivees) motif(principal acte) ui.Field {
	f := ui.Field{Name: "motif_annulation", Label: "Pourquoi", Required: true}
	if a.refusee() == principal {
		return a.form.Field(f)
	}
	if principal == admettre || a.refusee() == admettre {
		f.ID = ui.FieldID(f.Name) + "-" + string(principal)
	}
	return f
}

// refusee is the main act of the column whose form was refused, aucun when none was.
func (a *arrivees) refusee() acte {
	switch {
	case len(a.form.Errors()) == 0:
		return aucun
	case a.active == admettre || a.active == retirer:
		return admettre
	}
	for _, l := range a.acceptes {
		if a.coche(l.ID) {
			return admettre
		}
	}
	return accepter
}

// deplie shows the rarer decisions when one of them was refused.
func (a *arrivees) deplie(principal acte) bool {
	return a.refusee() == principal && a.active != principal
}

func (a *arrivees) presentsRows() []ui.ListRow {
	rows := make([]ui.ListRow, len(a.presents))
	for i, l := range a.presents {
		rows[i] = ui.ListRow{
			Href:  "/eleves/" + l.EleveID.String(),
			Cells: ui.Cells(l.nom(), l.Niveau, date.Court(l.Le)),
		}
	}
	return rows
}

func inscritCells(a *arrivees, l ligne) []templ.Component {
	return []templ.Component{niveauSelect(a, l), ui.Cell(date.Court(l.DateNaissance))}
}

func accepteCells(_ *arrivees, l ligne) []templ.Component {
	return ui.Cells(l.Niveau, date.Court(l.Le))
}
