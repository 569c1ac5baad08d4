package reprise

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	domain "base-eleves/internal/domain/reprise"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// conserve is what the undo of an operation has left as somebody had changed it.
type conserve struct {
	EleveID    *uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
	Objet      string
	Tout       bool
}

const conservesSQL = `
	select distinct l.eleve_id, coalesce(e.nom_famille, r.nom_famille, '') as nom_famille, coalesce(e.nom_usage, r.nom_usage, '') as nom_usage,
		coalesce(e.prenom, r.prenom, r.organisme, '') as prenom, l.objet, l.conserves = '{tout}' as tout
	from operation_ligne l left join eleve e on e.id = l.eleve_id left join responsable r on r.id = l.objet_id
	where l.operation_id = $1 and l.conserves <> '{}' order by 2, 4, 5 limit 200`

// resultat is an operation that was made.
type resultat struct {
	operation
	conserves []conserve
	form      *httpx.Form
	now       time.Time
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.renderShow(w, r, agent, httpx.NewForm(nil), http.StatusOK)
}

func (p Pages) renderShow(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v := resultat{form: f, now: agent.Maintenant}
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.operation, operationsSQL+` where id = $1`, id)
		territoire.Toutes(l, &v.conserves, conservesSQL, id)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, showPage(v))
}

// undo takes the operation back.
func (p Pages) undo(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.ActLong(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		return "/reprise/operations/" + id.String(), domain.Annuler(ctx, tx, agent, id, f.Version())
	})
	if f.Refused(err) {
		return p.renderShow(w, r, agent, f, http.StatusUnprocessableEntity)
	}
	return err
}

func (v resultat) annulable() bool { return domain.Annulable(v.FaiteLe, v.AnnuleeLe, v.now) }

func (v resultat) stats() []ui.Stat {
	return []ui.Stat{
		{Label: "Créés", Value: ui.Count(v.Crees)}, {Label: "Modifiés", Value: ui.Count(v.Modifies)},
		{Label: "Inchangés", Value: ui.Count(v.Inchanges)}, {Label: "Refusés", Value: ui.Count(v.Refuses)},
	}
}

func (v resultat) lead() string {
	return fmt.Sprintf("%s, repris le %s pour %s.", v.Nom, date.Heure(v.FaiteLe), ecole.Annee(v.Annee).Libelle())
}

var objets = map[string]string{
	"eleve": "Identité et adresses", "scolarite": "Scolarité", "affectation": "Classe", "autorisation": "Autorisations",
	"responsable": "Coordonnées du responsable", "lien_responsable": "Lien avec le responsable", "immatriculation": "INE",
}

func (v resultat) conservesTable() ui.TableProps {
	t := ui.TableProps{Caption: "Ce qui est conservé", Columns: []ui.Column{{Label: "Nom"}, {Label: "Bloc"}, {Label: "Conservé"}}}
	for _, c := range v.conserves {
		row := ui.ListRow{Cells: ui.Cells(eleve.NomListe(c.NomFamille, c.NomUsage, c.Prenom), objets[c.Objet], c.quoi())}
		if c.EleveID != nil {
			row.Href = "/eleves/" + c.EleveID.String()
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func (c conserve) quoi() string {
	if c.Tout {
		return "En entier"
	}
	return "Ce qui a été modifié depuis"
}
