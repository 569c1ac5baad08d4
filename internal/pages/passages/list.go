package passages

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/date"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/passage"
	"base-eleves/internal/httpx"
	"base-eleves/internal/tableau"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// view is the list page.
type view struct {
	critere critere
	lecture lecture
	agent   habilitation.Agent
	form    *httpx.Form
	ids     []uuid.UUID // selected in a form that was refused
}

func (p Pages) list(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := view{critere: readCritere(r.URL.Query(), agent), agent: agent}
	v.form = httpx.NewForm(map[string]string{"le": date.Court(agent.Aujourdhui())})
	return p.render(w, r, v, http.StatusOK)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, v view, status int) (err error) {
	v.lecture, err = p.read(r.Context(), v.agent, v.critere, func(*territoire.Lecture) {})
	if err != nil {
		return err
	}
	return p.Render(w, r, status, listPage(v))
}

func (v view) tabs() []ui.Tab {
	tabs := make([]ui.Tab, len(passage.Attentes))
	for i, o := range passage.Attentes {
		to := v.critere
		to.Onglet = o
		tabs[i] = ui.Tab{Label: o.Label(), Href: to.href(), Count: v.lecture.comptes.De(o), Current: o == v.critere.Onglet}
	}
	return tabs
}

// groupe is what is done at once to the pupils of a tab.
type groupe struct {
	etape passage.Etape
	label string
	date  string // label of the date that it asks for; none when empty
	un    string // what is said of one pupil, then of several
	des   string
}

var groupes = map[passage.Attente][]groupe{
	passage.AProposer: {{passage.EtapeProposer, "Proposer comme indiqué", "", "passage proposé", "passages proposés"}},
	passage.ANotifier: {{passage.EtapeNotifier, "Noter la notification", "Notifié le", "famille prévenue", "familles prévenues"}},
	passage.EnAttente: {{passage.EtapeAccord, "Noter l’accord des familles", "Répondu le", "accord noté", "accords notés"}},
	passage.ADecider:  {{passage.EtapeDecider, "Décider comme proposé", "Décidé le", "décision prise", "décisions prises"}},
	passage.Decides:   {{passage.EtapeInformer, "Noter la notification", "Notifié le", "famille prévenue", "familles prévenues"}},
}

// imprime tells whether letters go with what is done.
func (g groupe) imprime() bool {
	return g.etape == passage.EtapeNotifier || g.etape == passage.EtapeInformer
}

func (v view) list() ui.ListProps {
	props := ui.ListProps{
		Caption: v.critere.Onglet.Label(), Path: "/passages", Query: v.critere.query(),
		Columns: []ui.Column{{Label: "Nom et prénom"}, {Label: "Niveau"}, {Label: "Classe"}, {Label: quoi(v.critere.Onglet)},
			{Label: "L’an prochain"}},
		Filters: v.filters(), Pager: ui.Pager{Page: 1, PerPage: len(v.lecture.lignes), Total: len(v.lecture.lignes)},
		Exports: tableau.Formats, Empty: v.empty(),
	}
	for _, g := range groupes[v.critere.Onglet] {
		action := v.critere.href() + "&etape=" + string(g.etape)
		props.Bulk = append(props.Bulk, ui.BulkAction{Label: g.label, Action: action})
		if g.imprime() {
			props.Bulk = append(props.Bulk, ui.BulkAction{Label: g.label + " et imprimer les lettres", Action: action + "&lettres=oui"})
		}
		if g.date != "" {
			props.BulkFields = ui.Date(v.form.Field(ui.Field{Name: "le", Label: g.date, Required: true}))
		}
	}
	if v.critere.Onglet == passage.AProposer {
		props.Columns[4].Label, props.Stacked = quitte, true
	} else {
		props.Columns = append(props.Columns, ui.Column{Label: "Suivi"})
	}
	for _, l := range v.lecture.lignes {
		props.Rows = append(props.Rows, v.row(l))
	}
	return props
}

func (v view) row(l ligne) ui.ListRow {
	r := ui.ListRow{ID: l.ScolariteID.String(), Href: path(l.ScolariteID), Label: l.nom(), Checked: v.coche(l.ScolariteID)}
	if v.critere.Onglet == passage.AProposer {
		r.Cells = append(ui.Cells(l.nom(), string(l.Niveau), l.LibelleClasse), v.choisirCells(l)...)
	} else {
		r.Cells = ui.Cells(l.nom(), string(l.Niveau), l.LibelleClasse, l.choix().Libelle(), l.ou(), l.suivi(v.agent))
	}
	return r
}

// coche ticks all pupils of whom nearly all are proposed the same, until some were unticked in a form refused.
func (v view) coche(id uuid.UUID) bool {
	if v.ids == nil {
		return v.critere.Onglet == passage.AProposer
	}
	return slices.Contains(v.ids, id)
}

// quoi heads the column of the decision.
func quoi(o passage.Attente) string {
	switch o {
	case passage.AProposer:
		return "Serait proposé"
	case passage.Decides:
		return "Décision"
	}
	return "Proposition"
}

// ou says where the pupil goes.
func (l ligne) ou() string {
	if l.choix().Quittant {
		return quitte
	}
	return "Reste à l’école"
}

// suivi says where the procedure stands.
func (l ligne) suivi(agent habilitation.Agent) string {
	switch {
	case l.Version == 0:
		return ""
	case l.Tacite(agent.Aujourdhui()):
		return "Sans réponse depuis " + strconv.Itoa(passage.Delai) + " jours\u00a0: accord"
	case l.Etat == passage.Notifie:
		return "Réponse jusqu’au " + date.Court(l.Echeance())
	case l.Etat == passage.Propose:
		return "Proposé le " + date.CourtOuRien(l.ProposeLe)
	case l.DecisionNotifieeLe != nil && l.Etat == passage.Decide:
		return "Décidé le " + date.CourtOuRien(l.DecideLe) + ", notifié le " + date.Court(*l.DecisionNotifieeLe)
	case l.Etat == passage.Decide:
		return "Décidé le " + date.CourtOuRien(l.DecideLe)
	}
	return l.Etat.Label()
}

func (v view) filters() []ui.Filter {
	f := ui.Filter{Name: "classe", Label: "Classe", All: "Toutes"}
	for _, k := range v.lecture.classes {
		f.Options = append(f.Options, ui.Option{Value: k.ID.String(), Label: k.Libelle})
	}
	return []ui.Filter{httpx.AnneeFilter(v.agent), f}
}

func (v view) empty() ui.EmptyProps {
	return ui.EmptyProps{Sentence: map[passage.Attente]string{
		passage.AProposer: "Chaque élève a sa proposition.", passage.ANotifier: "Aucune proposition n’attend d’être notifiée.",
		passage.EnAttente: "Aucune famille n’a de réponse à donner.", passage.ADecider: "Aucune décision n’est à prendre.",
		passage.Decides: "Aucune décision n’est encore prise.", passage.EnAppel: "Aucun recours n’est en cours.",
	}[v.critere.Onglet]}
}
