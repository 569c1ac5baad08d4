package listes

import (
	"context"
	"net/http"
	"net/url"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// keep records a list under a name.
func (p Pages) keep(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := composee(f, agent)
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := d.f.Err(); err != nil {
			return "", err
		}
		id, err := liste.Garder(ctx, tx, agent, gardeeDe(f), d.def)
		if err != nil {
			return "", err
		}
		p.Flash(ctx, "La liste est gardée.", path(id)+"/supprimer")
		return ouvrir(id), nil
	})
	if !f.Refused(err) {
		return err
	}
	d.garde = f
	sql, args := d.def.Requete(agent, liste.Page{Limite: parPage})
	if err := p.read(r.Context(), d, sql, args); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, composePage(d))
}

// composee is the list that a form carries in one field.
func composee(f *httpx.Form, agent habilitation.Agent) *demande {
	q, _ := url.ParseQuery(f.Values.Get("definition")) // what cannot be read is not asked for
	d := &demande{agent: agent, page: 1, f: httpx.AskedForm(q, agent.Aujourdhui())}
	d.def = lire(d.f, agent)
	return d
}

func gardeeDe(f *httpx.Form) liste.Gardee {
	return liste.Gardee{Nom: f.Text("nom"), Partagee: f.Checked("partagee")}
}

// replace keeps what the page shows in the place of what the list was.
func (p Pages) replace(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	d := composee(f, agent)
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := liste.Remplacer(ctx, tx, agent, id, f.Version(), d.def); err != nil {
			return "", err
		}
		p.Flash(ctx, "La liste est remplacée.", "")
		return ouvrir(id), nil
	})
}

// fiche is the page of a list that was kept: its name, and who sees it.
type fiche struct {
	agent    habilitation.Agent
	gardee   *gardee
	f        *httpx.Form
	conflict []ui.ConflictRow
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	g, err := p.gardee(r.Context(), agent, id)
	if err != nil {
		return err
	}
	known := map[string]string{"nom": g.Nom}
	if g.Partagee {
		known["partagee"] = "true"
	}
	return p.Render(w, r, http.StatusOK, showPage(fiche{agent: agent, gardee: g, f: httpx.NewForm(known)}))
}

func (p Pages) rename(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		if err := liste.Renommer(ctx, tx, agent, id, f.Version(), gardeeDe(f)); err != nil {
			return "", err
		}
		p.Flash(ctx, "La liste est modifiée.", "")
		return chemin, nil
	})
	if status == 0 {
		return err
	}
	g, err := p.gardee(r.Context(), agent, id)
	if err != nil {
		return err
	}
	page := fiche{agent: agent, gardee: g, f: f}
	if status == http.StatusConflict {
		page.conflict = []ui.ConflictRow{{Label: "Nom", Theirs: g.Nom, Mine: f.Text("nom")}}
	}
	return p.Render(w, r, status, showPage(page))
}

func (p Pages) remove(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID) error {
		p.Flash(ctx, "La liste est supprimée.", path(id)+"/retablir")
		return liste.Supprimer(ctx, tx, agent, id)
	})
}

func (p Pages) restore(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.act(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID) error {
		p.Flash(ctx, "La liste est rétablie.", "")
		return liste.Retablir(ctx, tx, agent, id)
	})
}

// act does one thing to the list of the address, and comes back to all of them.
func (p Pages) act(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	do func(ctx context.Context, tx territoire.Tx, id uuid.UUID) error,
) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		return chemin, do(ctx, tx, id)
	})
}
