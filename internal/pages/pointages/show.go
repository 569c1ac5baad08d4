package pointages

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/inscription"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// The touches, as the buttons post them.
const (
	present = "present"
	nonVenu = "non_venu"
	renonce = "renonce"
	revenir = "revenir"
)

// fiche is the page of one pupil: what is rarer than a touch.
type fiche struct {
	ligne ligne
	form  *httpx.Form
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.renderFiche(w, r, agent, id, httpx.NewForm(nil), http.StatusOK)
}

func (p Pages) renderFiche(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, id uuid.UUID, f *httpx.Form, status int) error {
	v := fiche{form: f}
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.ligne, colonnesSQL+` where s.id = $1 and s.date_effet is not null`, id)
	})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, fichePage(v))
}

// submit is one touch. Two people who point the same pupil are told: the second finds him pointed.
func (p Pages) submit(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	if v := r.URL.Query().Get("version"); v != "" && !f.Values.Has("version") {
		f.Values.Set("version", v) // a button of the list
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := pointer(ctx, tx, agent, id, f); err != nil {
			return "", err
		}
		p.Flash(ctx, dits[f.Text("pointer")], "")
		return readCritere(r.URL.Query()).href(), nil
	})
	if httpx.Stale(err) {
		f.Refuse("", "Quelqu’un a pointé cet élève entre-temps\u00a0: voici où il en est.")
		return p.renderFiche(w, r, agent, id, f, http.StatusConflict)
	}
	if f.Refused(err) {
		return p.renderFiche(w, r, agent, id, f, http.StatusUnprocessableEntity)
	}
	return err
}

func pointer(ctx context.Context, tx territoire.Tx, agent habilitation.Agent, id uuid.UUID, f *httpx.Form) error {
	switch f.Text("pointer") {
	case present:
		return scolarite.PointerPresent(ctx, tx, agent, id, f.Version())
	case nonVenu:
		return scolarite.PointerNonVenu(ctx, tx, agent, id, f.Version())
	case renonce:
		return scolarite.PointerRenonce(ctx, tx, agent, id, f.Version(), f.Text("motif_annulation"))
	case revenir:
		return scolarite.Depointer(ctx, tx, agent, id, f.Version())
	}
	f.Refuse("", "Dites si l’élève est présent.")
	return f.Err()
}

var dits = map[string]string{
	present: "L’élève est présent.", nonVenu: "L’élève n’est pas venu aujourd’hui\u00a0: il reste attendu.",
	renonce: "L’élève ne viendra pas.", revenir: "L’élève est de nouveau attendu.",
}

func (v fiche) attendu() bool { return v.ligne.Etat == scolarite.AdmisAccepte }

func motifs() []ui.Option {
	options := make([]ui.Option, len(inscription.MotifsAnnulation))
	for i, m := range inscription.MotifsAnnulation {
		options[i] = ui.Option{Value: m.Code, Label: m.Label}
	}
	return options
}
