// Package historiques shows the memory of a pupil's file: who changed what, how the file was on a day, who has opened
// it. The directeur and the IA come here, to answer a parent or to see what went wrong; nobody writes.
package historiques

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Pages serves what is under /eleves/{id} and looks back.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/eleves/{id}/historique", habilitation.ConsulterHistorique, p.historique)
	rt.Get("/eleves/{id}/consultations", habilitation.ConsulterHistorique, p.consultations)
}

// nomme is the pupil by name.
type nomme struct {
	ID         uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
}

const nommeSQL = `select id, nom_famille, nom_usage, prenom from eleve where id = $1`

func (n nomme) nom() string  { return eleve.NomListe(n.NomFamille, n.NomUsage, n.Prenom) }
func (n nomme) path() string { return "/eleves/" + n.ID.String() }

// tabs lead from one view of the file to the others.
func (n nomme) tabs(current string) []ui.Tab {
	tabs := []ui.Tab{
		{Label: "Dossier", Href: n.path()}, {Label: "Historique", Href: n.path() + "/historique"},
		{Label: "Qui a ouvert ce dossier", Href: n.path() + "/consultations"},
	}
	for i := range tabs {
		tabs[i].Current = tabs[i].Href == n.path()+current
	}
	return tabs
}

// read opens the file, which the journal notes, and reads what f queues besides.
func (p Pages) read(ctx context.Context, r *http.Request, agent habilitation.Agent, f func(l *territoire.Lecture, id uuid.UUID)) (n nomme, err error) {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return n, err
	}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueDossier(l, agent, journal.Consulter, id)
		territoire.Une(l, &n, nommeSQL, id)
		f(l, id)
	})
	return n, err
}
