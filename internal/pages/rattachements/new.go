package rattachements

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/domain/rattachement"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// enfant is the child to be attached, of whom there is a file.
type enfant struct {
	ID            uuid.UUID
	NomFamille    string
	NomUsage      string
	Prenom        string
	DateNaissance time.Time
	EcoleUAI      string // that holds the file: proposed as the reference school
}

func (e enfant) nom() string { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }

func (e enfant) path() string { return "/eleves/" + e.ID.String() }

const enfantSQL = `
	select id, nom_famille, nom_usage, prenom, date_naissance, ecole_uai from enfant_a_rattacher($1)`

// readEnfant reads the child by the identifier of his file; outside the territory there is none.
func (p Pages) readEnfant(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (e enfant, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		journal.QueueDossier(l, agent, journal.Consulter, id)
		territoire.Une(l, &e, enfantSQL, id)
	})
	return e, err
}

// showNew asks how the child of the address is taught; without one, it says how to name him.
func (p Pages) showNew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := uuid.Parse(r.URL.Query().Get("eleve"))
	if err != nil {
		return p.Render(w, r, http.StatusOK, choosePage(agent, nil))
	}
	e, err := p.readEnfant(r.Context(), agent, id)
	if err != nil {
		return err
	}
	f := httpx.NewForm(map[string]string{"ecole_uai": e.EcoleUAI, "debut": date.Court(agent.Aujourdhui())})
	return p.Render(w, r, http.StatusOK, newPage(e, agent, f))
}

func (p Pages) submitNew(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	id, typed := f.UUID("eleve_id"), readPeriode(f)
	if id == uuid.Nil {
		f.Refuse("", "Choisissez d’abord l’enfant, dans son dossier.")
		return p.Render(w, r, http.StatusUnprocessableEntity, choosePage(agent, f.Errors()))
	}
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			noted, err := rattachement.Attacher(ctx, tx, agent, id, typed)
			if err == nil {
				p.Flash(ctx, "L’enfant est noté comme instruit hors de l’école.", "")
			}
			return path(noted), err
		})
	}
	if !f.Refused(err) {
		return err
	}
	e, err := p.readEnfant(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, newPage(e, agent, f))
}

func crumbs() ui.PageOption {
	return ui.Crumbs(ui.Crumb{Label: "Instruits hors de l’école", Href: "/rattachements"})
}
