package eleves

import (
	"github.com/google/uuid"

	"base-eleves/internal/domain/dispositif"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/web/ui"
)

// benefice is a period in which the pupil benefits from a dispositif; its days come as they are shown. No mairie reads it.
type benefice struct {
	ID         uuid.UUID             `json:"id"`
	Dispositif dispositif.Dispositif `json:"dispositif"`
	Debut      string                `json:"debut"`
	Fin        string                `json:"fin"`
}

var dispositifsColumns = []ui.Column{{Label: "Dispositif"}, {Label: "Depuis"}, {Label: "Jusqu’au"}}

func (v vue) dispositifsRows() []ui.ListRow {
	var rows []ui.ListRow
	for _, b := range v.fiche.Complements.Dispositifs {
		rows = append(rows, ui.ListRow{
			ID: b.ID.String(), Href: "/dispositifs/" + b.ID.String(), Label: b.Dispositif.Sens(), Cells: ui.Cells(b.Dispositif.Sens(), b.Debut, b.Fin),
		})
	}
	return rows
}

// dispositifFilter narrows the list of the pupils to those who benefit, for who may know it.
func dispositifFilter(agent habilitation.Agent) []ui.Filter {
	if !agent.Can(habilitation.ConsulterClasses) {
		return nil
	}
	f := ui.Filter{Name: "dispositif", Label: "Dispositif"}
	for _, d := range dispositif.Dispositifs {
		f.Options = append(f.Options, ui.Option{Value: string(d), Label: d.Label()})
	}
	return []ui.Filter{f}
}

// beneficieSQL looks once for those who benefit in the year $1, who are few.
const beneficieSQL = ` and s.eleve_id = any (array(select b.eleve_id from beneficiaire b join annee_scolaire a on a.code = $1
	where b.dispositif = ? and b.debut <= a.fin and (b.fin is null or b.fin >= a.debut)))`
