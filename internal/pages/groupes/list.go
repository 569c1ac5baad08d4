package groupes

import (
	"context"
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/groupe"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/journal"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// ligne is one group of the list.
type ligne struct {
	ID          uuid.UUID
	Libelle     string
	Nature      groupe.Nature
	Intervenant string
	EffectifMax int
	Eleves      int
}

const listSQL = `
	select g.id, g.libelle, g.nature, g.intervenant, coalesce(g.effectif_max, 0) as effectif_max,
		(select count(*) from groupe_eleve m join scolarite s on s.id = m.scolarite_id
			where m.groupe_id = g.id and s.etat in ('admis_accepte', 'admis_definitif')) as eleves
	from groupe g where g.annee = $1 order by g.libelle, g.id`

// view is the list as the page shows it.
type view struct {
	agent  habilitation.Agent
	annee  ecole.Annee
	lignes []ligne
}

func (p Pages) read(ctx context.Context, agent habilitation.Agent, annee ecole.Annee, besides func(*territoire.Lecture)) (v view, err error) {
	v.agent, v.annee = agent, annee
	err = p.DB.Lire(ctx, agent.Portee(), func(l *territoire.Lecture) {
		territoire.Toutes(l, &v.lignes, listSQL, int(annee))
		besides(l)
	})
	return v, err
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r.Context(), agent, httpx.Annee(r.URL.Query(), agent), func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	return p.Render(w, r, http.StatusOK, listPage(v, v.props(r)))
}

func (v view) props(r *http.Request) ui.ListProps {
	props := ui.ListProps{
		Caption: "Groupes " + v.annee.Libelle(), Path: "/groupes", Query: r.URL.Query(), Exports: tableau.Formats,
		Scope:   "Un élève reste dans sa classe, qui seule le compte. Il peut être de plusieurs groupes.",
		Filters: []ui.Filter{httpx.AnneeFilter(v.agent)}, Empty: v.empty(),
		Pager: ui.Pager{Page: 1, PerPage: len(v.lignes), Total: len(v.lignes)},
		Columns: []ui.Column{
			{Label: "Groupe"}, {Label: "Nature"}, {Label: "Intervenant"}, {Label: "Élèves", Number: true}, {Label: "Maximum", Number: true},
		},
	}
	for _, l := range v.lignes {
		cells := append(ui.Cells(l.Libelle, l.Nature.Label(), l.Intervenant, ui.Count(l.Eleves)), templ.Component(ui.Maximum(l.Eleves, l.EffectifMax)))
		props.Rows = append(props.Rows, ui.ListRow{ID: l.ID.String(), Href: path(l.ID), Label: l.Libelle, Cells: cells})
	}
	return props
}

func (v view) empty() ui.EmptyProps {
	return ui.EmptyProps{Sentence: "Aucun groupe pour " + v.annee.Libelle() + ".", Href: newHref(v.annee), Action: "Créer un groupe"}
}

func newHref(annee ecole.Annee) string { return "/groupes/nouveau?annee=" + strconv.Itoa(int(annee)) }

func listHref(annee int) string { return "/groupes?annee=" + strconv.Itoa(annee) }

func (p Pages) exportList(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v, err := p.read(r.Context(), agent, httpx.Annee(r.URL.Query(), agent), func(l *territoire.Lecture) {
		journal.Queue(l, agent, journal.Ligne{Acte: journal.Exporter, Objet: "groupe", Ecole: agent.Ecole})
	})
	if err != nil {
		return err
	}
	t := tableau.Table{
		Title: "Groupes " + v.annee.Libelle(), Details: []string{ui.Plural(len(v.lignes), "groupe", "groupes")},
		Issuer: agent.Territoire, Made: agent.Maintenant, Empty: v.empty().Sentence, Columns: []tableau.Column{
			{Title: "Groupe"}, {Title: "Nature"}, {Title: "Intervenant"}, {Title: "Élèves", Number: true}, {Title: "Maximum", Number: true},
		},
	}
	for _, l := range v.lignes {
		t.Rows = append(t.Rows, []any{l.Libelle, l.Nature.Label(), l.Intervenant, l.Eleves, ui.Places(l.EffectifMax)})
	}
	return httpx.Export(w, r, "groupes-"+v.annee.Libelle(), t)
}
