package courriers

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lettre"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// gardee is a letter of the school.
type gardee struct {
	ID         uuid.UUID
	Titre      string
	Objet      string
	ModifieeLe time.Time
}

const listSQL = `
	select id, titre, objet, modifiee_le from lettre_type where supprimee_le is null order by lower(titre), id limit 200`

// choix is the page from which one takes a letter, for the pupils whom one has ticked elsewhere if any.
type choix struct {
	gardees []gardee
	seuls   []uuid.UUID
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := choix{seuls: identifiants(r.URL.Query()["seul"])}
	err := p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) { territoire.Toutes(l, &c.gardees, listSQL) })
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(c))
}

// pour leads from pupils ticked in a list to the letters that one may write to their families.
func (p Pages) pour(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	ids := f.UUIDs("id", "Choisissez au moins un élève dans la liste.")
	if err := f.Err(); err != nil {
		return err
	}
	return httpx.Redirect(w, r, choix{seuls: ids}.href(chemin))
}

// href keeps the pupils chosen in an address.
func (c choix) href(to string) string {
	q := url.Values{}
	for _, id := range c.seuls {
		q.Add("seul", id.String())
	}
	return adresse(to, q)
}

func adresse(to string, q url.Values) string {
	if len(q) == 0 {
		return to
	}
	return to + "?" + q.Encode()
}

func (c choix) pourQui() string {
	if len(c.seuls) == 0 {
		return "Une lettre de l’école, adressée à chaque famille."
	}
	return "Aux familles de " + ui.Plural(len(c.seuls), "élève choisi", "élèves choisis") + "."
}

func (c choix) table() ui.TableProps {
	t := ui.TableProps{Caption: "Lettres de l’école", Columns: []ui.Column{{Label: "Lettre"}, {Label: "Objet"}, {Label: "Modifiée le"}, {Label: "Texte"}}}
	for _, g := range c.gardees {
		t.Rows = append(t.Rows, ui.ListRow{Href: c.href(path(g.ID) + "/envoyer"), Cells: append(
			ui.Cells(g.Titre, g.Objet, date.Court(g.ModifieeLe)), ui.LinkCell("Modifier", path(g.ID)))})
	}
	return t
}

// pretes are the letters to begin from.
func pretes() []ui.Chapter {
	c := ui.Chapter{Title: "Lettres à recopier"}
	for _, p := range lettre.Pretes {
		c.Links = append(c.Links, ui.ChapterLink{Label: p.Titre, Href: chemin + "/nouveau?modele=" + p.Code, Use: p.Usage})
	}
	return []ui.Chapter{c}
}

func (p Pages) remove(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.onOne(w, r, agent, lettre.Supprimer, "La lettre est supprimée.", "/retablir")
}

func (p Pages) restore(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.onOne(w, r, agent, lettre.Retablir, "La lettre est rétablie.", "")
}

func (p Pages) onOne(w http.ResponseWriter, r *http.Request, agent habilitation.Agent,
	do func(context.Context, territoire.Tx, habilitation.Agent, uuid.UUID) error, said, undo string,
) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	return p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
		if err := do(ctx, tx, agent, id); err != nil {
			return "", err
		}
		if undo != "" {
			undo = path(id) + undo
		}
		p.Flash(ctx, said, undo)
		return chemin, nil
	})
}
