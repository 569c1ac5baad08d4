package eleves

import (
	"context"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/dossier"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// copie is the page that gives a pupil's contacts to his brothers and sisters.
type copie struct {
	eleve   nomme
	fratrie []nomme
}

// fratrieSQL are the pupils of the school who have a responsable in common with this one.
const fratrieSQL = `
	select f.id, f.nom_famille, f.nom_usage, f.prenom from eleve f
	where f.id <> $1 and f.etat = 'actif' and f.id in (
		select b.eleve_id from lien_responsable a join lien_responsable b on b.responsable_id = a.responsable_id
		where a.eleve_id = $1)
	order by f.cle_nom, f.id`

func (p Pages) readCopie(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (c copie, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &c.eleve, nommeSQL, id)
		territoire.Toutes(l, &c.fratrie, fratrieSQL, id)
	})
	return c, err
}

// options are the siblings, all ticked at first, then as they were sent.
func (c copie) options(f *httpx.Form) []ui.Option {
	options := make([]ui.Option, len(c.fratrie))
	for i, e := range c.fratrie {
		sent := f.Values.Has("jeton")
		options[i] = ui.Option{
			Value: e.ID.String(), Label: e.nom(), Checked: !sent || slices.Contains(f.Values["id"], e.ID.String()),
		}
	}
	return options
}

func (p Pages) askRecopier(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.showRecopier(w, r, agent, http.StatusOK, httpx.NewForm(nil))
}

func (p Pages) showRecopier(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, status int, f *httpx.Form) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	c, err := p.readCopie(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, status, recopierPage(c, f))
}

func (p Pages) recopier(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	fratrie := f.UUIDs("id", "Cochez au moins un enfant.")
	if f.Err() != nil {
		return p.showRecopier(w, r, agent, http.StatusUnprocessableEntity, f)
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		return "/eleves/" + id.String() + "#contacts", dossier.RecopierContacts(ctx, tx, agent, id, fratrie)
	})
}
