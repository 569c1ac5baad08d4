package connexions

import (
	"github.com/a-h/templ"

	"base-eleves/internal/domain/compte"
	"base-eleves/web/ui"
)

func demoRows(comptes []compte.DemoCompte, jeton string) []ui.ListRow {
	rows := make([]ui.ListRow, len(comptes))
	for i, c := range comptes {
		rows[i] = ui.ListRow{Cells: append(ui.Cells(c.Territoire, c.Identifiant, c.MotDePasse, c.Code), templ.Component(utiliser(c, jeton)))}
	}
	return rows
}
