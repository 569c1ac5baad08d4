package journaux

import (
	"net/http"
	"time"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// ligne is a line of one's own.
type ligne struct {
	Le      time.Time
	Acte    journal.Acte
	Objet   string
	ObjetID *uuid.UUID
	Motif   string
	Adresse string
}

const (
	mienDe  = ` from journal where compte_id = portee_compte() and le >= $1 and le < $2 and ` + journal.UneParListe
	mienSQL = `select le, acte, objet, objet_id, coalesce(motif, '') as motif, coalesce(adresse, '') as adresse` + mienDe + `
		order by le desc, id desc limit $3 offset $4`
)

// mien is what the agent did himself.
func (p Pages) mien(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := lireVue(r, agent)
	if err != nil {
		return err
	}
	var list []ligne
	du, au := v.periode.bornes(agent)
	if v.form.Err() == nil {
		err = p.DB.Lire(r.Context(), agent.Portee(), func(l *territoire.Lecture) {
			territoire.Valeur(l, &v.total, `select count(*)::int`+mienDe, du, au)
			territoire.Toutes(l, &list, mienSQL, du, au, parPage, (v.page-1)*parPage)
		})
	}
	if err != nil {
		return err
	}
	return p.Render(w, r, v.status(), mienPage(v, v.liste(pathMien, "Ce que vous avez fait", mienColumns, mienRows(list, agent))))
}

var mienColumns = []ui.Column{{Label: "Quand", Whole: true}, {Label: "Acte"}, {Label: "Sur"}, {Label: "Adresse du réseau"}}

func mienRows(list []ligne, agent habilitation.Agent) []ui.ListRow {
	rows := make([]ui.ListRow, len(list))
	for i, l := range list {
		quoi := journal.Objet(l.Objet)
		lien := ""
		if l.Objet == "eleve" && l.ObjetID != nil && agent.Can(habilitation.OuvrirDossier) {
			lien = "/eleves/" + l.ObjetID.String()
		}
		rows[i] = ui.ListRow{Cells: append(ui.Cells(date.Heure(l.Le), acte(l.Acte, l.Motif)), ui.LinkCell(quoi, lien), ui.Cell(l.Adresse))}
	}
	return rows
}

// acte is what was done, and why where it had to be said.
func acte(a journal.Acte, motif string) string {
	if motif == "" {
		return a.Libelle()
	}
	return a.Libelle() + "\u00a0: " + journal.Motif(motif)
}

// vue is what all the pages of the journal share.
type vue struct {
	periode periode
	form    *httpx.Form
	page    int
	total   int
	query   map[string][]string
}

func lireVue(r *http.Request, agent habilitation.Agent) (vue, error) {
	q := r.URL.Query()
	periode, form := lirePeriode(q, agent)
	return vue{periode: periode, form: form, page: httpx.PageAsked(q), query: q}, nil
}

func (v vue) status() int {
	if v.form.Err() != nil {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

func (v vue) liste(path, caption string, columns []ui.Column, rows []ui.ListRow) ui.ListProps {
	return ui.ListProps{
		Caption: caption, Path: path, Query: v.query, Kept: []string{"du", "au"}, Columns: columns, Rows: rows,
		Pager: ui.Pager{Page: v.page, PerPage: parPage, Total: v.total},
		Empty: ui.EmptyProps{Sentence: "Rien n’est noté entre ces deux jours."},
	}
}
