package courriers

import (
	"context"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lettre"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// redaction is the page where a letter is written.
type redaction struct {
	id       uuid.UUID // Nil of one that is not kept yet
	version  int
	f        *httpx.Form
	conflict []ui.ConflictRow
}

func (e redaction) titre() string {
	if e.id == uuid.Nil {
		return "Nouvelle lettre"
	}
	return "Modifier une lettre"
}

func (e redaction) action() string {
	if e.id == uuid.Nil {
		return chemin + "/nouveau"
	}
	return path(e.id)
}

func formOf(m lettre.Modele) *httpx.Form {
	return httpx.NewForm(map[string]string{"titre": m.Titre, "objet": m.Objet, "corps": m.Corps})
}

func modeleDe(f *httpx.Form) lettre.Modele {
	return lettre.Modele{Titre: f.Text("titre"), Objet: f.Text("objet"), Corps: f.Lines("corps")}
}

func (p Pages) start(w http.ResponseWriter, r *http.Request, _ habilitation.Agent) error {
	ready, _ := lettre.PreteDe(r.URL.Query().Get("modele")) // an unknown one begins on a white page
	return p.Render(w, r, http.StatusOK, editPage(redaction{f: formOf(ready.Modele)}))
}

func (p Pages) keep(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		id, err := lettre.Garder(ctx, tx, agent, modeleDe(f))
		if err != nil {
			return "", err
		}
		p.Flash(ctx, "La lettre est enregistrée.", path(id)+"/supprimer")
		return path(id) + "/envoyer", nil
	})
	if !f.Refused(err) {
		return err
	}
	return p.Render(w, r, http.StatusUnprocessableEntity, editPage(redaction{f: f}))
}

// redigee is a letter as it is recorded.
type redigee struct {
	ID      uuid.UUID
	Version int
	lettre.Modele
}

const redigeeSQL = `select id, version, titre, objet, corps from lettre_type where id = $1 and supprimee_le is null`

func (p Pages) read(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (m redigee, err error) {
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { territoire.Une(l, &m, redigeeSQL, id) })
	return m, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	m, err := p.read(r.Context(), agent, id)
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, editPage(redaction{id: m.ID, version: m.Version, f: formOf(m.Modele)}))
}

func (p Pages) save(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, f, status, err := p.ActOn(w, r, agent, func(ctx context.Context, tx territoire.Tx, id uuid.UUID, f *httpx.Form) (string, error) {
		if err := lettre.Modifier(ctx, tx, agent, id, f.Version(), modeleDe(f)); err != nil {
			return "", err
		}
		p.Flash(ctx, "La lettre est modifiée.", "")
		return path(id) + "/envoyer", nil
	})
	if status == 0 {
		return err
	}
	m, err := p.read(r.Context(), agent, id)
	if err != nil {
		return err
	}
	page := redaction{id: id, version: m.Version, f: f}
	if status == http.StatusConflict {
		page.conflict = m.ecarts(modeleDe(f))
	}
	return p.Render(w, r, status, editPage(page))
}

// ecarts are what another has written meanwhile, beside what was typed.
func (m redigee) ecarts(typed lettre.Modele) (rows []ui.ConflictRow) {
	for _, e := range [][3]string{{"Titre", m.Titre, typed.Titre}, {"Objet", m.Objet, typed.Objet}, {"Texte", m.Corps, typed.Corps}} {
		if e[1] != e[2] {
			rows = append(rows, ui.ConflictRow{Label: e[0], Theirs: e[1], Mine: e[2]})
		}
	}
	return rows
}

// champs are the fields, as one types them.
func champs() []ui.Option {
	list := make([]ui.Option, len(lettre.Champs))
	for i, c := range lettre.Champs {
		list[i] = ui.Option{Value: "{" + c.Code + "}", Label: c.Titre}
	}
	return list
}

// lignes is how high the text is shown.
func (e redaction) lignes() int { return min(max(12, strings.Count(e.f.Lines("corps"), "\n")+4), 40) }
