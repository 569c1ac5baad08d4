// Package accueil is the first page after the log-in, and where everybody comes back: what awaits him, each thing with
// its count, its reason and the way to it; a few figures; the year as a list of doors. No pupil is named here.
package accueil

import (
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/qualite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// Pages serves /.
type Pages struct{ *httpx.Site }

// Register lists the route.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/", habilitation.Accueil, p.show)
}

// contenu is what the home page says to one role.
type contenu struct {
	Taches   []ui.Task
	Chiffres []ui.Stat
	Retards  []retard // schools to remind, for those who inspect
	Phrases  []string // for the roles that this application gives little to do
}

// role is a role's home page: what it queues to read, then what that means.
type role interface {
	read(l *territoire.Lecture, agent habilitation.Agent)
	contenu(agent habilitation.Agent) contenu
}

// roleOf is the home page of an agent, not read yet.
func roleOf(agent habilitation.Agent) role {
	switch agent.Role {
	case habilitation.Mairie:
		return &mairie{}
	case habilitation.Directeur:
		return &directeur{}
	case habilitation.IEN, habilitation.IA:
		return &inspection{}
	case habilitation.Service:
		return &service{}
	case habilitation.College:
		return &college{}
	default:
		return &statistique{}
	}
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	page := roleOf(agent)
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { page.read(l, agent) })
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, accueilPage(agent, page.contenu(agent)))
}

// defauts are the things to do about what the register holds wrong, each with its list.
func defauts(all []qualite.Compte) []ui.Task {
	tasks := make([]ui.Task, len(all))
	for i, c := range all {
		tasks[i] = ui.Task{Title: c.Nom(c.Nombre), Count: c.Nombre, Why: c.Pourquoi, Href: "/qualite/" + c.Code, Action: c.Action}
	}
	return tasks
}
