package listes

import (
	"context"
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/liste"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// mienne is a list that was kept, among the others.
type mienne struct {
	ID         uuid.UUID
	Nom        string
	Partagee   bool
	Mienne     bool
	ModifieeLe time.Time
}

const listSQL = `
	select id, nom, partagee, compte_id = (select portee_compte()) as mienne, modifiee_le
	from liste where supprimee_le is null order by lower(nom), id limit 200`

// choix is the page from which one takes a list.
type choix struct {
	agent    habilitation.Agent
	miennes  []mienne
	familles []ui.Chapter
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	c := choix{agent: agent, familles: familles(agent)}
	if err := p.lire(r.Context(), agent, &c.miennes); err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(c))
}

func (p Pages) lire(ctx context.Context, agent habilitation.Agent, dst *[]mienne) error {
	return p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) { territoire.Toutes(l, dst, listSQL) })
}

// familles are the ready lists of a role, by what they are for.
func familles(agent habilitation.Agent) (all []ui.Chapter) {
	for _, p := range liste.Pretes(agent.Role) {
		if n := len(all); n == 0 || all[n-1].Title != p.Famille {
			all = append(all, ui.Chapter{Title: p.Famille})
		}
		last := &all[len(all)-1]
		last.Links = append(last.Links, ui.ChapterLink{Label: p.Titre, Href: composer + "?prete=" + p.Code, Use: p.Usage})
	}
	return all
}

func (c choix) gardees() ui.TableProps {
	t := ui.TableProps{Caption: "Listes gardées", Columns: []ui.Column{{Label: "Liste"}, {Label: "Pour qui"}, {Label: "Modifiée le"}, {Label: "Gérer"}}}
	for _, m := range c.miennes {
		t.Rows = append(t.Rows, ui.ListRow{Href: ouvrir(m.ID), Cells: append(
			ui.Cells(m.Nom, m.pour(), date.Court(m.ModifieeLe)), ui.LinkCell("Renommer ou supprimer", path(m.ID)))})
	}
	return t
}

// pour says who sees the list.
func (m mienne) pour() string {
	switch {
	case !m.Partagee:
		return "Moi"
	case m.Mienne:
		return "Moi et mes collègues"
	}
	return "Partagée par un collègue"
}
