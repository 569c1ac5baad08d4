package familles

import (
	"context"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/eleve"
	"base-eleves/internal/domain/famille"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// enfant is the pupil of a page, by name.
type enfant struct {
	ID         uuid.UUID
	Version    int
	NomFamille string
	NomUsage   string
	Prenom     string
}

const enfantSQL = `select id, version, nom_famille, nom_usage, prenom from eleve where id = $1`

func (e enfant) nom() string  { return eleve.NomListe(e.NomFamille, e.NomUsage, e.Prenom) }
func (e enfant) path() string { return "/eleves/" + e.ID.String() }

// protection is the page: which homes of the file are protected. It names them by who lives there.
type protection struct {
	enfant    enfant
	domiciles []famille.Domicile
	form      *httpx.Form
	stale     bool
}

func (p Pages) readProtection(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (*protection, error) {
	d := &protection{form: httpx.NewForm(nil)}
	err := p.DB.Lire(ctx, agent.Portee().AvecProtegees(), func(l *territoire.Lecture) {
		journal.QueueDossier(l, agent, journal.Consulter, id)
		territoire.Une(l, &d.enfant, enfantSQL, id)
		territoire.Toutes(l, &d.domiciles, famille.DomicilesSQL, id)
	})
	return d, err
}

func (p Pages) askProtection(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	d, err := p.readProtection(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, protectionPage(d))
}

func (p Pages) submitProtection(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := famille.Proteger(ctx, tx, agent, id, f.Version(), coches(f)); err != nil {
			return "", err
		}
		p.Flash(ctx, "La protection des adresses est enregistrée.", "")
		return "/eleves/" + id.String(), nil
	})
	if !httpx.Stale(err) && !f.Refused(err) {
		return err
	}
	stale := httpx.Stale(err)
	d, err := p.readProtection(r.Context(), agent, id)
	if err != nil {
		return err
	}
	d.form, d.stale = f, stale
	if stale {
		return p.Render(w, r, http.StatusConflict, protectionPage(d))
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, protectionPage(d))
}

// coches are the homes ticked, maybe none.
func coches(f *httpx.Form) []uuid.UUID {
	var list []uuid.UUID
	for _, v := range f.Values["protegee"] {
		if id, err := uuid.Parse(v); err == nil {
			list = append(list, id)
		}
	}
	return list
}

// options are the homes, each by who lives there.
func (d *protection) options() []ui.Option {
	typed := d.form.Values.Has("jeton")
	options := make([]ui.Option, len(d.domiciles))
	for i, h := range d.domiciles {
		label := "Domicile de " + h.Noms
		if h.Eleve {
			label = "Domicile de " + d.enfant.nom()
			if h.Noms != "" {
				label += ", avec " + h.Noms
			}
		}
		checked := h.Protegee
		if typed {
			checked = slices.Contains(coches(d.form), h.ID)
		}
		options[i] = ui.Option{Value: h.ID.String(), Label: label, Checked: checked}
	}
	return options
}
