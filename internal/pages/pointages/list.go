package pointages

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/lot"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// view is the list.
type view struct {
	critere critere
	lecture lecture
	agent   habilitation.Agent
	errors  ui.Errors
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	return p.render(w, r, agent, nil, http.StatusOK)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, agent habilitation.Agent, errs ui.Errors, status int) (err error) {
	v := view{critere: readCritere(r.URL.Query()), agent: agent, errors: errs}
	if v.lecture, err = p.read(r.Context(), agent, v.critere); err != nil {
		return err
	}
	return p.Render(w, r, status, listPage(v))
}

// submitAll says of several pupils that they are there: of all or of none.
func (p Pages) submitAll(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	f, err := httpx.ReadForm(r, agent.Aujourdhui())
	if err != nil {
		return err
	}
	ids := f.UUIDs("id", "Cochez au moins un élève.")
	if err = f.Err(); err == nil {
		err = p.Act(w, r, agent, func(ctx context.Context, tx territoire.Tx) (string, error) {
			err := lot.Faire(ctx, tx, ids, func(id uuid.UUID) error { return scolarite.PointerPresent(ctx, tx, agent, id, 0) })
			if err == nil {
				p.Flash(ctx, ui.Plural(len(ids), "élève présent", "élèves présents")+".", "")
			}
			return readCritere(r.URL.Query()).href(), err
		})
	}
	var refuses lot.Refuses
	if errors.As(err, &refuses) {
		f.Refuse("", refuses[0].Motif) // all were expected on the list: what one refuses, somebody else has just done
		return p.render(w, r, agent, f.Errors(), http.StatusUnprocessableEntity)
	}
	if f.Refused(err) {
		return p.render(w, r, agent, f.Errors(), http.StatusUnprocessableEntity)
	}
	return err
}

func (v view) tabs() []ui.Tab {
	tabs := make([]ui.Tab, len(etats))
	for i, e := range etats {
		to := v.critere
		to.Etat = e
		tabs[i] = ui.Tab{Label: e.label(), Href: to.href(), Count: v.lecture.nombre(e), Current: e == v.critere.Etat}
	}
	return tabs
}

func (v view) list() ui.ListProps {
	f := ui.Filter{Name: "classe", Label: "Classe", All: "Toutes"}
	for _, k := range v.lecture.classes {
		f.Options = append(f.Options, ui.Option{Value: k.ID.String(), Label: k.Libelle})
	}
	props := ui.ListProps{
		Caption: v.critere.Etat.label(), Path: "/pointage", Query: v.critere.query(), Filters: []ui.Filter{f},
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Pointer"}, {Label: "Classe"}, {Label: "Né(e) le"}},
		Pager:   ui.Pager{Page: 1, PerPage: len(v.lecture.lignes), Total: len(v.lecture.lignes)},
		Bulk:    v.lots(),
		Empty:   ui.EmptyProps{Sentence: v.empty()},
	}
	for _, l := range v.lecture.lignes {
		cells := append(ui.Cells(l.nom()), pointerCell(v, l))
		cells = append(cells, ui.Cells(l.lieu(), date.Court(l.DateNaissance))...)
		props.Rows = append(props.Rows, ui.ListRow{ID: l.ID.String(), Href: path(l.ID), Label: l.nom(), Cells: cells})
	}
	return props
}

// lieu is the class, or the niveau of a pupil who has none.
func (l ligne) lieu() string {
	if l.Classe == "" {
		return l.Niveau
	}
	return l.Classe
}

func (v view) empty() string {
	return map[etat]string{
		attendus: "Tous les élèves attendus sont pointés.", nonVenus: "Aucun élève attendu ne manque.",
		presents: "Aucun élève n’est encore pointé aujourd’hui.",
	}[v.critere.Etat]
}

// lots is what can be done to several at once.
func (v view) lots() []ui.BulkAction {
	if v.critere.Etat == presents {
		return nil
	}
	return []ui.BulkAction{{Label: "Présents", Action: v.critere.href()}}
}

// action is where the buttons of a line post, with the version that they were shown on; the page comes back to the same
// list.
func (v view) action(l ligne) string {
	q := v.critere.query()
	q.Set("version", strconv.Itoa(l.Version))
	return path(l.ID) + "?" + q.Encode()
}
