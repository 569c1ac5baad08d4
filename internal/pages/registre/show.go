package registre

import (
	"net/http"
	"strconv"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// fiche is one line of the register, with the school that keeps it.
type fiche struct {
	ligne
	ecole.EnTete
}

const ficheSQL = `
	select r.id, r.eleve_id, r.numero, r.nom_famille, r.nom_usage, r.prenom, r.sexe, r.date_naissance, r.entree, r.niveau_entree, r.provenance,
		r.sortie, r.niveau_sortie, r.motif_sortie, r.destination, 0 as total, ` + ecole.EnTeteColonnes + `
	from registre r join ecole e on e.uai = r.ecole_uai join commune c on c.insee = e.commune_insee where r.id = $1`

// lire reads a line and leaves the line of the journal that says why.
func (p Pages) lire(r *http.Request, agent habilitation.Agent, acte journal.Acte) (f fiche, err error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return f, err
	}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueRegistre(l, agent, acte, "registre", id)
		territoire.Une(l, &f, ficheSQL, id)
	})
	return f, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := p.lire(r, agent, journal.Consulter)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, showPage(f, agent))
}

func (f fiche) facts() []ui.SummaryRow {
	rows := []ui.SummaryRow{
		{Label: "Numéro d’entrée", Value: strconv.Itoa(f.Numero)},
		{Label: "École", Value: f.NomComplet()},
		{Label: "Naissance", Value: date.Long(f.DateNaissance)},
		{Label: "Entré le", Value: date.Long(f.Entree) + ", en " + f.NiveauEntree},
		{Label: "Venu de", Value: f.Provenance},
	}
	if f.Sortie == nil {
		return append(rows, ui.SummaryRow{Label: "Dernier niveau", Value: f.NiveauSortie})
	}
	return append(rows, ui.SummaryRow{Label: "Sorti le", Value: date.Long(*f.Sortie) + ", après le " + f.NiveauSortie},
		ui.SummaryRow{Label: "Motif", Value: f.motif()}, ui.SummaryRow{Label: "Destination", Value: f.Destination})
}
