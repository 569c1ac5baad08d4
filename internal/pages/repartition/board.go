package repartition

import (
	"net/http"
	"strconv"

	"github.com/google/uuid"

	"base-eleves/internal/domain/ecole"
	"base-eleves/internal/domain/habilitation"
	"base-eleves/internal/domain/refusal"
	"base-eleves/internal/domain/scenario"
	"base-eleves/internal/httpx"
	"base-eleves/internal/territoire"
	"base-eleves/web/ui"
)

// view is the board.
type view struct {
	critere critere
	t       scenario.Tableau
	agent   habilitation.Agent
	f       *httpx.Form
	cochees map[string]bool  // selected in a form that was refused
	conflit []ui.ConflictRow // what somebody else has moved meanwhile

	effectifs map[uuid.UUID]scenario.Effectif
	regles    map[uuid.UUID]bool // pupils of a rule, and whether theirs all hold
}

func (p Pages) show(w http.ResponseWriter, r *http.Request, agent habilitation.Agent) error {
	v := &view{critere: readCritere(r.URL.Query(), agent), agent: agent, f: httpx.NewForm(nil)}
	return p.render(w, r, v, http.StatusOK)
}

func (p Pages) render(w http.ResponseWriter, r *http.Request, v *view, status int) error {
	if err := p.read(r, v); err != nil {
		return err
	}
	return p.Render(w, r, status, boardPage(v))
}

// read reads the board, and what besides queues, in one round trip.
func (p Pages) read(r *http.Request, v *view, besides ...func(*territoire.Lecture)) error {
	err := p.DB.Lire(r.Context(), v.agent.Portee(), func(l *territoire.Lecture) {
		v.t.Queue(l, v.agent, v.critere.Cible)
		for _, queue := range besides {
			queue(l)
		}
	})
	if err != nil {
		return err
	}
	if err := v.t.Finir(); err != nil {
		return err
	}
	if v.critere.Classe != nil && v.t.Classe(v.critere.Classe) == nil {
		return refusal.NotFound() // of another school, or of another year
	}
	v.effectifs, v.regles = v.t.Effectifs(), map[uuid.UUID]bool{}
	for _, regle := range v.t.Regles {
		holds := v.t.Respecte(regle)
		for _, id := range regle.Eleves {
			before, known := v.regles[id]
			v.regles[id] = holds && (before || !known)
		}
	}
	return nil
}

func (v *view) title() string {
	if s := v.t.Scenario(); s != nil {
		return "Scénario «\u00a0" + s.Nom + "\u00a0»"
	}
	return "Répartition"
}

func (v *view) lead() string {
	said := "Année scolaire " + v.critere.Annee.Libelle()
	if s := v.t.Scenario(); s != nil {
		return said + ". Rien n’est en vigueur avant la publication."
	}
	return said + ". Répartition en vigueur."
}

// crumbs is the way back from a scenario.
func (v *view) crumbs() []ui.Crumb {
	if v.t.Scenario() == nil {
		return nil
	}
	return []ui.Crumb{{Label: "Répartition", Href: v.critere.sur(uuid.Nil).href("")}}
}

// tabs lead from the répartition in force to each scenario of the year.
func (v *view) tabs() []ui.Tab {
	tabs := []ui.Tab{{Label: "En vigueur", Href: v.critere.sur(uuid.Nil).href(""), Current: v.critere.EnVigueur()}}
	for _, s := range v.t.Presents() {
		tabs = append(tabs, ui.Tab{Label: s.Nom, Href: v.critere.sur(s.ID).href(""), Current: s.ID == v.critere.Scenario})
	}
	return append(tabs, ui.Tab{Label: "Gérer les scénarios", Href: v.critere.sur(uuid.Nil).href("/scenarios")})
}

// niveaux lead to the pupils of one niveau; each tells how many have no class.
func (v *view) niveaux() []ui.Tab {
	to := v.critere
	to.Niveau, to.Classe = "", nil
	tabs := []ui.Tab{{Label: "Tous les niveaux", Href: to.href(""), Current: v.critere.Niveau == "" && v.critere.Classe == nil}}
	present := map[ecole.Niveau]bool{}
	for _, e := range v.t.Eleves {
		present[e.Niveau] = true
	}
	for _, n := range ecole.Niveaux() {
		if present[n] {
			to.Niveau = n
			tabs = append(tabs, ui.Tab{Label: string(n), Href: to.href(""), Current: v.critere.Niveau == n, Count: v.effectifs[uuid.Nil].Niveaux[n]})
		}
	}
	if len(tabs) == 2 {
		return nil // a school of one niveau has nothing to choose
	}
	return tabs
}

// options are the classes that one may place in: all of them, or those of the niveau that one looks at.
func (v *view) options() []ui.Option {
	all := *v
	all.critere.Classe = nil
	var options []ui.Option
	for _, c := range all.colonnes()[1:] {
		options = append(options, ui.Option{Value: c.id, Label: c.titre + " (" + c.places() + ")"})
	}
	return options
}

// valeur is a pupil in the form: who he is, and the version he is shown at.
func (v *view) valeur(e *scenario.Eleve) string {
	return e.Cle(v.critere.Cible) + "." + strconv.Itoa(e.Version)
}

// errors are the refusals; those about the selection as a whole lead to no field.
func (v *view) errors() ui.Errors {
	errs := v.f.Errors()
	for i := range errs {
		if errs[i].Field == "id" {
			errs[i].Field = ""
		}
	}
	return errs
}

// vide says that there is nobody to place.
func (v *view) vide() ui.EmptyProps {
	e := ui.EmptyProps{Sentence: "Aucun élève n’attend une classe pour " + v.critere.Annee.Libelle() + "."}
	if v.critere.EnVigueur() && v.critere.Annee > ecole.AnneeDe(v.agent.Aujourdhui()) {
		e.Sentence += " Un scénario montre déjà ceux qui sont attendus."
		e.Href, e.Action = v.critere.href("/scenarios"), "Créer un scénario"
	}
	return e
}

// sansClasses says that there is nowhere to place them.
func (v *view) sansClasses() ui.EmptyProps {
	return ui.EmptyProps{
		Sentence: "Aucune classe pour " + v.critere.Annee.Libelle() + ".",
		Href:     "/classes/nouvelle?annee=" + strconv.Itoa(int(v.critere.Annee)), Action: "Créer une classe",
	}
}
