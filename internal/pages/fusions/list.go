package fusions

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/fusion"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// ligne is a merge of the school.
type ligne struct {
	ID          uuid.UUID
	GardeID     uuid.UUID
	NomFamille  string
	NomUsage    string
	Prenom      string
	AutreNom    string
	AutreUsage  string
	AutrePrenom string
	FaiteLe     time.Time
	DefaiteLe   *time.Time
}

func (l ligne) nom() string { return eleve.NomListe(l.NomFamille, l.NomUsage, l.Prenom) }

const listSQL = `
	select f.id, f.garde_id, g.nom_famille, g.nom_usage, g.prenom, a.nom_famille as autre_nom, a.nom_usage as autre_usage,
		a.prenom as autre_prenom, f.faite_le, f.defaite_le
	from fusion f join eleve g on g.id = f.garde_id join eleve a on a.id = f.absorbe_id
	order by f.faite_le desc, f.id limit 200`

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var list []ligne
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { territoire.Toutes(l, &list, listSQL) })
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(listProps(list, agent)))
}

func listProps(list []ligne, agent habilitation.Agent) ui.TableProps {
	props := ui.TableProps{Caption: "Dossiers fusionnés", Columns: []ui.Column{
		{Label: "Dossier gardé"}, {Label: "Dossier absorbé"}, {Label: "Fusionnés le"}, {Label: "Séparer"},
	}}
	for _, l := range list {
		row := ui.ListRow{Href: "/eleves/" + l.GardeID.String(), Label: l.nom()}
		row.Cells = ui.Cells(l.nom(), eleve.NomListe(l.AutreNom, l.AutreUsage, l.AutrePrenom),
			date.Court(l.FaiteLe.In(agent.Maintenant.Location())))
		if l.DefaiteLe != nil {
			row.Cells = append(row.Cells, ui.Cell("Séparés le "+date.Court(l.DefaiteLe.In(agent.Maintenant.Location()))))
		} else {
			row.Cells = append(row.Cells, ui.PostButton(ui.ButtonProps{Label: "Séparer", Action: defaire(l.ID)}))
		}
		props.Rows = append(props.Rows, row)
	}
	return props
}

func defaire(id uuid.UUID) string { return "/fusions/" + id.String() + "/defaire" }

// undo separates two files. What was changed since stays as it is, and is said.
func (p Pages) undo(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		gardes, err := fusion.Defaire(ctx, tx, agent, id)
		if err != nil {
			return "", err
		}
		p.Flash(ctx, separes(gardes), "")
		return "/fusions", nil
	})
}

func separes(gardes []fusion.Changement) string {
	if len(gardes) == 0 {
		return "Les deux dossiers sont de nouveau séparés, tels qu’ils étaient."
	}
	return "Les deux dossiers sont de nouveau séparés. " +
		ui.Plural(len(gardes), "donnée, changée depuis la fusion, est restée", "données, changées depuis la fusion, sont restées") +
		" telle qu’aujourd’hui\u00a0: vérifiez les deux dossiers."
}
