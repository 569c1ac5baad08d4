package eleves

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/immatriculation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// dureeReveler is how long a confidential value stays shown to the session that asked for it.
const dureeReveler = 5 * time.Minute

// keyRevele holds, in the session, what is shown at present.
const keyRevele = "revele"

// revele is the one confidential value that the session shows at present.
type revele struct {
	Quoi   immatriculation.Confidentiel
	Eleve  uuid.UUID
	Jusqua time.Time
}

func (p Pages) revealed(ctx context.Context, quoi immatriculation.Confidentiel, id uuid.UUID) bool {
	var now revele
	if json.Unmarshal([]byte(p.Sessions.GetString(ctx, keyRevele)), &now) != nil {
		return false
	}
	return now.Quoi == quoi && now.Eleve == id && p.Now().Before(now.Jusqua)
}

// secret words a confidential value.
type secret struct {
	quoi  immatriculation.Confidentiel
	title string
}

var (
	secretINE         = secret{immatriculation.Numero, "Afficher l’INE"}
	secretCoordonnees = secret{immatriculation.Coordonnees, "Afficher les coordonnées"}
	secretAdresse     = secret{immatriculation.AdresseProtegee, "Afficher l’adresse protégée"}
)

func (p Pages) askINE(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.ask(w, r, agent, secretINE)
}

func (p Pages) askCoordonnees(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.ask(w, r, agent, secretCoordonnees)
}

func (p Pages) revealINE(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.reveal(w, r, agent, secretINE)
}

func (p Pages) revealCoordonnees(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.reveal(w, r, agent, secretCoordonnees)
}

// ask asks why.
func (p Pages) ask(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, s secret) error {
	return p.showAsk(w, r, agent, s, http.StatusOK, httpx.NewForm(nil))
}

func (p Pages) showAsk(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, s secret, status int, f *httpx.Form) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	var e nomme
	err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { territoire.Une(l, &e, nommeSQL, id) })
	if err != nil {
		return err
	}
	return p.Render(w, r, status, revelerPage(e, s, f))
}

// nomme is a pupil by name, for the pages that act on him.
type nomme struct {
	ID         uuid.UUID
	NomFamille string
	NomUsage   string
	Prenom     string
}

const nommeSQL = `select id, nom_famille, nom_usage, prenom from eleve where id = $1`

func (n nomme) nom() string {
	return fiche{NomFamille: n.NomFamille, NomUsage: n.NomUsage, Prenom: n.Prenom}.nom()
}
func (n nomme) path() string { return "/eleves/" + n.ID.String() }

// reveal notes who asked and why, then lets the file show the value for a few minutes.
func (p Pages) reveal(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, s secret) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	now, _ := json.Marshal(revele{s.quoi, id, p.Now().Add(dureeReveler)}) // plain values
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := immatriculation.Reveler(ctx, tx, agent, s.quoi, id, f.Text("motif")); err != nil {
			return "", err
		}
		p.Sessions.Put(ctx, keyRevele, string(now))
		return "/eleves/" + id.String(), nil
	})
	if f.Refused(err) {
		return p.showAsk(w, r, agent, s, http.StatusUnprocessableEntity, f)
	}
	return err
}

func motifsReveler() []ui.Option {
	var options []ui.Option
	for _, m := range immatriculation.MotifsReveler {
		options = append(options, ui.Option{Value: m.Code, Label: m.Label})
	}
	return options
}
