package liberations

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/liberation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
)

// arrive is a child whom the school expects and whom another one still has.
type arrive struct {
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	DateEffet     *time.Time
	Ecole         string
	Commune       string
	Depart        *time.Time
}

func (a arrive) nom() string { return eleve.NomListe(a.NomFamille, a.NomUsage, a.Prenom) }

func (a arrive) ecole() string { return ecole.NomComplet(a.Ecole, a.Commune) }

const arriveSQL = `
	select i.nom_famille, i.nom_usage, i.prenom, i.date_naissance, s.date_effet,
		coalesce(a.ecole, '') as ecole, coalesce(a.commune, '') as commune, a.depart
	from inscription i left join scolarite s on s.inscription_id = i.id and s.etat <> 'annulee'
	left join encore_ailleurs(i.id) a on true
	where i.id = $1`

// ask opens the form of a request.
func (p Pages) ask(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, _ := uuid.Parse(r.URL.Query().Get("inscription"))
	return p.askPage(w, r, agent, httpx.NewForm(map[string]string{"inscription_id": id.String()}), http.StatusOK)
}

func (p Pages) askPage(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, f *httpx.Form, status int) error {
	var a arrive
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &a, arriveSQL, f.UUID("inscription_id"))
	})
	if err != nil {
		return err
	}
	if _, typed := f.Values["depart"]; !typed && a.DateEffet != nil {
		f.Values.Set("depart", date.CourtOuRien(a.DateEffet))
	}
	return p.Render(w, r, status, nouvellePage(a, f))
}

// submit sends the request.
func (p Pages) submit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := liberation.Demande{Depart: f.DateOrNone("depart"), Motif: f.Text("motif_radiation")}
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			id, err := liberation.Demander(ctx, tx, agent, f.UUID("inscription_id"), d)
			if err != nil {
				return "", err
			}
			p.Flash(ctx, "La demande est envoyée\u00a0: l’école a trois jours ouvrés pour répondre.", path(id)+"/retirer")
			return path(id), nil
		})
	}
	if f.Refused(err) {
		return p.askPage(w, r, agent, f, http.StatusUnprocessableEntity)
	}
	return err
}
