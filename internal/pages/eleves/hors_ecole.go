package eleves

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/rattachement"
	"base-eleves/web/ui"
)

// horsEcole is a period during which the child is taught elsewhere than in a class; its days come as they are shown.
type horsEcole struct {
	ID       uuid.UUID             `json:"id"`
	Modalite rattachement.Modalite `json:"modalite"`
	Debut    string                `json:"debut"`
	Fin      string                `json:"fin"`
	Ecole    string                `json:"ecole"`
}

var horsEcoleColumns = []ui.Column{{Label: "Instruit"}, {Label: "Rattaché à"}, {Label: "Depuis"}, {Label: "Jusqu’au"}}

func (v vue) horsEcoleRows() []ui.ListRow {
	var rows []ui.ListRow
	for _, h := range v.fiche.Complements.HorsEcole {
		modalite, lieu := h.Modalite.Label(), h.Ecole
		if v.agent.Role == habilitation.Mairie {
			modalite = h.Modalite.LabelCommun()
		}
		if lieu == "" {
			lieu = "Département"
		}
		rows = append(rows, ui.ListRow{
			ID: h.ID.String(), Href: "/rattachements/" + h.ID.String(), Label: modalite,
			Cells: ui.Cells(modalite, lieu, h.Debut, h.Fin),
		})
	}
	return rows
}
