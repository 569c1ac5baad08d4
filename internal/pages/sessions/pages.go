// Package sessions is where each agent sees where he is logged in, and ends what he left open: a computer at the office,
// one in a classroom.
package sessions

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/compte"
	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Pages serves /sessions.
type Pages struct{ *httpx.Site }

const path = "/sessions"

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get(path, habilitation.Accueil, p.list)
	rt.Post(path+"/terminer", habilitation.Accueil, p.end)
	rt.Post(path+"/terminer-autres", habilitation.Accueil, p.endOthers)
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	var open []compte.Session
	if err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { compte.QueueSessions(l, agent, &open) }); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(vue{celleCi: p.SessionID(r.Context()), ouvertes: open}))
}

// vue is what the page shows.
type vue struct {
	celleCi  uuid.UUID
	ouvertes []compte.Session
}

// autres is how many sessions are not the one that looks.
func (v vue) autres() (n int) {
	for _, s := range v.ouvertes {
		if s.ID != v.celleCi {
			n++
		}
	}
	return n
}

func (v vue) table() ui.TableProps {
	props := ui.TableProps{Caption: "Vos sessions ouvertes", Columns: []ui.Column{
		{Label: "Navigateur"}, {Label: "Adresse du réseau"}, {Label: "Ouverte"}, {Label: "Dernière page"}, {Label: "Terminer"},
	}}
	for _, s := range v.ouvertes {
		row := ui.ListRow{Cells: ui.Cells(s.Navigateur, s.Adresse, date.Heure(s.OuverteLe), date.Heure(s.VueLe))}
		if s.ID == v.celleCi {
			row.Cells = append(row.Cells, ui.Cell("Cette session"))
		} else {
			row.Cells = append(row.Cells, ui.PostButton(ui.ButtonProps{Label: "Terminer", Action: path + "/terminer",
				Name: "session", Value: s.ID.String(), About: s.Navigateur + ", " + s.Adresse}))
		}
		props.Rows = append(props.Rows, row)
	}
	return props
}

// end ends one session. It is done again without harm.
func (p Pages) end(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := uuid.Parse(r.PostFormValue("session"))
	if err != nil {
		return httpx.Redirect(w, r, path)
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		compte.TerminerSession(tx, agent, id)
		p.Flash(ctx, "Cette session est terminée.", "")
		return path, nil
	})
}

// endOthers ends all but the one that asks.
func (p Pages) endOthers(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		n, err := compte.TerminerAutres(ctx, tx, agent, p.SessionID(ctx))
		if err != nil {
			return "", err
		}
		p.Flash(ctx, ui.Plural(n, "autre session terminée.", "autres sessions terminées."), "")
		return path, nil
	})
}
