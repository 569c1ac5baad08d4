// Package passages is where the directeur says what becomes of each pupil at the end of the year: the passage for
// nearly all at once, the exceptions one by one, the letters, the answers of the families, the decisions and the appeals.
// The IEN comes to give his opinion on maintiens and passages anticipés, the IA to set the calendar and to record what the
// commission d'appel decides.
package passages

import (
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
)

// Pages serves /passages. The {id} of its addresses is that of a scolarité.
type Pages struct{ *httpx.Site }

// Register lists the routes.
func (p Pages) Register(rt httpx.Router) {
	rt.Get("/passages", habilitation.ConsulterPassages, selon(p.list, p.inspection))
	for _, format := range []string{"csv", "xlsx", "pdf"} {
		rt.Get("/passages."+format, habilitation.ConsulterPassages, selon(p.export, p.exportInspection))
	}
	rt.Post("/passages", habilitation.DeciderPassages, p.submitAll)
	rt.Get("/passages/propositions", habilitation.DeciderPassages, p.relire(propositions, deLaClasse))
	rt.Get("/passages/propositions.pdf", habilitation.DeciderPassages, p.lettres(propositions, deLaClasse))
	rt.Get("/passages/decisions", habilitation.DeciderPassages, p.relire(decisionsPrises, deLaClasse))
	rt.Get("/passages/decisions.pdf", habilitation.DeciderPassages, p.lettres(decisionsPrises, deLaClasse))
	rt.Get("/passages/calendrier", habilitation.ReglerCampagne, p.askCalendrier)
	rt.Post("/passages/calendrier", habilitation.ReglerCampagne, p.regler)
	rt.Get("/passages/{id}", habilitation.ConsulterPassages, selon(p.show, p.suivre))
	rt.Post("/passages/{id}", habilitation.DeciderPassages, p.submit)
	rt.Get("/passages/{id}/proposition", habilitation.DeciderPassages, p.relire(propositions, deLEleve))
	rt.Get("/passages/{id}/proposition.pdf", habilitation.DeciderPassages, p.lettres(propositions, deLEleve))
	rt.Get("/passages/{id}/decision", habilitation.DeciderPassages, p.relire(decisionsPrises, deLEleve))
	rt.Get("/passages/{id}/decision.pdf", habilitation.DeciderPassages, p.lettres(decisionsPrises, deLEleve))
	rt.Post("/passages/{id}/avis", habilitation.AviserPassages, p.aviser)
	rt.Post("/passages/{id}/commission", habilitation.TrancherPassages, p.trancher)
}

// selon is the page of who decides, or that of an inspection.
func selon(direction, inspection httpx.Page) httpx.Page {
	return func(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
		if agent.Can(habilitation.DeciderPassages) {
			return direction(w, r, agent)
		}
		return inspection(w, r, agent)
	}
}

func path(id uuid.UUID) string { return "/passages/" + id.String() }
