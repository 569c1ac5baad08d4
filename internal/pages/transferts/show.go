package transferts

import (
	"context"
	"net/http"
	"slices"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/scolarite"
	"base-eleves/internal/domain/transfert"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// vue is a transfer as one of those whom it concerns reads it.
type vue struct {
	agent     habilitation.Agent
	transfert transfert.Transfert
	lieu      scolarite.Lieu // the school that receives
	eleves    []transfert.Eleve
	form      *httpx.Form
	ids       []uuid.UUID // chosen in a form that was refused
}

func (p Pages) read(ctx context.Context, agent habilitation.Agent, id uuid.UUID) (v vue, err error) {
	v = vue{agent: agent, form: httpx.NewForm(nil)}
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Une(l, &v.transfert, transfert.SQL, id)
		territoire.Une(l, &v.lieu, transfert.LieuSQL, id)
		territoire.Toutes(l, &v.eleves, transfert.LignesSQL, id)
	})
	return v, err
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	id, err := httpx.ID(r, "id")
	if err != nil {
		return err
	}
	v, err := p.read(r.Context(), agent, id)
	if err != nil {
		return err
	}
	for _, e := range v.eleves {
		if v.agir(e) {
			v.ids = append(v.ids, e.ID)
		}
	}
	return p.Render(w, r, http.StatusOK, showPage(v))
}

// recoit and envoie tell at which end the agent is; a mairie is at neither.
func (v vue) recoit() bool { return v.agent.Ecole == v.transfert.Vers }
func (v vue) envoie() bool { return v.agent.Ecole == v.transfert.Ecole }

// agir tells whether the agent may do now, for a pupil, what is expected of him.
func (v vue) agir(e transfert.Eleve) bool {
	switch {
	case v.recoit():
		return e.Refus(v.transfert.Vers, v.lieu) == ""
	case v.envoie():
		return false // one withdraws on purpose
	}
	return e.AInscrire(v.transfert.Vers, v.lieu)
}

// attendent are the pupils whom the agent may still do something about; a school, all those without an answer.
func (v vue) attendent(e transfert.Eleve) bool {
	if v.agent.Role == habilitation.Mairie {
		return v.agir(e)
	}
	return e.Etat == transfert.Propose && e.Attendu != v.transfert.Vers
}

func (v vue) actes() []ui.BulkAction {
	base := path(v.transfert.ID) + "/"
	switch {
	case v.recoit():
		return []ui.BulkAction{{Label: dits[accepter].bouton, Action: base + string(accepter)},
			{Label: dits[decliner].bouton, Action: base + string(decliner), Danger: true}}
	case v.envoie():
		return []ui.BulkAction{{Label: dits[retirer].bouton, Action: base + string(retirer), Danger: true}}
	}
	return []ui.BulkAction{{Label: dits[inscrire].bouton, Action: base + string(inscrire)}}
}

// enAttente is the list to select from.
func (v vue) enAttente() ui.ListProps {
	props := ui.ListProps{
		Caption: "Élèves proposés", Path: path(v.transfert.ID), Bulk: v.actes(), Empty: ui.EmptyProps{Sentence: "Plus aucun élève n’attend de réponse."},
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Né(e) le"}, {Label: "Niveau à la rentrée"}, {Label: "Situation"}},
	}
	if v.agent.Role == habilitation.Mairie {
		props.Empty.Sentence = "Plus aucun enfant n’attend son inscription."
	}
	for _, e := range v.eleves {
		if !v.attendent(e) {
			continue
		}
		props.Rows = append(props.Rows, ui.ListRow{ID: e.ID.String(), Label: e.Nom(), Checked: slices.Contains(v.ids, e.ID),
			Cells: ui.Cells(e.Nom(), date.Court(e.DateNaissance), string(e.Niveau), v.situation(e))})
	}
	props.Pager = ui.Pager{Page: 1, PerPage: len(props.Rows), Total: len(props.Rows)}
	return props
}

// situation is where a pupil stands; to the school that receives, what it must wait for.
func (v vue) situation(e transfert.Eleve) string {
	if motif := e.Refus(v.transfert.Vers, v.lieu); v.recoit() && motif != "" && e.Etat == transfert.Propose {
		return motif
	}
	return e.Situation(v.transfert.Vers)
}

// reponses are the others.
func (v vue) reponses() ui.TableProps {
	t := ui.TableProps{Caption: "Réponses", Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Né(e) le"}, {Label: "Niveau à la rentrée"}, {Label: "Réponse"}, {Label: "Le"}}}
	for _, e := range v.eleves {
		if !v.attendent(e) {
			t.Rows = append(t.Rows, ui.ListRow{Cells: ui.Cells(e.Nom(), date.Court(e.DateNaissance), string(e.Niveau),
				e.Situation(v.transfert.Vers), date.CourtOuRien(e.ReponduLe))})
		}
	}
	return t
}

// annulable tells whether the answers can be taken back by this agent.
func (v vue) annulable() bool {
	return v.agent.Can(habilitation.Transferer) && v.transfert.Annulable(v.agent.Maintenant)
}
