// Package editions is the one place from which everything is printed: whoever wants a paper or a list comes here, finds
// it by what it is for, and goes to the page that makes it. It makes none itself.
package editions

import (
	"net/http"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /editions.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/editions", habilitation.ConsulterEditions, p.list)
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.Render(w, r, http.StatusOK, listPage(chapitresPour(agent)))
}
