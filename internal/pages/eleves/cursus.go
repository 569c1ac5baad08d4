package eleves

import (
	"base-eleves/internal/domain/ecole"
	"base-eleves/web/ui"
)

// cursusColumns are the columns of the schooling, year by year.
func (v vue) cursusColumns() []ui.Column {
	cols := []ui.Column{{Label: "Année"}, {Label: "École"}, {Label: "Niveau"}}
	if v.showsClasse() {
		cols = append(cols, ui.Column{Label: "Classe"})
	}
	return append(cols, ui.Column{Label: "État"}, ui.Column{Label: "Dates"})
}

func (v vue) cursusRows() []ui.ListRow {
	rows, today := make([]ui.ListRow, len(v.cursus)), v.agent.Aujourdhui()
	for i, e := range v.cursus {
		name := ecole.NomComplet(e.Ecole, e.Commune)
		if e.Ecole == "" {
			name = "Liste d’attente, " + e.Commune
		}
		cells := ui.Cells(ecole.Annee(e.Annee).Libelle(), name, e.Niveau)
		if v.showsClasse() {
			cells = append(cells, ui.Cell(e.Classe))
		}
		rows[i].Cells = append(cells, ui.Tag(e.situation(today), e.kind(today)), ui.Cell(e.periode()))
	}
	return rows
}
